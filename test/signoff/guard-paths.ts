import type { Payload, TypedUser } from 'payload'
import type { CallArgs } from '../support/newsroom'

/** What an attempt aims at. */
export type Target = {
  story: string
  revision: number
  variant: string
  item: string
  seal: string
  edition: string
  version: string
  rendition: string
  asset: string
  captions: string
  captionsRevision: number
  channel: string
  me: string
  section: string
  source: string
}

/** `closed` lets nobody in, so that all callers may try it at once. */
export type Path = { name: string; closed?: true; call: (on: Target) => Omit<CallArgs, 'as'> }

const MACHINE = { state: 'signed', sealed: '{"w":"x"}', contentRevision: 9, clearer: 'x', _status: 'published', slug: 'khac', searchText: 'x', signedAt: 'x' } // prettier-ignore

const patch = (
  name: string,
  query: string,
  body: (on: Target) => unknown,
  headers?: Record<string, string>,
): Path => ({
  name: `PATCH story ${name}`,
  call: (on) => ({
    method: 'PATCH',
    path: `/stories/${on.story}${query}`,
    body: body(on),
    ...(headers ? { headers } : {}),
  }),
})

const saves =
  (more: Record<string, unknown> = {}) =>
  (on: Target) => ({ revision: on.revision, body: `Chữ ${on.me}`, ...more })

const multipart = (on: Target): FormData => {
  const form = new FormData()
  form.append('_payload', JSON.stringify({ ...MACHINE, body: 'Chữ', author: on.me }))
  return form
}

const create = (on: Target) => ({ ...MACHINE, id: on.story, author: on.me, revision: 7, title: 'Mới', kind: 'clip', section: on.section, source: on.source }) // prettier-ignore

const STORY: Path[] = [
  {
    name: 'create with machine fields',
    call: (on) => ({ method: 'POST', path: '/stories', body: create(on) }),
  },
  {
    name: 'create ?draft',
    call: (on) => ({
      method: 'POST',
      path: '/stories?draft=true&publishAllLocales=true',
      body: create(on),
    }),
  },
  patch('_status without a revision', '', () => ({ _status: 'published' })),
  patch('_status as a list', '', () => ({ _status: ['published'] })),
  patch('content without a revision', '', () => ({ title: 'Trộm' })),
  patch('content with an old revision', '', (on) => ({ title: 'Trộm', revision: on.revision - 1 })),
  patch('content with a future revision', '', (on) => ({
    title: 'Trộm',
    revision: on.revision + 1,
  })),
  patch('machine fields', '', (on) => ({ ...saves(MACHINE)(on), author: on.me })),
  patch('?draft=true', '?draft=true', saves({ _status: 'published' })),
  patch('?draft=false', '?draft=false', saves()),
  patch('?autosave', '?draft=true&autosave=true', saves()),
  patch('?publishAllLocales', '?publishAllLocales=true', saves()),
  patch('?unpublishAllLocales skips validation', '?unpublishAllLocales=true', saves({ title: '' })),
  patch('?publishSpecificLocale', '?publishSpecificLocale=vi&locale=all', saves()),
  patch('?overrideLock', '?overrideLock=true', saves()),
  patch('trash', '', saves({ deletedAt: '2026-11-21T00:00:00.000Z' })),
  patch('out of trash', '?trash=true', saves({ deletedAt: null, _status: 'published' })),
  patch('method override', '', () => ({ title: 'Trộm' }), {
    'X-Payload-HTTP-Method-Override': 'PATCH',
  }),
  { name: 'POST as PATCH by header', call: (on) => ({ method: 'POST', path: `/stories/${on.story}`, body: { title: 'Trộm' }, headers: { 'X-HTTP-Method-Override': 'PATCH', 'X-Payload-HTTP-Method-Override': 'PATCH' } }) }, // prettier-ignore
  {
    name: 'multipart _payload',
    call: (on) => ({ method: 'PATCH', path: `/stories/${on.story}`, form: multipart(on) }),
  },
  { name: 'bulk PATCH', call: (on) => ({ method: 'PATCH', path: `/stories?where[id][equals]=${on.story}`, body: { revision: on.revision, title: 'Trộm', _status: 'published' } }) }, // prettier-ignore
  {
    name: 'duplicate',
    call: (on) => ({ method: 'POST', path: `/stories/${on.story}/duplicate`, body: {} }),
  },
  {
    name: 'duplicate ?draft=false',
    call: (on) => ({
      method: 'POST',
      path: `/stories/${on.story}/duplicate?draft=false`,
      body: MACHINE,
    }),
  },
  {
    name: 'restore version',
    call: (on) => ({ method: 'POST', path: `/stories/versions/${on.version}`, body: {} }),
  },
  {
    name: 'restore version ?draft',
    call: (on) => ({
      method: 'POST',
      path: `/stories/versions/${on.version}?draft=true`,
      body: {},
    }),
  },
  { name: 'PATCH a version', call: (on) => ({ method: 'PATCH', path: `/stories/versions/${on.version}`, body: { version: { title: 'Trộm' } } }) }, // prettier-ignore
  { name: 'DELETE', call: (on) => ({ method: 'DELETE', path: `/stories/${on.story}` }) },
  {
    name: 'bulk DELETE',
    call: (on) => ({ method: 'DELETE', path: `/stories?where[id][equals]=${on.story}` }),
  },
]

