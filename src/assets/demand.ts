import type { Payload } from 'payload'
import { nowIso } from '@/clock'
import { kindOf, type Facts } from '@/media/facts'
import type { Recipe } from '@/media/profiles'
import { changeLatest } from '@/records/change'
import { findRows, rowById, type Row } from '@/records/db'
import { MACHINE } from '@/records/event'
import type { Heard } from '@/records/outbox'
import { failureCells } from './failure-words'
import { mainAssetOf, renditionsOf, storiesWithClip } from './main-asset'
import { unmadeOf } from './unmade'
import { hasBase, missing, wanted } from './wanted'

/** What a platform binds. This room knows no platform; the worker hands it in. */
export type BindsOf = (platform: string) => readonly string[]

const CLIP = 'clip'

/** Of the stories whose clip this is, those of kind clip: one that was sent another since needs nothing of it any more. */
const storiesOf = async (payload: Payload, asset: string): Promise<string[]> => {
  const own = await storiesWithClip(payload, asset)
  const rows = await findRows({ payload, collection: 'stories', where: { id: { in: own } } })
  return rows.filter(({ kind }) => kind === CLIP).map(({ id }) => id)
}

const channelsOf = async (payload: Payload, asset: string): Promise<string[]> => {
  const stories = await storiesOf(payload, asset)
  const variants = await findRows({
    payload,
    collection: 'variants',
    where: { and: [{ story: { in: stories } }, { removed: { not_equals: true } }] },
  })
  return variants.map(({ channel }) => channel)
}

type Asked = { payload: Payload; asset: string; bindsOf: BindsOf; also?: string }

/** What the channels that were chosen for this asset bind. */
const bindsFor = async ({ payload, asset, bindsOf, also }: Asked) => {
  const ids = [...(await channelsOf(payload, asset)), ...(also ? [also] : [])]
  if (ids.length === 0) return []
  const channels = await findRows({ payload, collection: 'channels', where: { id: { in: ids } } })
  return channels.map(({ platform }) => bindsOf(platform))
}

export const factsOf = (row: Pick<Row<'assets'>, 'facts'>): Facts =>
  JSON.parse(row.facts ?? '{}') as Facts // written by `receive` alone

/** What is still to be made of an asset: its base and what its channels bind, less what is there or came to nothing. */
export const stillToMake = async (
  row: Row<'assets'>,
  asked: Omit<Asked, 'asset'>,
): Promise<{ todo: Recipe[]; there: string[] }> => {
  const facts = factsOf(row)
  const binds = await bindsFor({ ...asked, asset: row.id })
  const there = (await renditionsOf(asked.payload, row.id)).map(({ recipe }) => recipe)
  const gone = unmadeOf(row)
  const todo = missing(wanted(kindOf(facts), binds), there, facts)
  return { todo: todo.filter((recipe) => !gone[recipe]), there }
}

/**
 * Hears that a channel was chosen: an asset that is ready goes back to the queue when the channel needs what is not
 * there. The job is told in the write that claims the variant, before its words are written, so it names the channel.
 * Whoever works on the asset may have looked before that, so it is asked again when that work has ended. What failed or
 * was stopped stays with the person who has it done again: that makes what all its channels need.
 */
export const askForMissing = async (args: {
  payload: Payload
  story: string
  channel: string
  bindsOf: BindsOf
}): Promise<Heard> => {
  const { payload, story, channel, bindsOf } = args
  const asset = await mainAssetOf(payload, story)
  const told = await rowById(payload, 'stories', story)
  if (!asset || told?.kind !== CLIP) return 'done'
  const asked = await changeLatest<'assets', Heard>({
    payload,
    collection: 'assets',
    id: asset.id,
    decide: async (row) => {
      const { todo, there } = await stillToMake(row, { payload, bindsOf, also: channel })
      if (todo.length === 0 || row.state === 'failed') return { stop: 'done' }
      if (row.state !== 'ready') return { stop: 'later' }
      if (!hasBase(kindOf(factsOf(row)), there)) return { stop: 'done' }
      return {
        set: {
          state: 'stored',
          progress: 0,
          failures: 0,
          secondsLeft: null,
          ...failureCells(null),
        },
        event: {
          action: 'asset.wanted',
          actor: MACHINE,
          at: nowIso(),
          story,
          detail: { recipes: todo.join(', ') },
          tell: [{ job: 'asset.process', payload: { asset: row.id } }],
        },
      }
    },
  })
  if ('stop' in asked) return asked.stop
  return asked.ok || asked.reason === 'absent' ? 'done' : 'later'
}
