import type { Payload } from 'payload'
import { record } from '@/audit/record'
import { holds, type Person } from '@/people/person'
import type { RoleId } from '@/people/roles'
import type { Row } from '@/records/db'
import { actorOf } from './tus'

/** Who may cover something in a clip may see what is under the cover; nobody else, whatever they may see besides. */
const UNDER_COVER: RoleId[] = ['editor', 'desk-head', 'secretariat']

export const mayLookUnder = (person: Person): boolean => holds(person, ...UNDER_COVER)

/** Writes down that somebody began to look. A player asks for many spans; the first one is the look. */
export const noteLook = async (args: {
  payload: Payload
  person: Person
  row: Row<'renditions'>
  range: string | null
}): Promise<void> => {
  const { payload, person, row, range } = args
  if (range !== null && !/^bytes=0-/.test(range)) return
  await record({
    payload,
    actor: actorOf(person),
    action: 'asset.look-under',
    outcome: 'done',
    subject: 'assets',
    subjectId: row.asset,
    detail: { recipe: row.recipe, rendition: row.id },
  })
}
