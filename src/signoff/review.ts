import type { Payload } from 'payload'
import { filesOf } from '@/assets/desk-media'
import { redactionsOf } from '@/assets/dress'
import { extrasOf, picturesShown } from '@/assets/extras'
import { failureOf } from '@/assets/failure-words'
import { dayOf } from '@/assets/rights'
import { rightsChains, rightsNow, type RightsNow } from '@/assets/rights-of'
import { unmadeOf } from '@/assets/unmade'
import { unmade } from '@/assets/wanted'
import { CAPTIONS_RECIPE } from '@/captions/accepted'
import { captionsBrief } from '@/captions/brief'
import { now } from '@/clock'
import type { Help } from '@/errors'
import { desk } from '@/people/access'
import { holds, type Person } from '@/people/person'
import { findRow, findRows, type Row } from '@/records/db'
import { decide } from './decide'
import { deskFactsOf, ensureDeskItem, type DeskItem } from './desk-item'
import { changesSince } from './diff'
import type { Facts } from './facts'
import { channelsOf, clearedOf, gather, goesOut, problemsOf, type ChannelRow } from './gather'
import type { Bound, Hands, Takes } from './hands'
import { materialOf, renditionOf, shownIn, WATCHED_RECIPE, type Material } from './material'
import { sealHolds } from './seal'
import { ACTION_IDS, ACTIONS, PSEUDO } from './states'
import { watchedOf } from './watch'

type Asked = { payload: Payload; hands: Hands; person: Person; item: DeskItem; material: Material }

/** Every action, those that are not allowed with the reason. As if a reason were given and every open channel chosen. */
const actionsOf = (person: Person, item: DeskItem, facts: Facts) => {
  const open = facts.channels.filter(({ sealed }) => !sealed).map(({ channel }) => channel)
  const asked = { reason: '···', channels: open }
  return ACTION_IDS.filter((action) => !PSEUDO.includes(action)).map((action) => {
    const decision = decide({ action, person, desk: deskFactsOf(item), facts: { ...facts, asked } })
    const { label, tone, needsReason } = ACTIONS[action]
    const why = decision.ok ? {} : { reason: decision.reason, help: decision.help }
    return { action, label, tone, needsReason, allowed: decision.ok, ...why }
  })
}

/** What a role could never do here, or not in this state, is no news to anybody: only a guard's no is told. */
const TELLING = (one: { allowed: boolean; reason?: string; action: string }) =>
  one.allowed || one.action === 'sign' || (one.reason !== 'role' && one.reason !== 'wrong-state')

const sealOf = async (asked: Asked, channel: string, binds: readonly string[]) => {
  const { payload, material } = asked
  const story = material.story.id
  const held = await sealHolds({ payload, story, channel, binds })
  const row = held.ok
    ? held.row
    : await findRow({
        payload,
        collection: 'seals',
        where: { and: [{ story: { equals: story } }, { channel: { equals: channel } }] },
        sort: '-signedAt',
      })
  if (!row)
    return {
      state: 'none' as const,
      signedAt: null,
      signerName: null,
      capacity: null,
      digest: null,
    }
  const { signedAt, signerName, capacity, digest } = row
  const why = held.ok ? {} : { reason: held.reason, help: held.help }
  return { id: row.id, state: held.ok ? ('valid' as const) : ('void' as const), signedAt, signerName, capacity, digest, ...why } // prettier-ignore
}

const deliveryOf = async (payload: Payload, story: string, channel: string) => {
  const row = await findRow({
    payload,
    collection: 'deliveries',
    where: { and: [{ story: { equals: story } }, { channel: { equals: channel } }] },
    sort: '-number',
  })
  if (!row) return null
  const { id, state, dueAt, url, revision, line, code, proof } = row
  return { id, state, dueAt, url: url || null, revision, line: line || null, code: code || null, proof: JSON.parse(proof || '[]') as unknown } // prettier-ignore
}

const boundOf = (bound: Bound | null | undefined): Bound | null =>
  bound ? { max: bound.max, unit: bound.unit } : null