const VARIANT: Path[] = [
  {
    name: 'PATCH variant without a revision',
    call: (on) => ({ method: 'PATCH', path: `/variants/${on.variant}`, body: { title: 'Trộm' } }),
  },
  { name: 'PATCH variant', call: (on) => ({ method: 'PATCH', path: `/variants/${on.variant}`, body: { revision: 0, title: `Tít ${on.me}`, claimed: 0, key: 'x' } }) }, // prettier-ignore
  { name: 'second variant of a channel', call: (on) => ({ method: 'POST', path: '/variants', body: { story: on.story, channel: on.channel, title: 'Trộm' } }) }, // prettier-ignore
  { name: 'bulk PATCH variants', call: (on) => ({ method: 'PATCH', path: `/variants?where[story][equals]=${on.story}`, body: { revision: 0, title: 'Trộm' } }) }, // prettier-ignore
  {
    name: 'duplicate variant',
    call: (on) => ({
      method: 'POST',
      path: `/variants/${on.variant}/duplicate`,
      body: { channel: 'x' },
    }),
  },
  { name: 'DELETE variant', call: (on) => ({ method: 'DELETE', path: `/variants/${on.variant}` }) },
]

const cues = (on: Target) => [{ start: 0, end: 2000, text: `Câu của ${on.me}` }]

/** Captions are met by readers like any word of the story. */
const CAPTIONS: Path[] = [
  { name: 'captions save', call: (on) => ({ method: 'POST', path: '/captioning/save', body: { asset: on.asset, language: 'vi', revision: on.captionsRevision, cues: cues(on) } }) }, // prettier-ignore
  { name: 'captions in another language', call: (on) => ({ method: 'POST', path: '/captioning/save', body: { asset: on.asset, language: 'en', revision: -1, cues: cues(on) } }) }, // prettier-ignore
  { name: 'captions import', call: (on) => ({ method: 'POST', path: '/captioning/import', body: { asset: on.asset, language: 'vi', revision: on.captionsRevision, file: Buffer.from('00:00:01,000 --> 00:00:02,000\nTrộm').toString('base64') } }) }, // prettier-ignore
  { name: 'captions accept', call: (on) => ({ method: 'POST', path: '/captioning/accept', body: { id: on.captions, revision: on.captionsRevision } }) }, // prettier-ignore
  { name: 'captions reopen', call: (on) => ({ method: 'POST', path: '/captioning/reopen', body: { id: on.captions, revision: on.captionsRevision } }) }, // prettier-ignore
  { name: 'captions reopen with an old revision', closed: true, call: (on) => ({ method: 'POST', path: '/captioning/reopen', body: { id: on.captions, revision: on.captionsRevision - 1 } }) }, // prettier-ignore
]

/** The machine's own rows, straight over REST. */
const ROWS: [string, (on: Target) => string, Record<string, unknown>][] = [
  [
    'desk-items',
    (on) => on.item,
    { state: 'signed', sealed: '{}', contentRevision: 9, revision: 99 },
  ],
  ['seals', (on) => on.seal, { voidedAt: '', contentRevision: 9, digest: 'x', manifest: '{}' }],
  ['editions', (on) => on.edition, { state: 'live', snapshot: '{"title":"Trộm"}', digest: 'x' }],
  ['renditions', (on) => on.rendition, { files: '[]', prefix: 'x/', sha256: 'x' }],
  ['channels', (on) => on.channel, { platform: 'dry-run', active: false, settings: '{"a":"b"}' }],
  ['deliveries', () => 'none', { state: 'planned', story: 'x' }],
  ['assets', () => 'none', { state: 'ready' }],
  ['uploads', () => 'none', { state: 'accepted' }],
  ['captions', (on) => on.captions, { state: 'accepted', cues: '[]', origin: 'person' }],
  ['watches', () => 'none', { spans: '[[0,99]]' }],
  ['audit-entries', () => 'none', { action: 'x' }],
  ['audit-links', () => 'none', { hash: 'x' }],
  ['outbox', () => 'none', { job: 'story.signed', payload: '{}' }],
  ['leases', () => 'none', { holder: 'x' }],
  ['switches', () => 'none', { name: 'outward', held: false }],
  ['payload-jobs', () => 'none', { taskSlug: 'schedulePublish' }],
]

