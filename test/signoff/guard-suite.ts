import type { TestPerson } from '../support/newsroom'
import {
  itemOf,
  newStory,
  save,
  seal,
  signedStory,
  storyRow,
  type Clip,
  type Desk,
} from './support'
import { PATHS, type Path, type Target } from './guard-paths'

export type Caller = { name: string; as: { token: string } | { apiKey: string } | null; id: string }
export type Standing = 'draft' | 'signed' | 'out with a newer working copy'
export const STANDINGS: Standing[] = ['draft', 'signed', 'out with a newer working copy']

const ROLES = ['contributor', 'reporter', 'producer', 'editor', 'desk-head', 'secretariat', 'board', 'deputy', 'head', 'audience', 'admin', 'inspector'] // prettier-ignore

/** One of every role, the author, nobody, and a machine with a key. */
export const callersOf = async (desk: Desk): Promise<Caller[]> => {
  const apiKey = '00000000-1111-2222-3333-444444444444'
  const data = {
    name: 'Máy',
    enableAPIKey: true,
    apiKey,
    rights: ['read-editions' as const],
    active: true,
  }
  const service = await desk.room.payload.create({ collection: 'service-accounts', data })
  const people = new Map<string, TestPerson>([['the author', desk.reporter]])
  for (const role of ROLES) people.set(role, await desk.room.person(role))
  return [
    { name: 'nobody', as: null, id: 'nobody' },
    { name: 'an API key', as: { apiKey }, id: String(service.id) },
    ...[...people].map(([name, person]) => ({ name, as: person, id: person.id })),
  ]
}

type Fixture = { story: string; clip: Clip | null; edition: string }

const edition = async (desk: Desk, story: string, seal_: string): Promise<string> => {
  const data = { key: `${story}:1`, delivery: `d-${story}`, story, path: `kinh-te/${story}`, number: 1, seal: seal_, digest: 'd', snapshot: '{"title":"Chè"}', mediaRoot: `m-${story}`, state: 'live', revision: 0 } // prettier-ignore
  const made = await desk.db.insertRow({ payload: desk.room.payload, collection: 'editions', data })
  return made.ok ? made.row.id : ''
}

const sealsOf = (desk: Desk, story: string) =>
  desk.db.findRows({
    payload: desk.room.payload,
    collection: 'seals',
    where: { story: { equals: story } },
    sort: 'key',
  })

const build = async (desk: Desk, standing: Standing): Promise<Fixture> => {
  if (standing === 'draft') return { story: await newStory(desk), clip: null, edition: '' }
  const { story, clip } = await signedStory(desk, { captioned: true })
  const out = await edition(desk, story, (await sealsOf(desk, story))[0]?.id ?? '')
  if (standing !== 'signed') await save(desk, desk.editor, story, { body: 'Bản đang sửa.' })
  return { story, clip, edition: out }
}

const rowsOf = (desk: Desk, collection: string) =>
  desk.db.findRows({
    payload: desk.room.payload,
    collection: collection as never,
    where: {},
    sort: 'id',
  })

const captionsOf = async (desk: Desk, story: string) => {
  const uploads = await desk.db.findRows({
    payload: desk.room.payload,
    collection: 'uploads',
    where: { story: { equals: story } },
  })
  return desk.db.findRows({
    payload: desk.room.payload,
    collection: 'captions',
    where: { asset: { in: uploads.map(({ asset }) => asset) } },
    sort: 'key',
  })
}

const UNTOUCHABLE = [
  'editions',
  'renditions',
  'channels',
  'deliveries',
  'assets',
  'asset-notes',
  'uploads',
  'watches',
  'leases',
  'switches',
]

