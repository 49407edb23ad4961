import type { Payload } from 'payload'
import { thumbUrl } from '@/assets/my-stories'
import { renditionsOf } from '@/assets/main-asset'
import type { Help } from '@/errors'
import { desk } from '@/people/access'
import { holds, type Person } from '@/people/person'
import { findRows, type Row } from '@/records/db'
import { sealedOf, type DeskItem } from './desk-item'
import { idOf } from './material'
import { STATES, type StateId } from './states'

const COLUMNS: readonly StateId[] = [
  'draft',
  'submitted',
  'in-review',
  'changes-requested',
  'cleared',
  'signed',
]
const MOST = 200

export type Card = {
  story: string
  title: string
  kind: string
  section: string
  byline: string
  state: string
  stateAt: string
  revision: number
  political: boolean
  thumb: string | null
  durationSeconds: number | null
  processing: { state: string; progress: number | null; secondsLeft: number | null } | null
  channels: { channel: string; platform: string; name: string; state: string | null }[]
  whyMe: Help | null
}

type Pile = {
  items: DeskItem[]
  stories: Map<string, Row<'stories'>>
  sections: Map<string, Row<'sections'>>
  variants: Row<'variants'>[]
  channels: Map<string, Row<'channels'>>
  deliveries: Row<'deliveries'>[]
  assets: Map<string, Row<'assets'>>
}

const byId = <T extends { id: string }>(rows: T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]))

const assetsOf = async (payload: Payload, ids: string[]): Promise<Map<string, Row<'assets'>>> => {
  const uploads = await findRows({
    payload,
    collection: 'uploads',
    where: { and: [{ story: { in: ids } }, { state: { equals: 'accepted' } }, { extra: { not_equals: true } }] }, // prettier-ignore
    sort: 'createdAt',
  })
  const rows = await findRows({
    payload,
    collection: 'assets',
    where: { id: { in: [...new Set(uploads.map(({ asset }) => asset ?? ''))] } },
  })
  const known = byId(rows)
  const newest = new Map<string, Row<'assets'>>()
  for (const { story, asset } of uploads) {
    const row = known.get(asset ?? '')
    if (story && row) newest.set(story, row)
  }
  return newest
}

const pileOf = async (payload: Payload, items: DeskItem[]): Promise<Pile> => {
  const ids = items.map(({ story }) => story)
  const [stories, sections, variants, channels, deliveries, assets] = await Promise.all([
    findRows({ payload, collection: 'stories', where: { id: { in: ids } } }),
    findRows({ payload, collection: 'sections', where: {} }),
    findRows({ payload, collection: 'variants', where: { and: [{ story: { in: ids } }, { removed: { not_equals: true } }] }, sort: 'createdAt' }), // prettier-ignore
    findRows({ payload, collection: 'channels', where: {} }),
    findRows({ payload, collection: 'deliveries', where: { story: { in: ids } }, sort: 'number' }),
    assetsOf(payload, ids),
  ])
  return { items, stories: byId(stories), sections: byId(sections), variants, channels: byId(channels), deliveries, assets } // prettier-ignore
}

const say = (vi: string, en: string): Help => ({ vi, en })

/** Nothing of it is out or will be. */
const OVER = ['cancelled', 'refused', 'replaced', 'withdrawn']
const STOOD_OUT = ['published', 'withdrawn']

/** Channels whose seal nobody has sent out or planned yet. What was taken down under this seal waits for nobody. */
const unplannedOf = (item: DeskItem, deliveries: Row<'deliveries'>[]): number =>
  Object.entries(sealedOf(item)).filter(([channel, seal]) => {
    const own = deliveries.filter((one) => one.story === item.story && one.channel === channel)
    const open = own.some(({ state }) => state !== 'published' && !OVER.includes(state))
    const sent = own.some((one) => STOOD_OUT.includes(one.state) && one.seal === seal)
    return !open && !sent
  }).length