const direct: Path[] = ROWS.flatMap(([slug, id, set]): Path[] => [
  {
    name: `POST ${slug}`,
    closed: true,
    call: (on: Target) => ({
      method: 'POST',
      path: `/${slug}`,
      body: { story: on.story, key: `k-${on.me}`, ...set },
    }),
  },
  {
    name: `PATCH ${slug}`,
    closed: true,
    call: (on: Target) => ({ method: 'PATCH', path: `/${slug}/${id(on)}`, body: set }),
  },
  {
    name: `bulk PATCH ${slug}`,
    closed: true,
    call: () => ({ method: 'PATCH', path: `/${slug}?where[id][exists]=true`, body: set }),
  },
  {
    name: `DELETE ${slug}`,
    closed: true,
    call: (on: Target) => ({ method: 'DELETE', path: `/${slug}/${id(on)}` }),
  },
])

/** A lock is for one document a person; it may be taken, and moves nothing. */
const OTHERS: Path[] = [
  { name: 'jobs run', closed: true, call: () => ({ path: '/payload-jobs/run' }) },
  {
    name: 'jobs run by POST',
    closed: true,
    call: () => ({ method: 'POST', path: '/payload-jobs/run?allQueues=true', body: {} }),
  },
  { name: 'preferences', closed: true, call: (on) => ({ method: 'POST', path: `/payload-preferences/collection-stories-${on.story}`, body: { value: MACHINE } }) }, // prettier-ignore
  { name: 'a lock', call: (on) => ({ method: 'POST', path: '/payload-locked-documents', body: { document: { relationTo: 'stories', value: on.story } } }) }, // prettier-ignore
  { name: 'GraphQL', closed: true, call: (on) => ({ method: 'POST', path: '/graphql', body: { query: `mutation { updateStory(id: "${on.story}", data: {title: "x"}) { title } }` } }) }, // prettier-ignore
  { name: 'a pseudo-action', closed: true, call: (on) => ({ method: 'POST', path: '/actions', body: { story: on.story, action: 'edit-variant', revision: 0 } }) }, // prettier-ignore
  {
    name: 'own roles',
    closed: true,
    call: (on) => ({
      method: 'PATCH',
      path: `/users/${on.me}`,
      body: { roles: ['head', 'admin'] },
    }),
  },
  {
    name: 'a source',
    call: (on) => ({
      method: 'PATCH',
      path: `/sources/${on.source}`,
      body: { credit: `Ghi ${on.me}` },
    }),
  },
  {
    name: 'a section',
    call: (on) => ({
      method: 'PATCH',
      path: `/sections/${on.section}`,
      body: { name: `Mục ${on.me}` },
    }),
  },
]

export const PATHS: Path[] = [...STORY, ...VARIANT, ...CAPTIONS, ...direct, ...OTHERS]

/** Rows that only the newsroom's own verbs write: what the Local API may not do with them, with a person or without. */
export const CLOSED = [
  'desk-items', 'seals', 'watches', 'editions', 'uploads', 'assets', 'asset-notes', 'captions', 'renditions', 'channels', 'deliveries', 'switches',
  'audit-entries', 'audit-links', 'outbox', 'leases',
] as const // prettier-ignore

export type LocalPath = {
  name: string
  call: (payload: Payload, as: { user?: TypedUser; overrideAccess: boolean }) => Promise<unknown>
}

export const LOCAL_PATHS: LocalPath[] = CLOSED.flatMap((slug): LocalPath[] => {
  const collection = slug as 'leases' // one collection stands for all: the hook runs before any field is looked at
  const data = { name: 'Trộm', state: 'signed', action: 'x', held: false }
  const where = { id: { exists: true } }
  const id = 'none'
  return [
    { name: `create ${slug}`, call: (payload, as) => payload.create({ collection, data, ...as }) },
    { name: `update ${slug}`, call: (payload, as) => payload.update({ collection, id, data, ...as }) },
    { name: `bulk update ${slug}`, call: (payload, as) => payload.update({ collection, where, data, ...as }) },
    { name: `delete ${slug}`, call: (payload, as) => payload.delete({ collection, id, ...as }) },
    { name: `bulk delete ${slug}`, call: (payload, as) => payload.delete({ collection, where, ...as }) },
    { name: `duplicate ${slug}`, call: (payload, as) => payload.duplicate({ collection, id, data, ...as }) },
  ] // prettier-ignore
})
