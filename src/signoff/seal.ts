import type { Payload } from 'payload'
import type { Outcome } from '@/errors'
import type { Store } from '@/media/store'
import { findRow, rowById, type Row } from '@/records/db'
import { bytesProblem } from './bytes'
import { contentOf, sealRefusal, wordsOf, type Built, type SealedWords } from './content'
import { deskItemOf, sealedOf } from './desk-item'
import {
  firstDifference,
  manifestOf,
  writeManifest,
  type Manifest,
  type Signature,
} from './manifest'
import { materialOf, variantOf, type Material, type PlacedFile } from './material'

export type SealRow = Row<'seals'>

export type Sealed = {
  seal: { id: string; digest: string }
  words: SealedWords
  /** Files by recipe, sorted by path. */
  renditions: Record<string, PlacedFile[]>
}

/** A seal's row, ready to be written; nothing holds until the desk item names it. */
export const prepareSeal = (args: {
  material: Material
  variant: Row<'variants'>
  binds: readonly string[]
  signature: Signature
}): Outcome<{ row: Record<string, string | number> }> => {
  const { material, signature } = args
  const built = contentOf(material, args.variant, args.binds)
  if (!built.ok) return built
  const { text, digest } = writeManifest(manifestOf(signature, built.content))
  const words = wordsOf(built, signature.signerName)
  const snapshot = JSON.stringify({ words, renditions: built.renditions })
  return {
    ok: true,
    row: { ...signature, digest, manifest: text, snapshot, voidedAt: '', voidReason: '' },
  }
}

const signatureOf = (row: SealRow): Signature => ({
  story: row.story,
  channel: row.channel,
  contentRevision: row.contentRevision,
  signer: row.signer,
  signerName: row.signerName ?? '',
  capacity: row.capacity ?? '',
  shift: row.shift ?? '',
  factor: row.factor ?? '',
  signedAt: row.signedAt,
})

/** The seal that the desk item names for the channel now. */
const standingSeal = async (
  payload: Payload,
  story: string,
  channel: string,
): Promise<Outcome<{ row: SealRow }>> => {
  const item = await deskItemOf(payload, story)
  const id = item?.state === 'signed' ? sealedOf(item)[channel] : undefined
  if (!item || !id)
    return (await anySeal(payload, story, channel))
      ? sealRefusal('voided')
      : sealRefusal('unsigned')
  const row = await rowById(payload, 'seals', id)
  if (!row || row.story !== story || row.channel !== channel) return sealRefusal('unsigned')
  const same = row.contentRevision === item.contentRevision
  return same ? { ok: true, row } : sealRefusal('story-changed', { field: 'revision' })
}

const anySeal = (payload: Payload, story: string, channel: string) =>
  findRow({ payload, collection: 'seals', where: { and: [{ story: { equals: story } }, { channel: { equals: channel } }] } }) // prettier-ignore

type Question = { payload: Payload; story: string; channel: string; binds: readonly string[] }

/** The seal against the words and rows as they lie in the database now; no byte of a file is read. */
export const sealHolds = async (
  args: Question,
): Promise<Outcome<{ row: SealRow; built: Built }>> => {
  const { payload, story, channel } = args
  const standing = await standingSeal(payload, story, channel)
  if (!standing.ok) return standing
  const { row } = standing
  const [material, variant] = await Promise.all([
    materialOf(payload, story),
    variantOf(payload, story, channel),
  ])
  if (!material || material.story.revision !== row.contentRevision) {
    return sealRefusal('story-changed', { field: 'revision' })
  }
  if (!variant || variant.removed) return sealRefusal('variant-changed', { field: 'removed' })
  const signed = JSON.parse(row.manifest) as Manifest // written by prepareSeal, and hashed again just below
  const recipes = [...new Set([...args.binds, ...Object.keys(signed.renditions)])]
  const built = contentOf(material, variant, recipes)
  if (!built.ok) return built
  const now = manifestOf(signatureOf(row), built.content)
  const differs = firstDifference(signed, now)
  if (differs === 'signature') return sealRefusal('unsigned', { field: 'signature' })
  if (differs) return sealRefusal(differs)
  const written = writeManifest(now)
  if (written.text !== row.manifest || written.digest !== row.digest) {
    return sealRefusal('unsigned', { field: 'digest' })
  }
  if (material.source?.inForce !== true) return sealRefusal('source-out')
  return { ok: true, row, built }
}

/**
 * Does a seal hold for this channel now? Everything is read again and hashed again: the words as they lie in the
 * database, the rows of the renditions and, with `bytes`, each bound file as it lies in the store.
 */
export const checkSeal = async (
  args: Question & { store: Store; bytes: boolean },
): Promise<Outcome<Sealed>> => {
  const held = await sealHolds(args)
  if (!held.ok) return held
  const { row, built } = held
  const files = [
    ...Object.values(built.renditions).flat(),
    ...(built.thumbnail ? [built.thumbnail] : []),
  ]
  const problem = args.bytes ? await bytesProblem(args.store, files) : null
  if (problem) return sealRefusal('bytes-differ', problem)
  const words = wordsOf(built, row.signerName ?? '')
  return { ok: true, seal: { id: row.id, digest: row.digest }, words, renditions: built.renditions }
}
