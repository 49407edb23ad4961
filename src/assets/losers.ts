import type { Payload } from 'payload'
import type { Store } from '@/media/store'
import { findRows } from '@/records/db'

/**
 * Files of renditions lie under `renditions/<asset>/<recipe>-<version>[-<dressing>]/<random>/`: the folder is the key of
 * the one row that can ever name them. So it can be told without a clock whose files nobody will ever name.
 */
export const folderFor = (key: string): string => {
  const [asset = '', ...made] = key.split(':')
  return `renditions/${asset}/${made.join('-')}/`
}

/**
 * Prefixes that lost: the row of their key stands and names another. The key is unique, so no row can come to name them.
 * Where no row stands yet somebody may still be writing, and nothing is touched.
 */
export const losersAmong = (
  keys: readonly string[],
  rows: readonly { key: string; prefix: string }[],
): string[] => {
  const written = rows.flatMap(({ key }) => {
    const folder = folderFor(key)
    const inside = keys.filter((one) => one.startsWith(folder))
    return inside.map((one) => `${folder}${one.slice(folder.length).split('/')[0]}/`)
  })
  const named = rows.map(({ prefix }) => prefix)
  return [...new Set(written)].filter((one) => !named.some((prefix) => prefix.startsWith(one)))
}

/** Takes away what workers that were overtaken, here or on another machine, left of an asset's renditions. */
export const removeLosers = async (args: {
  payload: Payload
  store: Store
  asset: string
}): Promise<void> => {
  const { payload, store, asset } = args
  // The files first: a row that is written after this look names a prefix that is no loser.
  const keys = await store.list(`renditions/${asset}/`)
  const rows = await findRows({
    payload,
    collection: 'renditions',
    where: { asset: { equals: asset } },
  })
  for (const prefix of losersAmong(keys, rows)) await store.remove(prefix)
}