const limitsOf = (takes: Takes | null) => ({
  title: boundOf(takes?.title),
  text: boundOf(takes?.text),
  tags: boundOf(takes?.tags),
})

/** True while what the channel binds is not all there: it is being made, or is about to be. */
const waits = (material: Material, takes: Takes | null): boolean => {
  const { story, asset, renditions } = material
  if (story.kind !== 'clip' || !asset) return false
  const there = renditions.map(({ recipe }) => recipe)
  const inVain = unmadeOf(asset)
  const captions = material.captioned && (takes?.binds ?? []).includes(CAPTIONS_RECIPE)
  if (captions && !there.includes(CAPTIONS_RECIPE)) return true
  return unmade(takes?.binds ?? [], there).some((recipe) => !inVain[recipe])
}

const variantView = async (asked: Asked, variant: Row<'variants'>, channels: ChannelRow[]) => {
  const { payload, hands, material } = asked
  const row = channels.find(({ id }) => id === variant.channel)
  const platform = row?.platform ?? ''
  const takes = hands.takes(platform)
  const [seal, delivery] = await Promise.all([
    sealOf(asked, variant.channel, takes?.binds ?? []),
    deliveryOf(payload, material.story.id, variant.channel),
  ])
  return {
    id: variant.id,
    channel: variant.channel,
    platform,
    channelName: row?.name ?? '',
    title: variant.title,
    text: variant.text ?? '',
    tags: variant.tags ?? '',
    thumbnail: variant.thumbnail ?? '',
    revision: variant.revision ?? 0,
    limits: limitsOf(takes),
    problems: problemsOf(hands, { material, variant, platform }),
    making: waits(material, takes),
    seal,
    delivery,
  }
}

const renditionView = (row: Row<'renditions'>) => ({
  id: row.id,
  recipe: row.recipe,
  digest: row.sha256,
  width: row.width ?? null,
  height: row.height ?? null,
  durationSeconds: row.durationSeconds ?? null,
  loudness: row.loudness ?? null,
  peak: row.peak ?? null,
  files: filesOf(row),
})

const assetView = (asset: Row<'assets'>, renditions: Material['renditions']) => ({
  id: asset.id,
  state: asset.state,
  pass: asset.pass || null,
  progress: asset.progress ?? null,
  secondsLeft: asset.secondsLeft ?? null,
  facts: JSON.parse(asset.facts || 'null') as unknown,
  failure: failureOf(asset),
  goesOut: goesOut({ asset, renditions }),
})

/** How long the clip, and the pictures that channels show for it, may be used, as of today. */
const rightsOf = async (payload: Payload, material: Material): Promise<RightsNow | null> => {
  const shown = shownIn(material)
  return shown.length > 0 ? rightsNow(await rightsChains(payload, shown), dayOf(now())) : null
}

/** How much of the clip is covered, for whoever may cover more of it; null for everybody else. */
const coverView = ({ person, item, material: { asset } }: Asked) =>
  asset && decide({ action: 'edit-clip', person, desk: deskFactsOf(item) }).ok
    ? { count: redactionsOf(asset).length }
    : null

const WARNINGS: Record<string, Help> = {
  cleared: {
    vi: 'Tin đã biên tập xong. Sửa bây giờ, tin trở lại "Đang biên tập".',
    en: 'The story is cleared. An edit takes it back to "In review".',
  },
  signed: {
    vi: 'Tin đã ký. Sửa bài làm mất ấn ở mọi kênh, tin trở lại "Đang biên tập"; sửa một bản kênh chỉ mất ấn kênh đó. Bản đang đăng vẫn giữ.',
    en: 'The story is signed. An edit voids every seal and takes it back to "In review"; a variant only loses its own. What is out stays.',
  },
}

const peopleOf = async (payload: Payload, ids: (string | null | undefined)[]) => {
  const known = ids.filter((id): id is string => typeof id === 'string' && id !== '')
  const rows = await findRows({ payload, collection: 'users', where: { id: { in: known } } })
  return (id: string | null | undefined) => {
    const row = rows.find((one) => one.id === id)
    return row ? { id: row.id, name: row.name } : null
  }
}