/** Everything that must not move, and what may move only together. */
const look = async (desk: Desk, story: string, sealOf: SealOf) => {
  const { payload } = desk.room
  const [item, row, seals] = [
    await itemOf(desk, story),
    await storyRow(desk, story),
    await sealsOf(desk, story),
  ]
  const variants = await desk.db.findRows({
    payload,
    collection: 'variants',
    where: { story: { equals: story } },
    sort: 'key',
  })
  const [section, source] = [
    await desk.db.rowById(payload, 'sections', desk.section),
    await desk.db.rowById(payload, 'sources', desk.source),
  ]
  const captions = await captionsOf(desk, story)
  const untouchable = await Promise.all(UNTOUCHABLE.map((name) => rowsOf(desk, name)))
  const others = (await rowsOf(desk, 'desk-items')) as unknown as { story: string; state: string }[]
  return {
    state: item.state,
    revision: item.revision,
    author: item.author,
    storyAuthor: row.author,
    rows: JSON.stringify(untouchable),
    seals: JSON.stringify(
      seals.map(({ voidedAt: _at, voidReason: _why, updatedAt: _u, ...bound }) => bound),
    ),
    unvoided: seals.filter(({ voidedAt }) => !voidedAt).length,
    saves: JSON.stringify([row.revision, [...variants, ...captions].map(({ revision }) => revision)]), // prettier-ignore
    storyRevision: row.revision,
    words: JSON.stringify([row.title, row.summary, row.body, row.byline, row.kind, row.slug]),
    around: JSON.stringify([section?.name, section?.slug, source?.credit, source?.inForce]),
    shown: JSON.stringify([
      variants.map(({ title, text, tags, thumbnail, removed, channel }) => [title, text, tags, thumbnail, removed, channel]), // prettier-ignore
      captions.filter(({ state }) => state === 'accepted').map(({ key, cues, origin }) => [key, cues, origin]), // prettier-ignore
    ]),
    holds: await sealOf(desk, story),
    states: JSON.stringify(
      others
        .filter((one) => one.story !== story)
        .map(({ story: id, state }) => [id, state])
        .sort(),
    ),
    // An administrator may give roles, but then decides nothing that goes out.
    users: JSON.stringify(
      ((await rowsOf(desk, 'users')) as { roles?: string[] }[])
        .map(({ roles }) => roles ?? [])
        .filter((roles) => !roles.includes('admin')),
    ),
  }
}

type Look = Awaited<ReturnType<typeof look>>
export type SealOf = (desk: Desk, story: string) => Promise<string>

/** What an attempt did that it may not. Empty when the wall held. */
const leaksBetween = (before: Look, after: Look, attempt: string): string[] => {
  const leak = (what: string, when: boolean) => (when ? [`${attempt}: ${what}`] : [])
  const edited = before.words !== after.words
  const reshown = before.shown !== after.shown
  const changed = edited || reshown || before.around !== after.around
  const decided = ['cleared', 'signed'].includes(before.state)
  const saved = before.saves !== after.saves
  const mayMove =
    before.storyRevision !== after.storyRevision && decided ? 'in-review' : before.state
  return [
    ...leak(`the desk item went from ${before.state} to ${after.state}`, after.state !== mayMove),
    ...leak(
      'the desk item moved though nothing was saved',
      before.revision !== after.revision && !saved,
    ),
    ...leak('words changed under the same revision', (edited || reshown) && !saved),
    ...leak(
      'the author changed',
      before.author !== after.author || before.storyAuthor !== after.storyAuthor,
    ),
    ...leak('a row of the machine changed', before.rows !== after.rows),
    ...leak('a seal changed', before.seals !== after.seals || after.unvoided > before.unvoided),
    ...leak('a seal holds for what was not signed', changed && after.holds === 'ok'),
    ...leak('a seal came to hold', before.holds !== 'ok' && after.holds === 'ok'),
    ...leak('another story left its state', !JSON.parse(before.states).every((one: [string, string]) => after.states.includes(JSON.stringify(one)))), // prettier-ignore
    ...leak(
      'a story was born elsewhere than as a draft',
      bornElsewhere(before.states, after.states),
    ),
    ...leak('somebody changed their roles', before.users !== after.users),
  ]
}

