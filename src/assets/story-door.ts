import type { Payload } from 'payload'
import { holds, type Person } from '@/people/person'
import { findRow } from '@/records/db'

/** States in which a story's author may still bring a file, and those in which one that was begun may still arrive. */
const OPEN_TO_AUTHOR = ['assigned', 'draft', 'changes-requested']
const OPEN_TO_ARRIVAL = [...OPEN_TO_AUTHOR, 'submitted', 'in-review']

const stateOf = async (payload: Payload, story: string) => {
  const item = await findRow({
    payload,
    collection: 'desk-items',
    where: { story: { equals: story } },
  })
  return item ? { state: item.state, author: item.author ?? '' } : null
}

/** May this person begin to send a file to the story? */
export const mayAddTo = async (
  payload: Payload,
  story: string,
  person: Person,
): Promise<boolean> => {
  const item = story === '' ? null : await stateOf(payload, story)
  if (!item) return false
  if (item.author === person.id && OPEN_TO_AUTHOR.includes(item.state)) return true
  return holds(person, 'editor', 'desk-head') && item.state === 'in-review'
}

/** Asked once more when the file is whole: what was cleared meanwhile does not get another clip. */
export const stillTakes = async (payload: Payload, story: string): Promise<boolean> => {
  const item = await stateOf(payload, story)
  return item !== null && OPEN_TO_ARRIVAL.includes(item.state)
}
