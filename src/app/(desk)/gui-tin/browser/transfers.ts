import type { MyStory } from '@/assets/my-stories'
import { byId, el, say } from './dom'
import { hashOf } from './hash'
import { wait, waitNoMore } from './journal'
import { sendFile, type Sending, type Told } from './send'
import { OFFLINE, percent, size, timeLeft, VIDEO } from './words'

type Hooks = { signedOut: () => void; arrived: () => void }

/** The one file that is being sent, and the panel that shows it. */
let current: { story: string; sending: Sending | null } | null = null
let hooks: Hooks = { signedOut: () => undefined, arrived: () => undefined }

export const useTransfers = (given: Hooks) => {
  hooks = given
  window.addEventListener('beforeunload', (event) => {
    if (current) event.preventDefault()
  })
}
export const sendingStory = () => current?.story ?? null
/** After signing in again: goes on at the byte. */
export const goOn = () => current?.sending?.resume()

const bar = el('progress', { max: 1, value: 0, 'aria-label': 'Đã gửi' })
const line = el('p', { class: 'faint' })
const title = el('h2')
const pauseButton = el('button', { type: 'button' }, 'Tạm dừng')
const dropButton = el('button', { type: 'button', class: 'quiet' }, 'Bỏ tệp này')
let paused = false

const panel = () => byId('sending')
const show = (file: File) => {
  title.textContent = file.name
  bar.value = 0
  pauseButton.hidden = true
  dropButton.hidden = true
  panel().replaceChildren(title, bar, line, el('div', { class: 'row' }, pauseButton, dropButton))
  panel().hidden = false
  panel().scrollIntoView({ block: 'nearest' })
}

pauseButton.addEventListener('click', () => {
  if (paused) current?.sending?.resume()
  else current?.sending?.pause()
  setPaused(!paused)
})
dropButton.addEventListener('click', () => {
  if (!current || !window.confirm('Bỏ tệp đang gửi? Phần đã gửi sẽ mất.')) return
  current.sending?.drop()
  waitNoMore(current.story)
  end()
})
const setPaused = (now: boolean) => {
  paused = now
  pauseButton.textContent = now ? 'Gửi tiếp' : 'Tạm dừng'
}
const end = () => {
  current = null
  panel().hidden = true
  hooks.arrived()
}

let saidAt = -1
const tell = (told: Told) => {
  if (told.kind === 'going') {
    const fraction = told.sent / told.total
    bar.value = fraction
    const rest =
      told.speed > 0
        ? ` · ${size(told.speed)}/giây · ${timeLeft((told.total - told.sent) / told.speed)}`
        : ''
    line.textContent = `${size(told.sent)} / ${size(told.total)}${rest}`
    const tenth = Math.floor(fraction * 10)
    if (tenth !== saidAt) say(`Đã gửi ${percent(fraction)}`)
    saidAt = tenth
    return
  }
  const words = {
    waiting: OFFLINE,
    paused: 'Đang tạm dừng.',
    'signed-out': 'Phiên đăng nhập đã hết. Đăng nhập lại để gửi tiếp.',
  }
  if (told.kind === 'done') {
    say('Tệp đã tới tòa soạn')
    return end()
  }
  line.textContent = told.kind === 'refused' ? told.help : words[told.kind]
  say(line.textContent)
  if (told.kind === 'signed-out') hooks.signedOut()
  if (told.kind === 'refused') {
    if (current) waitNoMore(current.story)
    current = null
    pauseButton.hidden = true
    dropButton.hidden = true
    hooks.arrived()
  }
}

/** Reads the file once for its checksum, then sends it; `known` is what the server already has of it. */
export const transfer = async (args: {
  file: File
  story: string
  handIn: boolean
  known?: { tusId: string; sha256: string }
}): Promise<{ ok: true } | { ok: false; line: string }> => {
  const { file, story, known } = args
  if (current) return { ok: false, line: 'Đang gửi một tệp khác. Chờ xong rồi gửi tiếp.' }
  current = { story, sending: null }
  show(file)
  setPaused(false)
  try {
    const sha256 = await hashOf(file, (fraction) => {
      bar.value = fraction
      line.textContent = `Đang đọc tệp: ${percent(fraction)}`
    })
    if (known?.sha256 && known.sha256 !== sha256) throw new Error(OTHER_FILE)
    if (args.handIn) wait(story)
    pauseButton.hidden = false
    dropButton.hidden = false
    const sending = sendFile({
      file,
      story,
      sha256,
      tell,
      ...(known ? { tusId: known.tusId } : {}),
    })
    current = { story, sending }
    keepAwake()
    return { ok: true }
  } catch (error) {
    current = null
    panel().hidden = true
    const said = error instanceof Error && error.message === OTHER_FILE ? OTHER_FILE : UNREADABLE
    return { ok: false, line: said }
  }
}

const OTHER_FILE = 'Đây không phải tệp đang gửi dở: nội dung khác. Hãy chọn đúng tệp ấy.'
const UNREADABLE = 'Không đọc được tệp trên máy. Hãy chọn lại.'

/** A phone that goes to sleep stops sending. Where the browser can not, nothing is lost but time. */
const keepAwake = () => {
  if ('wakeLock' in navigator) navigator.wakeLock.request('screen').catch(() => undefined)
}

/** Names each file that began to come and did not arrive, and asks for it again. */
export const showUnfinished = (items: MyStory[]) => {
  const dangling = items.filter(
    ({ story, upload }) => upload?.state === 'receiving' && current?.story !== story,
  )
  const place = byId('unfinished')
  const mark = dangling.map(({ upload }) => upload?.id).join(' ')
  if (place.dataset.mark === mark) return
  place.dataset.mark = mark
  place.replaceChildren(...dangling.map(askAgain))
}

const askAgain = ({ story, title: about, upload, state }: MyStory): HTMLElement => {
  const known = { tusId: upload?.id ?? '', sha256: upload?.claimedSha256 ?? '' }
  const said = el('p', { class: 'problem', role: 'alert' })
  const input = el('input', { type: 'file', accept: VIDEO })
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    if (!file) return
    if (file.size !== upload?.bytes) {
      said.textContent = OTHER_FILE
      return
    }
    card.hidden = true
    void transfer({ file, story, handIn: state !== 'in-review', known }).then((answer) => {
      card.hidden = answer.ok
      said.textContent = answer.ok ? '' : answer.line
    })
  })
  const drop = el(
    'button',
    { type: 'button', class: 'quiet', click: () => void dropUpload(known.tusId, story) },
    'Bỏ',
  )
  const card = el(
    'div',
    { class: 'card' },
    el('h2', {}, `Tệp gửi dở: ${upload?.filename ?? ''}`),
    el(
      'p',
      {},
      `Tin “${about}”. Đã tới ${size(upload?.received ?? 0)} / ${size(upload?.bytes ?? 0)}. Chọn lại đúng tệp ấy để gửi tiếp từ chỗ dừng.`,
    ),
    said,
    el('div', { class: 'row' }, el('label', { class: 'file grow' }, 'Chọn lại tệp', input), drop),
  )
  return card
}

const dropUpload = async (tusId: string, story: string) => {
  if (!window.confirm('Bỏ tệp gửi dở này?')) return
  await fetch(`/tus/${tusId}`, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }).catch(
    () => undefined,
  )
  waitNoMore(story)
  hooks.arrived()
}
