import type { Payload } from 'payload'
import { record } from '@/audit/record'
import type { Device } from '@/media/device'
import { kindOf, type Facts } from '@/media/facts'
import { desk } from '@/people/access'
import { holds, type Person } from '@/people/person'
import { findRows, type Row } from '@/records/db'
import { mainAssetOf } from './main-asset'
import { actorOf } from './tus'

export type Step = {
  at: string
  action: string
  who: string | null
  detail: Record<string, unknown>
}
export type Provenance = {
  sha256: string
  bytes: number
  /** Every name under which these bytes were sent to this story, as typed. */
  names: string[]
  kind: string
  facts: Facts
  device: Device | null
  steps: Step[]
}

const read = (text: string | null | undefined): Record<string, unknown> => {
  const said: unknown = JSON.parse(text || '{}')
  return typeof said === 'object' && said !== null ? { ...said } : {}
}

/** What the audit has of these rows: who sent, stopped, redacted or captioned it, and what the machine did. */
const told = async (payload: Payload, ids: readonly string[]): Promise<Step[]> => {
  const rows = await findRows({
    payload,
    collection: 'audit-entries',
    where: {
      and: [
        { subjectId: { in: [...ids] } },
        { outcome: { equals: 'done' } },
        { action: { not_equals: READ } },
      ],
    },
    sort: 'at',
    limit: 500,
  })
  return rows.map(({ at, action, actorName, detail }) => ({
    ...{ at, action },
    who: actorName || null,
    detail: read(detail),
  }))
}

/** Renditions write no event: their rows are the record. */
const made = (rows: readonly Row<'renditions'>[]): Step[] =>
  rows.map((row) => ({
    at: row.createdAt,
    action: 'rendition.made',
    who: null,
    detail: {
      recipe: row.recipe,
      version: row.key.split(':')[2] ?? '',
      sha256: row.sha256,
      bytes: row.bytes ?? 0,
    },
  }))

const READ = 'asset.provenance'
/** Whoever decides over the story, and who checks on them. Never its author: a device names its owner. */
export const mayTrace = (person: Person): boolean => holds(person, ...desk, 'inspector')

/** Where a story's file came from, and everything that was done to it. Reading it is written down: it names a device. */
export const provenanceOf = async (
  payload: Payload,
  person: Person,
  story: string,
): Promise<Provenance | null> => {
  const asset = await mainAssetOf(payload, story)
  if (!asset) return null
  const [uploads, renditions, captions] = await Promise.all([
    findRows({
      ...{ payload, collection: 'uploads', sort: 'createdAt' },
      where: { and: [{ asset: { equals: asset.id } }, { story: { equals: story } }] },
    }),
    findRows({ payload, collection: 'renditions', where: { asset: { equals: asset.id } } }),
    findRows({ payload, collection: 'captions', where: { asset: { equals: asset.id } } }),
  ])
  const ids = [asset, ...uploads, ...captions].map(({ id }) => id)
  const steps = [...(await told(payload, ids)), ...made(renditions)]
  const facts = JSON.parse(asset.facts || '{}') as Facts // written by `receive` alone
  await record({
    ...{ payload, actor: actorOf(person), action: READ, outcome: 'done', story },
    ...{ subject: 'assets', subjectId: asset.id },
  })
  return {
    sha256: asset.sha256,
    bytes: asset.bytes ?? 0,
    names: [...new Set(uploads.flatMap(({ filename }) => filename || []))],
    kind: asset.kind || kindOf(facts),
    facts,
    device: asset.device ? (JSON.parse(asset.device) as Device) : null, // written by `receive` alone
    steps: steps.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
  }
}
