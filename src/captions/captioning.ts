import type { Payload } from 'payload'
import { renditionsOf } from '@/assets/main-asset'
import { deskUrl } from '@/assets/my-stories'
import { env } from '@/env'
import { holds, type Person } from '@/people/person'
import { findRow, rowById, type Row } from '@/records/db'
import { CAPTIONERS } from './captioners'
import { captionsOf, captionsView, cuesOf, heardOf } from './rows'

/** The story that somebody would go back to: the newest that this file was sent to. */
const storyOf = async (payload: Payload, asset: string) => {
  const upload = await findRow({
    payload,
    collection: 'uploads',
    where: { and: [{ asset: { equals: asset } }, { state: { equals: 'accepted' } }] },
    sort: '-createdAt',
  })
  const story = upload?.story ? await rowById(payload, 'stories', upload.story) : null
  return story ? { id: story.id, title: story.title } : null
}

const isFilm = (path: string) => path.endsWith('.mp4')
const isSound = (path: string) => /\.(m4a|mp3)$/.test(path)

/** What the desk plays while it writes: the small copy, which is there first. */
const playedOf = (rows: Row<'renditions'>[]): string | null =>
  deskUrl(rows, 'proxy', isFilm) ?? deskUrl(rows, 'web-mp4', isFilm) ?? deskUrl(rows, 'audio', isSound) // prettier-ignore

/** Everything that the editor of captions opens with. Null when there is no such asset. */
export const captioning = async (args: { payload: Payload; person: Person; asset: string }) => {
  const { payload, person, asset } = args
  const row = await rowById(payload, 'assets', asset)
  if (!row) return null
  const [renditions, captions, story] = await Promise.all([
    renditionsOf(payload, asset),
    captionsOf(payload, asset),
    storyOf(payload, asset),
  ])
  return {
    asset: {
      id: row.id,
      title: row.title ?? '',
      kind: row.kind ?? '',
      durationSeconds: row.durationSeconds ?? 0,
      played: playedOf(renditions),
      peaks: deskUrl(renditions, 'peaks', (path) => path.endsWith('.json')),
    },
    story,
    mayWrite: holds(person, ...CAPTIONERS),
    /** The service that could write a draft; null when there is none. */
    machine: env.TRANSCRIBE_URL ? env.TRANSCRIBE_MODEL : null,
    captions: captions.map((one) => ({
      ...captionsView(one),
      cues: cuesOf(one),
      heard: heardOf(one),
    })),
  }
}

export type Captioning = NonNullable<Awaited<ReturnType<typeof captioning>>>
