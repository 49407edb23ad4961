import type { Payload } from 'payload'
import { findRows } from '@/records/db'
import { renditionsOf } from './main-asset'
import { deskUrl, thumbUrl } from './my-stories'

/** Material that was sent beside a story's clip: what the desk sees of it. */
type Extra = {
  asset: string
  name: string
  kind: string
  state: string
  thumb: string | null
  /** The quick copy of a clip, the sound itself, or the photograph: null while none of them is made. */
  open: string | null
}

const OPENED = [
  ['proxy', '.mp4'],
  ['audio', '.m4a'],
  ['poster', '.jpg'],
] as const

export const extrasOf = async (payload: Payload, story: string): Promise<Extra[]> => {
  const uploads = await findRows({
    payload,
    collection: 'uploads',
    where: {
      and: [
        { story: { equals: story } },
        { state: { equals: 'accepted' } },
        { extra: { equals: true } },
      ],
    },
    sort: 'createdAt',
  })
  const ids = [...new Set(uploads.map(({ asset }) => asset ?? ''))]
  const assets = await findRows({ payload, collection: 'assets', where: { id: { in: ids } } })
  const shown = ids.map(async (id): Promise<Extra[]> => {
    const asset = assets.find((row) => row.id === id)
    if (!asset) return []
    const renditions = await renditionsOf(payload, id)
    const open = OPENED.map(([recipe, ending]) =>
      deskUrl(renditions, recipe, (path) => path.endsWith(ending)),
    ).find((url) => url !== null)
    const name = uploads.find((upload) => upload.asset === id)?.filename ?? ''
    const { kind, state } = asset
    return [
      { asset: id, name, kind: kind ?? '', state, thumb: thumbUrl(renditions), open: open ?? null },
    ]
  })
  return (await Promise.all(shown)).flat()
}
