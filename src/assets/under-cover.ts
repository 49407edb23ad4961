import type { Payload } from 'payload'
import { record } from '@/audit/record'
import { nowMs } from '@/clock'
import { findRows, type Row } from '@/records/db'
import { holds, type Person } from '@/people/person'
import type { RoleId } from '@/people/roles'
import { actorOf } from './tus'

const LOOK = 'asset.look-under'

/** Who may cover something in a clip may see what is under the cover; nobody else, whatever they may see besides. */
const UNDER_COVER: RoleId[] = ['editor', 'desk-head', 'secretariat']

export const mayLookUnder = (person: Person): boolean => holds(person, ...UNDER_COVER)

const ONE_LOOK_MS = 10 * 60_000

const lookedLately = async (payload: Payload, person: Person, row: Row<'renditions'>) => {
  const rows = await findRows({
    payload,
    collection: 'audit-entries',
    where: {
      and: [
        { action: { equals: LOOK } },
        { subjectId: { equals: row.asset } },
        { actorId: { equals: person.id } },
        { at: { greater_than: new Date(nowMs() - ONE_LOOK_MS).toISOString() } },
      ],
    },
  })
  return rows.some(({ detail }) => JSON.stringify(detail ?? '').includes(row.id))
}

/** Writes down that somebody looks. A player asks for many spans within minutes: that is one look, wherever it begins. */
export const noteLook = async (args: {
  payload: Payload
  person: Person
  row: Row<'renditions'>
}): Promise<void> => {
  const { payload, person, row } = args
  if (await lookedLately(payload, person, row)) return
  await record({
    payload,
    actor: actorOf(person),
    action: LOOK,
    outcome: 'done',
    subject: 'assets',
    subjectId: row.asset,
    detail: { recipe: row.recipe, rendition: row.id },
  })
}
