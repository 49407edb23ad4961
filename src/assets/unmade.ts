import type { Payload } from 'payload'
import { nowIso } from '@/clock'
import { lineOf, NewsroomError, type Help } from '@/errors'
import { logOf } from '@/log'
import { changeLatest } from '@/records/change'
import type { Row } from '@/records/db'
import { MACHINE } from '@/records/event'
import { outsideOf, wordsOf } from './outside'

const log = logOf('assets')

const OTHERWISE: Help = {
  vi: 'Không làm được bản cho kênh này từ tệp gốc. Bấm "Chuyển mã lại", hoặc bỏ kênh này khỏi tin.',
  en: 'The file for this channel could not be made of the original. Press "Transcode again", or drop the channel.',
}

/** What was tried for a channel and came to nothing, each with its words: nobody waits for it any more. */
export const unmadeOf = (row: Pick<Row<'assets'>, 'unmade'>): Record<string, Help> =>
  JSON.parse(row.unmade || '{}') as Record<string, Help> // written below alone

/**
 * All in one go, which decodes the picture once. Where that fails and a channel's own file may be the cause, what every
 * original gets is made by itself and then each other alone: a file that comes to nothing holds up no other channel.
 */
export const togetherOrAlone = async <R extends string>(args: {
  payload: Payload
  asset: string
  todo: readonly R[]
  base: readonly string[]
  stop: AbortSignal
  make: (recipes: readonly R[]) => Promise<void>
}): Promise<void> => {
  const { payload, asset, todo, base, stop, make } = args
  const own = todo.filter((recipe) => !base.includes(recipe))
  const isTheirs = (error: unknown) => !stop.aborted && outsideOf(error) === null
  try {
    return await make(todo)
  } catch (error) {
    if (own.length === 0 || !isTheirs(error)) throw error
    log.warn({ asset, err: lineOf(error) }, 'made one by one, for together it failed')
  }
  const common = todo.filter((recipe) => base.includes(recipe))
  if (common.length > 0) await make(common)
  for (const recipe of own) {
    try {
      await make([recipe])
    } catch (error) {
      if (!isTheirs(error)) throw error
      await noteUnmade({ payload, asset, recipe, error })
    }
  }
}

const noteUnmade = async (args: {
  payload: Payload
  asset: string
  recipe: string
  error: unknown
}): Promise<void> => {
  const { payload, asset, recipe, error } = args
  const code = error instanceof NewsroomError ? error.code : 'unexpected'
  log.error({ asset, recipe, code, err: lineOf(error) }, 'a file for a channel came to nothing')
  const noted = await changeLatest<'assets', never>({
    payload,
    collection: 'assets',
    id: asset,
    decide: async (row) => ({
      set: { unmade: JSON.stringify({ ...unmadeOf(row), [recipe]: wordsOf(error, OTHERWISE) }) },
      event: {
        action: 'asset.unmade',
        actor: MACHINE,
        at: nowIso(),
        reason: code,
        detail: { recipe, line: lineOf(error) },
      },
    }),
  })
  // Not noted is not known: it would be tried for ever.
  if (!noted.ok) throw error
}
