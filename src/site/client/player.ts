/**
 * Makes the plain `<video src=mp4>` of a page a stream. Without this script, or where it fails, the plain file plays.
 * Nothing of the clip is fetched before the reader wants to see it.
 */
const HLS_PLACE = '/js/hls.js'
const APPLE = 'application/vnd.apple.mpegurl'

const load = async (): Promise<typeof import('./hls')> => import(HLS_PLACE)

const isSafari = (video: HTMLVideoElement) =>
  navigator.vendor.startsWith('Apple') && video.canPlayType(APPLE) !== ''

/** Goes back to the plain file at the second where the stream broke. */
const playPlain = (video: HTMLVideoElement, plain: string, at: number) => {
  if (!plain) return
  video.src = plain
  video.currentTime = at
  void video.play()
}

const stream = async (video: HTMLVideoElement, master: string) => {
  const plain = video.currentSrc || video.src
  const { Hls } = await load()
  if (!Hls.isSupported()) return
  // No worker: ours is fMP4 already, nothing is remuxed, and the page's policy stays narrow.
  const hls = new Hls({ enableWorker: false, capLevelToPlayerSize: true, maxBufferLength: 20 })
  hls.on(Hls.Events.ERROR, (_event, { fatal }) => {
    if (!fatal) return
    const at = video.currentTime
    hls.destroy()
    video.dataset.playing = 'plain'
    playPlain(video, plain, at)
  })
  hls.loadSource(master)
  hls.attachMedia(video)
  video.dataset.playing = 'stream'
  await video.play()
}

/** The browser's own player finds the captions in the stream, also in full screen on a phone; beside it they would stand twice. */
const playNative = (video: HTMLVideoElement, master: string) => {
  const { captioned } = video.dataset
  if (captioned) video.querySelectorAll('track').forEach((track) => track.remove())
  video.src = captioned ?? master
}

const prepare = (video: HTMLVideoElement) => {
  const master = video.dataset.hls
  if (!master) return
  if (isSafari(video)) {
    playNative(video, master)
    return
  }
  if (typeof MediaSource === 'undefined') return
  const begin = () => {
    video.pause()
    stream(video, master).catch(() => playPlain(video, video.src, video.currentTime))
  }
  video.addEventListener('play', begin, { once: true })
}

/** Off when any are shown; else the first, which is the newsroom's own language. */
const toggleCaptions = (video: HTMLVideoElement) => {
  const tracks = [...video.textTracks]
  const shown = tracks.some(({ mode }) => mode === 'showing')
  tracks.forEach((track, at) => {
    track.mode = !shown && at === 0 ? 'showing' : 'disabled'
  })
}

const toggleFull = (video: HTMLVideoElement) =>
  document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen()

const KEYS: Record<string, (video: HTMLVideoElement) => unknown> = {
  k: (video) => (video.paused ? video.play() : video.pause()),
  j: (video) => (video.currentTime -= 10),
  l: (video) => (video.currentTime += 10),
  m: (video) => (video.muted = !video.muted),
  f: toggleFull,
  c: toggleCaptions,
}

const listen = (video: HTMLVideoElement) =>
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof Element && event.target.closest('input,textarea,select')
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return
    const act = KEYS[event.key.toLowerCase()]
    if (!act) return
    event.preventDefault()
    act(video)
  })

const first = document.querySelector<HTMLVideoElement>('video[data-hls]')
if (first) {
  prepare(first)
  listen(first)
}
