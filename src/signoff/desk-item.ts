import type { Payload } from 'payload'
import { nowIso } from '@/clock'
import type { Person } from '@/people/person'
import { findRow, findRows, insertRow, type Row } from '@/records/db'
import { MACHINE, type Actor } from '@/records/event'
import { settle } from '@/records/settle'
import type { DeskFacts, Facts } from './facts'
import { NO_FACTS } from './facts'
import { isState } from './states'

export type DeskItem = Row<'desk-items'>

export const actorOf = (person: Person): Actor => ({
  id: person.id,
  name: person.name,
  roles: person.roles.join(','),
})

export const deskItemOf = (payload: Payload, story: string): Promise<DeskItem | null> =>
  findRow({ payload, collection: 'desk-items', where: { story: { equals: story } } })

/** The desk item of a story, made when it is not there yet. Null when there is no such story. */
export const ensureDeskItem = async (
  payload: Payload,
  story: string,
  actor: Actor = MACHINE,
): Promise<DeskItem | null> => {
  const there = await deskItemOf(payload, story)
  if (there) return there
  const found = await findRow({ payload, collection: 'stories', where: { id: { equals: story } } })
  if (!found) return null
  const at = nowIso()
  const made = await insertRow({
    payload,
    collection: 'desk-items',
    data: {
      ...EMPTY,
      story,
      stateAt: at,
      author: found.author ?? '',
      lastEditor: found.author ?? '',
      contentRevision: found.revision,
      pendingEvent: JSON.stringify({ action: 'story.create', actor, at, story }),
    },
  })
  if (made.ok) await settle({ payload, collection: 'desk-items', row: made.row as DeskItem })
  return deskItemOf(payload, story)
}

const EMPTY = {
  state: 'draft',
  claimedAt: 0,
  editor: '',
  clearer: '',
  clearedAt: '',
  clearedRevision: 0,
  clearedSnapshot: '',
  seconder: '',
  signedAt: '',
  sealed: '',
  reason: '',
  revision: 0,
  pending: true,
}

const AT_ONCE = 500

/** For the sweeper: a process that died between a story and its desk item. Returns how many were made. */
export const ensureDeskItems = async (payload: Payload): Promise<number> => {
  const stories = await findRows({
    payload,
    collection: 'stories',
    where: {},
    sort: '-createdAt',
    limit: AT_ONCE,
  })
  const ids = stories.map(({ id }) => String(id))
  const items = await findRows({ payload, collection: 'desk-items', where: { story: { in: ids } } })
  const known = new Set(items.map(({ story }) => story))
  const lost = ids.filter((id) => !known.has(id))
  for (const id of lost) await ensureDeskItem(payload, id)
  return lost.length
}

export const deskFactsOf = (item: DeskItem): DeskFacts => ({
  state: isState(item.state) ? item.state : 'archived',
  author: item.author ?? '',
  clearer: item.clearer ?? '',
  seconder: item.seconder ?? '',
  lastEditor: item.lastEditor ?? '',
  contentRevision: item.contentRevision ?? 0,
})

/** Which seals hold: channel → seal id. */
export const sealedOf = (item: Pick<DeskItem, 'sealed'>): Record<string, string> =>
  item.sealed ? (JSON.parse(item.sealed) as Record<string, string>) : {} // written by this room alone

export const writeSealed = (sealed: Record<string, string>): string =>
  Object.keys(sealed).length === 0 ? '' : JSON.stringify(sealed)

export const factsWith = (more: Partial<Facts>): Facts => ({ ...NO_FACTS, ...more })
