import type { Payload } from 'payload'
import { findRows, rowById, type Row } from '@/records/db'
import { otherKindsFor, renditionsOf } from './main-asset'
import { deskUrl, thumbUrl } from './my-stories'

/** Material beside a story's file, sent as such or of another kind than the story: what the desk sees of it. */
type Extra = {
  asset: string
  name: string
  kind: string
  state: string
  thumb: string | null
  /** The quick copy of a clip, the sound itself, or the photograph: null while none of them is made. */
  open: string | null
}

/** Where a variant names a picture that was sent for it, by its asset. */
const SENT_PICTURE = 'upload:'

/** The asset of the picture that was sent for it; null where the variant shows a frame of the clip. */
export const sentPictureIn = (thumbnail: string | null | undefined): string | null =>
  thumbnail?.startsWith(SENT_PICTURE) ? thumbnail.slice(SENT_PICTURE.length) : null

export type SentPicture = { asset: string; name: string; poster: Row<'renditions'> }

/** The photographs beside a story that are ready to stand for it. */
export const picturesBeside = async (payload: Payload, story: string): Promise<SentPicture[]> => {
  const { rows, nameOf } = await besideOf(payload, story)
  const pictures = rows.filter(({ kind }) => kind === 'image')
  const found = pictures.map(async ({ id }): Promise<SentPicture[]> => {
    const poster = (await renditionsOf(payload, id)).find(({ recipe }) => recipe === 'poster')
    return poster ? [{ asset: id, name: nameOf(id), poster }] : []
  })
  return (await Promise.all(found)).flat()
}

/** The same, as the desk chooses among them. */
export const picturesShown = async (payload: Payload, story: string) =>
  (await picturesBeside(payload, story)).map(({ asset, name, poster }) => ({
    value: `${SENT_PICTURE}${asset}`,
    url: `/desk-media/${poster.id}/320.jpg`,
    name,
  }))

const OPENED = [
  ['proxy', '.mp4'],
  ['audio', '.m4a'],
  ['poster', '.jpg'],
] as const

const besideOf = async (payload: Payload, story: string) => {
  const uploads = await findRows({
    payload,
    collection: 'uploads',
    where: { and: [{ story: { equals: story } }, { state: { equals: 'accepted' } }] },
    sort: 'createdAt',
  })
  const row = await rowById(payload, 'stories', story)
  const others = row ? (await otherKindsFor(payload, row)).map(({ id }) => id) : []
  const beside = uploads.filter(({ extra, asset }) => extra || others.includes(asset ?? ''))
  const ids = [...new Set(beside.map(({ asset }) => asset ?? ''))]
  const assets = await findRows({ payload, collection: 'assets', where: { id: { in: ids } } })
  return {
    rows: ids.flatMap((id) => assets.find((asset) => asset.id === id) ?? []),
    nameOf: (id: string) => uploads.find((upload) => upload.asset === id)?.filename ?? '',
  }
}

export const extrasOf = async (payload: Payload, story: string): Promise<Extra[]> => {
  const { rows, nameOf } = await besideOf(payload, story)
  const shown = rows.map(async ({ id, kind, state }): Promise<Extra> => {
    const renditions = await renditionsOf(payload, id)
    const open = OPENED.map(([recipe, ending]) =>
      deskUrl(renditions, recipe, (path) => path.endsWith(ending)),
    ).find((url) => url !== null)
    const thumb = thumbUrl(renditions)
    return { asset: id, name: nameOf(id), kind: kind ?? '', state, thumb, open: open ?? null }
  })
  return Promise.all(shown)
}