const bornElsewhere = (before: string, after: string): boolean => {
  const known = new Set((JSON.parse(before) as [string, string][]).map(([id]) => id))
  return (JSON.parse(after) as [string, string][]).some(
    ([id, state]) => !known.has(id) && state !== 'draft',
  )
}

const targetOf = async (desk: Desk, fixture: Fixture, caller: Caller): Promise<Target> => {
  const { story } = fixture
  const { payload } = desk.room
  const variant = await desk.db.findRow({
    payload,
    collection: 'variants',
    where: { key: { equals: `${story}:${desk.channels.website}` } },
  })
  const [captions] = await captionsOf(desk, story)
  const versions = await payload.findVersions({
    collection: 'stories',
    where: { parent: { equals: story } },
    sort: 'createdAt',
    limit: 1,
  })
  return {
    story,
    revision: (await storyRow(desk, story)).revision,
    variant: variant?.id ?? 'none',
    item: (await itemOf(desk, story)).id,
    seal: (await sealsOf(desk, story))[0]?.id ?? 'none',
    edition: fixture.edition || 'none',
    version: String(versions.docs[0]?.id ?? 'none'),
    rendition: fixture.clip?.mp4 ?? 'none',
    asset: fixture.clip?.asset ?? 'none',
    captions: captions?.id ?? 'none',
    captionsRevision: captions?.revision ?? -1,
    channel: desk.channels.website,
    me: caller.id,
    section: desk.section,
    source: desk.source,
  }
}

const READY: Record<Standing, (view: Look) => boolean> = {
  draft: ({ state }) => state === 'draft',
  signed: ({ state, holds }) => state === 'signed' && holds === 'ok',
  'out with a newer working copy': ({ state, holds }) => state === 'in-review' && holds !== 'ok',
}

type Found = { leaks: string[]; attempts: number; saved: number; broken: string[] }
type Trial = {
  desk: Desk
  standing: Standing
  callers: Caller[]
  paths?: Path[]
  sealOf?: SealOf
  /** Runs the attempt itself with a wall taken away. */
  during?: <T>(work: () => Promise<T>) => Promise<T>
  /** With a wall taken away the suite stops at the first leaks: they have proved it. */
  enough?: number
}

/** Who goes together: at a closed path all at once, elsewhere one by one. */
const groupsOf = (path: Path, callers: Caller[]): Caller[][] =>
  path.closed ? [callers] : callers.map((one) => [one])

/** Tries every path as these callers on a story that stands so; the leaks, and how many attempts wrote words. */
export const tryAll = async (trial: Trial): Promise<Found> => {
  const {
    desk,
    standing,
    callers,
    sealOf = seal,
    during = (work) => work(),
    enough = Infinity,
  } = trial
  const found: Found = { leaks: [], attempts: 0, saved: 0, broken: [] }
  let fixture = await build(desk, standing)
  let before = await look(desk, fixture.story, sealOf)
  const groups = (trial.paths ?? PATHS).flatMap((path) =>
    groupsOf(path, callers).map((group) => ({ path, group })),
  )
  for (const { path, group } of groups) {
    if (found.leaks.length >= enough) return found
    const attempt = `${path.name} as ${group.map(({ name }) => name).join(', ')} on ${standing}`
    const calls = group.map(async (caller) => {
      const target = await targetOf(desk, fixture, caller)
      return during(() => desk.room.call({ ...path.call(target), as: caller.as }))
    })
    const answers = await Promise.all(calls)
    const after = await look(desk, fixture.story, sealOf)
    found.attempts += group.length
    found.broken.push(
      ...answers
        // What the limits refused was not tried.
        .filter(({ status }) => status >= 500 || status === 429)
        .map(({ status }) => `${attempt}: ${status}`),
    )
    if (after.words !== before.words || after.shown !== before.shown) found.saved += 1
    found.leaks.push(...leaksBetween(before, after, attempt))
    before = after
    if (READY[standing](after)) continue
    fixture = await build(desk, standing)
    before = await look(desk, fixture.story, sealOf)
  }
  return found
}
