import type { Payload } from 'payload'
import { isReceiving, otherKindsFor } from '@/assets/main-asset'
import { unmadeOf } from '@/assets/unmade'
import { hasBase, unmade } from '@/assets/wanted'
import { cannotMake } from '@/media/cannot-make'
import type { Facts as Probed } from '@/media/facts'
import type { Person } from '@/people/person'
import { findRows, type Row } from '@/records/db'
import { tagList } from '@/stories/text'
import { contentOf } from './content'
import { sealedOf, type DeskItem } from './desk-item'
import type { ChannelFacts, Facts } from './facts'
import type { Hands, Problem } from './hands'
import {
  clipFactsOf,
  renditionOf,
  thumbnailOf,
  WATCHED_RECIPE,
  wholeOf,
  type Material,
} from './material'
import { sealHolds } from './seal'
import { watchedOf } from './watch'

export type ChannelRow = Row<'channels'>

export const channelsOf = (payload: Payload, material: Material): Promise<ChannelRow[]> =>
  findRows({
    payload,
    collection: 'channels',
    where: { id: { in: material.variants.map(({ channel }) => channel) } },
  })

/** Everything about a variant that its platform would refuse, or that leads nowhere. */
export const problemsOf = (
  hands: Hands,
  args: { material: Material; variant: Row<'variants'>; platform: string },
): Problem[] => {
  const { material, variant, platform } = args
  const takes = hands.takes(platform)
  const rendition = takes?.rendition ? renditionOf(material, takes.rendition) : null
  const lost = thumbnailOf(material, variant.thumbnail ?? '') === 'unknown'
  const given = {
    variant: { title: variant.title, text: variant.text ?? '', tags: tagList(variant.tags) },
    facts: clipFactsOf(material),
    bytes: rendition?.bytes ?? null,
  }
  const wrongKind = takes && !takes.kinds.includes(material.story.kind)
  const never = wrongKind ? [] : neverMade(material, takes?.binds ?? [])
  return [
    ...(wrongKind ? [WRONG_KIND] : []),
    ...(lost ? [NO_PICTURE] : []),
    ...never,
    ...hands.problems(platform, given),
  ]
}

/** What the channel binds and this clip does not give: it is too long for it, has no sound, or was tried in vain. */
const neverMade = ({ asset, story, renditions }: Material, binds: readonly string[]): Problem[] => {
  if (story.kind !== 'clip' || !asset?.facts) return []
  const facts = JSON.parse(asset.facts) as Probed // written by `receive` alone
  const there = renditions.map(({ recipe }) => recipe)
  const inVain = unmadeOf(asset)
  return unmade(binds, there).flatMap((recipe) => {
    const refusal = cannotMake(recipe, facts)
    if (refusal) return [{ field: 'rendition', code: refusal.reason, help: refusal.help }]
    const help = inVain[recipe]
    return help ? [{ field: 'rendition', code: 'unmade', help }] : []
  })
}

const WRONG_KIND: Problem = {
  field: 'kind',
  code: 'wrong-kind',
  help: { vi: 'Kênh không nhận thể loại này', en: 'The channel does not take this kind' },
}
const NO_PICTURE: Problem = {
  field: 'thumbnail',
  code: 'unknown',
  help: { vi: 'Không còn ảnh đại diện đã chọn', en: 'The chosen thumbnail is gone' },
}

/** By what is there, not by the state: while one more channel's file is made, or when it failed, the others may be signed. */
export const goesOut = ({ asset, renditions }: Pick<Material, 'asset' | 'renditions'>): boolean => {
  const there = renditions.map(({ recipe }) => recipe)
  return asset !== null && (asset.state === 'ready' || hasBase('video', there))
}

const clipOf = async (payload: Payload, material: Material): Promise<Facts['clip']> => {
  if (await isReceiving(payload, material.story.id)) return 'arriving'
  const { asset } = material
  if (!asset)
    return (await otherKindsFor(payload, material.story)).length > 0 ? 'wrong-kind' : 'none'
  if (goesOut(material)) return 'ready'
  return asset.state === 'failed' ? 'failed' : 'processing'
}

/** Everybody who sent these bytes to this story: the author may have, and an editor who replaced them. */
const clipByOf = async (payload: Payload, material: Material): Promise<string[]> => {
  if (!material.asset) return []
  const uploads = await findRows({
    payload,
    collection: 'uploads',
    where: {
      and: [
        { story: { equals: material.story.id } },
        { asset: { equals: material.asset.id } },
        { state: { equals: 'accepted' } },
      ],
    },
  })
  return [...new Set(uploads.map(({ owner }) => owner))]
}

/** What was cleared, as the clearing wrote it down. */
export type Cleared = {
  fields: Record<string, string>
  variants: Record<string, Record<string, string>>
  clip: string
}

export const clearedOf = (item: Pick<DeskItem, 'clearedSnapshot'>): Cleared | null =>
  item.clearedSnapshot ? (JSON.parse(item.clearedSnapshot) as Cleared) : null // written by `transition.ts`

/** Names the clip by its bytes and by what is done to them; the same bytes sent again are the same clip. */
export const clipName = ({ asset }: Pick<Material, 'asset'>): string =>
  asset ? [asset.sha256, ...(asset.dressing ? [asset.dressing] : [])].join(':') : ''

const channelFacts = async (args: {
  payload: Payload
  hands: Hands
  material: Material
  item: DeskItem
}): Promise<ChannelFacts[]> => {
  const { payload, hands, material, item } = args
  const rows = await channelsOf(payload, material)
  const named = sealedOf(item)
  const facts = material.variants.map(async (variant): Promise<ChannelFacts> => {
    const row = rows.find(({ id }) => id === variant.channel)
    const takes = row ? hands.takes(row.platform) : null
    const problems = row ? problemsOf(hands, { material, variant, platform: row.platform }) : []
    const binds = takes?.binds ?? []
    const question = { payload, story: material.story.id, channel: variant.channel, binds }
    return {
      channel: variant.channel,
      name: row?.name ?? variant.channel,
      open: row?.active === true && takes !== null,
      saved: (variant.claimed ?? 0) <= (variant.revision ?? 0),
      made:
        wholeOf(material) !== null && contentOf(material, { ...variant, thumbnail: '' }, binds).ok,
      problems: problems.length,
      sealed: named[variant.channel] !== undefined && (await sealHolds(question)).ok,
    }
  })
  return Promise.all(facts)
}

/** Reads everything that the guards may ask about. */
export const gather = async (args: {
  payload: Payload
  hands: Hands
  material: Material
  item: DeskItem
  person: Person
  asked: Facts['asked']
}): Promise<Facts> => {
  const { payload, material, item } = args
  const { story, section, source } = material
  const watched = renditionOf(material, WATCHED_RECIPE)
  const cleared = clearedOf(item)
  return {
    story: {
      revision: story.revision,
      kind: story.kind,
      political: story.political === true,
      title: story.title,
      section: section !== null,
    },
    source: source ? { inForce: source.inForce === true } : null,
    clip: await clipOf(payload, material),
    clipBy: await clipByOf(payload, material),
    clipAsCleared: cleared !== null && cleared.clip === clipName(material),
    channels: await channelFacts(args),
    watch: {
      needSeconds: watched?.durationSeconds ?? 0,
      watchedSeconds: watched
        ? (await watchedOf({ payload, person: args.person.id, rendition: watched })).seconds
        : 0,
    },
    asked: args.asked,
  }
}
