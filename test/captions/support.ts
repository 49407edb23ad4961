import type { CallArgs } from '../support/newsroom'
import type { Desk } from '../signoff/support'

export const CUES = [
  { start: 1000, end: 3000, text: 'Chè Tân Cương\nvào vụ xuân.' },
  { start: 3500, end: 6000, text: '<i>Bốn mươi sáu</i> tấn.' },
]

type As = CallArgs['as']

const post = (desk: Desk, as: As = null, verb: string, body: unknown) =>
  desk.room.call({ method: 'POST', path: `/captioning/${verb}`, as, body })

export const captionsRow = async (desk: Desk, asset: string, language = 'vi') => {
  const row = await desk.db.findRow({
    payload: desk.room.payload,
    collection: 'captions',
    where: { key: { equals: `${asset}:${language}` } },
  })
  if (!row) throw new Error('no captions')
  return row
}

export const write = (
  desk: Desk,
  as: As,
  on: { asset: string; language?: string; revision?: number; cues?: unknown },
) => post(desk, as, 'save', { language: 'vi', revision: -1, cues: CUES, ...on })

export const bring = (desk: Desk, as: As, on: { asset: string; revision?: number }, file: string | Buffer) =>
  post(desk, as, 'import', { language: 'vi', revision: -1, ...on, file: Buffer.from(file).toString('base64') }) // prettier-ignore

/** Accepts or reopens what stands there now. */
export const move = async (desk: Desk, as: As, verb: 'accept' | 'reopen', asset: string) => {
  const { id, revision } = await captionsRow(desk, asset)
  return post(desk, as, verb, { id, revision })
}

/** What the worker hears. */
export const makeFiles = async (desk: Desk, asset: string) => {
  const { makeCaptions } = await import('@/captions/make')
  return makeCaptions({ payload: desk.room.payload, store: desk.store, asset })
}

export const accepted = async (desk: Desk, as: As, asset: string) => {
  const answer = await move(desk, as, 'accept', asset)
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return makeFiles(desk, asset)
}

export const auditOf = async (desk: Desk, action: string, subjectId: string) =>
  desk.db.findRows({
    payload: desk.room.payload,
    collection: 'audit-entries',
    where: { and: [{ action: { equals: action } }, { subjectId: { equals: subjectId } }] },
  })

/** What was refused of an asset or of captions, in the order it was asked. */
export const refusedOn = async (desk: Desk, subjectId: string) =>
  desk.db.findRows({
    payload: desk.room.payload,
    collection: 'audit-entries',
    where: { and: [{ outcome: { equals: 'refused' } }, { subjectId: { equals: subjectId } }] },
    sort: 'at',
  })