type Left = { unsealed: number; unplanned: number }

/** Why a story waits for this person; null when it waits for somebody else. */
export const whyMe = (person: Person, item: DeskItem, left: Left): Help | null => {
  const own = item.author === person.id
  const edits = holds(person, 'editor', 'desk-head', 'secretariat')
  if (own && item.state === 'changes-requested')
    return say('Cần bạn sửa', 'Waiting for your changes')
  if (own && item.state === 'draft') return say('Bản nháp của bạn', 'Your draft')
  if (!own && edits && item.state === 'submitted')
    return say('Chờ biên tập', 'Waiting for an editor')
  if (
    item.state === 'in-review' &&
    (item.editor === person.id || (!own && edits && !item.editor))
  ) {
    return say('Bạn đang biên tập', 'You are editing it')
  }
  const mayJudge = !own && item.clearer !== person.id && holds(person, 'head')
  if (mayJudge && item.state === 'cleared') return say('Chờ bạn ký', 'Waiting for your signature')
  if (mayJudge && item.state === 'signed' && left.unsealed > 0)
    return say('Có kênh chưa ký', 'A channel is not signed')
  if (item.state === 'signed' && left.unplanned > 0 && holds(person, 'audience'))
    return say('Chờ xếp lịch', 'Waiting for its hour')
  return null
}

const cardOf = async (
  payload: Payload,
  pile: Pile,
  item: DeskItem,
  person: Person,
): Promise<Card | null> => {
  const story = pile.stories.get(item.story)
  if (!story) return null
  const asset = pile.assets.get(item.story)
  const chosen = pile.variants.filter((variant) => variant.story === item.story)
  const sealed = sealedOf(item)
  const busy = asset && asset.state !== 'ready'
  return {
    story: story.id,
    title: story.title,
    kind: story.kind,
    section: pile.sections.get(idOf(story.section))?.name ?? '',
    byline: story.byline ?? '',
    state: item.state,
    stateAt: item.stateAt ?? '',
    revision: item.revision,
    political: story.political === true,
    thumb: asset ? thumbUrl(await renditionsOf(payload, asset.id)) : null,
    durationSeconds: asset?.durationSeconds ?? null,
    processing: busy ? { state: asset.state, progress: asset.progress ?? null, secondsLeft: asset.secondsLeft ?? null } : null, // prettier-ignore
    channels: chosen.map(({ channel }) => {
      const row = pile.channels.get(channel)
      const delivery = pile.deliveries.findLast(
        (one) => one.story === item.story && one.channel === channel,
      )
      return {
        channel,
        platform: row?.platform ?? '',
        name: row?.name ?? '',
        state: delivery?.state ?? null,
      }
    }),
    whyMe: whyMe(person, item, {
      unsealed: chosen.filter(({ channel }) => !sealed[channel]).length,
      unplanned: unplannedOf(item, pile.deliveries),
    }),
  }
}

/** The desk's home page: what waits for this person, then everything by state. A reporter sees their own. */
export const board = async (payload: Payload, person: Person) => {
  const all = holds(person, ...desk, 'inspector')
  const items = await findRows({
    payload,
    collection: 'desk-items',
    where: {
      and: [
        { state: { in: ['assigned', ...COLUMNS] } },
        ...(all ? [] : [{ author: { equals: person.id } }]),
      ],
    },
    sort: '-stateAt',
    limit: MOST,
  })
  const pile = await pileOf(payload, items)
  const made = await Promise.all(items.map((item) => cardOf(payload, pile, item, person)))
  const cards = made.filter((card) => card !== null)
  return {
    me: { id: person.id, name: person.name, roles: person.roles },
    columns: COLUMNS.map((state) => ({
      state,
      label: STATES[state],
      items: cards.filter(
        (card) => card.state === state || (state === 'draft' && card.state === 'assigned'),
      ),
    })),
    waiting: cards.filter((card) => card.whyMe !== null),
  }
}