const deskView = async (payload: Payload, item: DeskItem) => {
  const who = await peopleOf(payload, [item.author, item.editor, item.clearer, item.seconder])
  return {
    state: item.state,
    revision: item.revision,
    contentRevision: item.contentRevision ?? 0,
    stateAt: item.stateAt ?? '',
    reason: item.reason || null,
    author: who(item.author),
    editor: who(item.editor),
    clearer: who(item.clearer),
    seconder: who(item.seconder),
    clearedAt: item.clearedAt || null,
    signedAt: item.signedAt || null,
  }
}

const watchView = async ({ payload, person, material }: Asked) => {
  const row = renditionOf(material, WATCHED_RECIPE)
  if (!row || !holds(person, 'head', 'deputy')) return null
  const { seconds, gaps } = await watchedOf({ payload, person: person.id, rendition: row })
  return {
    rendition: row.sha256,
    needSeconds: row.durationSeconds ?? 0,
    watchedSeconds: seconds,
    gaps,
  }
}

const historyOf = (payload: Payload, story: string) =>
  findRows({
    payload,
    collection: 'audit-entries',
    where: { story: { equals: story } },
    sort: '-at',
    limit: 100,
  })

const HISTORY = ['id', 'at', 'actorName', 'action', 'outcome', 'reason', 'detail'] as const

/** The note is the reporter's word to the desk: whoever only follows the story does not get it. */
const storyView = ({ story, section, source }: Material, person: Person) => ({
  ...story,
  note: holds(person, ...desk) ? story.note || null : null,
  section: section ? { id: section.id, name: section.name, slug: section.slug } : null,
  source: source
    ? { id: source.id, name: source.name, credit: source.credit, inForce: source.inForce }
    : null,
})

/** One story before the person who decides. Null when there is none, or none that they may see. */
export const review = async (args: {
  payload: Payload
  hands: Hands
  person: Person
  story: string
}) => {
  const { payload, hands, person, story } = args
  const [item, material] = [await ensureDeskItem(payload, story), await materialOf(payload, story)]
  if (!item || !material) return null
  const onDesk = holds(person, ...desk, 'inspector')
  if (!onDesk && item.author !== person.id) return null
  const asked: Asked = { payload, hands, person, item, material }
  const facts = await gather({ ...asked, asked: { reason: '', channels: [] } })
  const [rows, open] = await Promise.all([
    channelsOf(payload, material),
    findRows({
      payload,
      collection: 'channels',
      where: { active: { equals: true } },
      sort: 'name',
    }),
  ])
  const nameOf = (channel: string) => rows.find(({ id }) => id === channel)?.name ?? ''
  const history = onDesk ? await historyOf(payload, story) : []
  return {
    story: storyView(material, person),
    desk: await deskView(payload, item),
    actions: actionsOf(person, item, facts).filter(TELLING),
    asset: material.asset ? assetView(material.asset, material.renditions) : null,
    rights: onDesk ? await rightsOf(payload, material) : null,
    cover: coverView(asked),
    extras: onDesk ? await extrasOf(payload, story) : [],
    captions: onDesk && material.asset ? await captionsBrief(payload, material.asset.id) : [],
    pictures: onDesk ? await picturesShown(payload, story) : [],
    renditions: onDesk ? material.renditions.map(renditionView) : [],
    variants: onDesk
      ? await Promise.all(material.variants.map((one) => variantView(asked, one, rows)))
      : [],
    diff: onDesk ? changesSince(clearedOf(item), material, nameOf) : [],
    watch: await watchView(asked),
    channels: onDesk ? open.map(({ id, name, platform }) => ({ id, name, platform })) : [],
    editWarning: WARNINGS[item.state] ?? null,
    history: history.map((row) =>
      Object.fromEntries(HISTORY.map((name) => [name, row[name] ?? null])),
    ),
  }
}
