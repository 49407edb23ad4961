import { trackLabel, trackOf } from '@/media/captions-hls'
import { fileUrl, type Snapshot, type SnapshotFile } from './snapshot'

export type PictureSource = { mime: string; files: { url: string; width: number | null }[] }
export type Picture = { sources: PictureSource[]; jpeg: string }

const urlOf = (snapshot: Snapshot) => (file: SnapshotFile) => fileUrl(snapshot.mediaRoot, file)

/** `640.avif` is 640 pixels wide; `poster.jpg` does not say. */
const widthOf = ({ path }: SnapshotFile) => {
  const digits = /(\d+)\.[a-z]+$/.exec(path)?.[1]
  return digits ? Number(digits) : null
}

const byWidth = (a: SnapshotFile, b: SnapshotFile) => (widthOf(a) ?? 0) - (widthOf(b) ?? 0)

/** The picture that stands for the story: the thumbnail somebody chose, else the poster in all its sizes. */
export const pictureOf = (snapshot: Snapshot): Picture | null => {
  const images = snapshot.files.filter(({ mime }) => mime.startsWith('image/'))
  const chosen = images.filter(({ recipe }) => recipe === 'thumbnail')
  const files = (chosen.length > 0 ? chosen : images).toSorted(byWidth)
  const plain = files.filter(({ mime }) => mime === 'image/jpeg' || mime === 'image/png')
  const largest = plain.find(({ path }) => path.startsWith('poster.')) ?? plain.at(-1)
  if (!largest) return null
  const url = urlOf(snapshot)
  const sources = ['image/avif', 'image/webp', 'image/jpeg'].map((mime) => ({
    mime,
    files: files
      .filter((file) => file.mime === mime && widthOf(file) !== null)
      .map((file) => ({ url: url(file), width: widthOf(file) })),
  }))
  return { sources: sources.filter((source) => source.files.length > 0), jpeg: url(largest) }
}

/** Captions in one language, as a player lists them. */
export type CaptionTrack = { url: string; language: string; label: string; machine: boolean }

export type Playable = {
  hls: string | null
  /** The same stream with its captions inside, for players of the browser's own. */
  captioned: string | null
  mp4: string | null
  captions: CaptionTrack[]
}

const CAPTIONS = 'captions'

/** The captions that were signed with the clip; a file's name says its language and whether a machine wrote it. */
export const captionsOf = (snapshot: Snapshot): CaptionTrack[] =>
  snapshot.files
    .filter(({ recipe }) => recipe === CAPTIONS)
    .flatMap((file) => {
      const track = trackOf(file.path)
      if (!track) return []
      return [{ ...track, label: trackLabel(track), url: fileUrl(snapshot.mediaRoot, file) }]
    })
    .sort((a, b) => Number(b.language === 'vi') - Number(a.language === 'vi'))

/** What a player needs: the stream where script runs, the plain file where it does not. */
export const playableOf = (snapshot: Snapshot): Playable | null => {
  const find = (test: (file: SnapshotFile) => boolean) => {
    const file = snapshot.files.find(test)
    return file ? fileUrl(snapshot.mediaRoot, file) : null
  }
  const hls = find(({ recipe, path }) => recipe !== CAPTIONS && path === 'master.m3u8')
  const captioned = find(({ recipe, path }) => recipe === CAPTIONS && path === 'master.m3u8')
  const mp4 =
    find(({ recipe, mime }) => recipe === 'web-mp4' && mime === 'video/mp4') ??
    find(({ mime }) => mime === 'video/mp4')
  return hls || mp4 ? { hls, captioned, mp4, captions: captionsOf(snapshot) } : null
}
