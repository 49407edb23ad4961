import { createHash } from 'node:crypto'
import type { Payload } from 'payload'
import { RECIPE_VERSION } from '@/media/facts'
import { isCaptionLanguage } from '@/media/caption-languages'
import type { Track } from '@/media/captions-hls'
import { findRow, type Row } from '@/records/db'
import { captionsOf, cuesOf, type CaptionRow } from './rows'

/** The recipe under which the files of accepted captions lie. No worker's profile: they are text. */
export const CAPTIONS_RECIPE = 'captions'
const STREAM_RECIPE = 'web-hls'

/** The captions that readers may get, as plain values: of each accepted language its cues. */
export const tracksOf = (rows: readonly CaptionRow[]): Track[] =>
  rows.flatMap((row) => {
    if (row.state !== 'accepted' || !isCaptionLanguage(row.language)) return []
    const machine = row.origin === 'machine' ? row.model || 'máy' : null
    return [{ language: row.language, machine, cues: cuesOf(row) }]
  })

export const acceptedTracks = async (payload: Payload, asset: string): Promise<Track[]> =>
  tracksOf(await captionsOf(payload, asset))

/** Names one text of captions: another word, time, language or writer is another name. */
export const digestOfTrack = ({ language, machine, cues }: Track): string =>
  createHash('sha256')
    .update(
      JSON.stringify([language, machine, cues.map(({ start, end, text }) => [start, end, text])]),
    ) // prettier-ignore
    .digest('hex')

/** The key of the files that exactly these captions of exactly this stream make. */
export const captionsRenditionKey = (
  asset: string,
  tracks: readonly Track[],
  stream: string,
): string => {
  const parts = [String(RECIPE_VERSION), stream, ...tracks.map(digestOfTrack).sort()]
  const name = createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)
  return `${asset}:${CAPTIONS_RECIPE}:${name}`
}

export type Standing = {
  /** Somebody accepted captions, so a channel that shows captions must show these. */
  accepted: boolean
  /** Their files; null while they are being made. */
  row: Row<'renditions'> | null
}

/** Which captions go out with an asset, by what is accepted now and the stream as it is now. */
export const standingCaptions = async (args: {
  payload: Payload
  asset: string
  renditions: readonly Row<'renditions'>[]
}): Promise<Standing> => {
  const { payload, asset, renditions } = args
  const tracks = await acceptedTracks(payload, asset)
  if (tracks.length === 0) return { accepted: false, row: null }
  const stream = renditions.find(({ recipe }) => recipe === STREAM_RECIPE)
  if (!stream) return { accepted: true, row: null }
  const key = captionsRenditionKey(asset, tracks, stream.sha256)
  const row = await findRow({ payload, collection: 'renditions', where: { key: { equals: key } } })
  return { accepted: true, row }
}
