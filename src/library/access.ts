import { desk } from '@/people/access'
import { holds, type Person } from '@/people/person'
import type { RoleId } from '@/people/roles'
import { find, type Found, type Query } from './find'
import type { Library } from './keep'
import { openSearchIndex } from './search-index'
import { byDay } from './find'
import { isTheirs, ownEntryOf, type Entry } from './shelf'

/** As the collections' own access says: the desk and the inspector read every original, whoever sends files their own. */
const ALL: RoleId[] = [...desk, 'inspector']
const OWN: RoleId[] = ['reporter', 'contributor']

/** Who may say what an original shows and how long it may be used, and who may cut a story out of it. */
const KEEPERS: RoleId[] = ['producer', 'editor', 'desk-head', 'secretariat']

export const seesAll = (person: Person): boolean => holds(person, ...ALL)
export const mayLook = (person: Person): boolean => holds(person, ...ALL, ...OWN)
export const mayKeep = (person: Person): boolean => holds(person, ...KEEPERS)

export type Seen = { found: Found; entries: ReadonlyMap<string, Entry> }

/**
 * What this person finds. For who sees only their own, their own few are searched by themselves: in the index of the
 * whole house a hit would tell of a title in somebody else's story.
 */
export const findFor = async (
  library: Library,
  person: Person,
  query: Query,
  today: string,
): Promise<Seen> => {
  const { shelf } = library
  if (seesAll(person)) {
    const { entries, index } = library
    return { found: find(query, { entries, ordered: library.ordered(), index, today }), entries }
  }
  const own = [...shelf.assets.values()]
    .filter(({ id }) => isTheirs(shelf, id, person.id))
    .map((card) => ownEntryOf(shelf, card, person.id))
    .sort(byDay)
  const index = openSearchIndex()
  await index.addAll(own)
  const entries = new Map(own.map((entry) => [entry.id, entry]))
  return { found: find(query, { entries, ordered: own, index, today }), entries }
}

/** Whether this person may open that original. What one may not see and what is not there look the same. */
export const maySee = (library: Library, person: Person, asset: string): boolean => {
  const { shelf } = library
  if (!shelf.assets.has(asset)) return false
  return seesAll(person) || (mayLook(person) && isTheirs(shelf, asset, person.id))
}
