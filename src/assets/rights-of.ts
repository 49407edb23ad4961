import type { Payload } from 'payload'
import { findRow, rowById } from '@/records/db'
import { boundsOf, rightsOn, type Rights, type RightsState } from './rights'

const MOST_CUTS = 20

/** What was said of an original and of all that it was cut from, the nearest first, as it stands in the rows now. */
const rightsChain = async (payload: Payload, asset: string): Promise<Rights[]> => {
  const chain: Rights[] = []
  let at = asset
  for (let cut = 0; at && cut < MOST_CUTS; cut++) {
    const [note, row]: [Rights | null, { parent?: string | null } | null] = await Promise.all([
      findRow({ payload, collection: 'asset-notes', where: { asset: { equals: at } } }),
      rowById(payload, 'assets', at),
    ])
    if (note) chain.push(note)
    at = row?.parent ?? ''
  }
  return chain
}

/** The same of several that are shown together: the worst of all of them counts. */
export const rightsChains = async (payload: Payload, assets: readonly string[]) =>
  (await Promise.all([...new Set(assets)].map((asset) => rightsChain(payload, asset)))).flat()

export type RightsNow = { state: RightsState; from: string; to: string }

/** How the rights of an original stand on a day, and within which bounds. */
export const rightsNow = (chain: readonly Rights[], day: string): RightsNow => ({
  state: rightsOn(chain, day),
  ...boundsOf(chain),
})
