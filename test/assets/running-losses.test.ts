import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Lost } from '@/assets/losses'
import { openTranscodes, type Transcodes } from './running-support'

let on: Transcodes
let processAsset: (typeof import('@/assets/process'))['processAsset']
let waitingInTurn: (typeof import('@/assets/waiting'))['waitingInTurn']

beforeAll(async () => {
  on = await openTranscodes()
  ;({ processAsset } = await import('@/assets/process'))
  ;({ waitingInTurn } = await import('@/assets/waiting'))
}, 120_000)
afterAll(() => on.newsroom.close())
/** Each case has a machine of its own, so to say: what died in another is no witness in this one. */
afterEach(async () => {
  for (const { id } of await on.db.findRows({
    payload: on.payload,
    collection: 'assets',
    where: {},
  }))
    await set(id, { lostAt: 0 })
})

const MINUTE = 60_000
const ago = (worker: string, minutes: number): Lost => ({ worker, at: Date.now() - minutes * MINUTE, whole: 0 }) // prettier-ignore

const set = (asset: string, cells: Record<string, string | number>) =>
  on.db.compareAndSet({ payload: on.payload, collection: 'assets', id: asset, expect: {}, set: cells }) // prettier-ignore
const work = (asset: string) => processAsset({ payload: on.payload, store: on.store, asset })
/** As a worker leaves it that was killed: its name on a lease that ran out. */
const dies = (asset: string, worker: string) =>
  set(asset, { state: 'processing', leaseBy: `${worker}:1`, leaseUntil: 1 })
const diedBefore = (asset: string, ...each: Lost[]) => {
  const cells = { lost: JSON.stringify(each), losses: each.length, lostAt: each.at(-1)?.at ?? 0 }
  return set(asset, cells)
}

describe('a clip that loses its worker', () => {
  it('goes to the end of its desk, before anybody has counted the loss', async () => {
    const [killer, second, third] = [await on.waiting(), await on.waiting(), await on.waiting()]
    await dies(killer, 'dead')
    const order = (await waitingInTurn(on.payload, 'heavy')).map(({ asset }) => asset)
    expect(order).toEqual([second, third, killer])
  })

  it('is parked at the third in a row, with words for a person, and may be done again', async () => {
    const asset = await on.clip({ seed: 51, seconds: 2, size: '320x180' })
    await diedBefore(asset, ago('a', 3), ago('b', 2))
    await dies(asset, 'c')
    expect(await work(asset)).toBe('done')
    const row = await on.row(asset)
    expect(row).toMatchObject({ state: 'failed', losses: 3, leaseBy: '' })
    expect(row?.failure).toContain('ngừng đột ngột 3 lần liền')
    expect(await on.renditions(asset)).toEqual([])
    const chief = await on.newsroom.person('desk-head')
    const path = '/transcodes/retry'
    expect((await on.newsroom.call({ method: 'POST', path, as: chief, body: { asset } })).status).toBe(200) // prettier-ignore
    expect(await work(asset)).toBe('done')
    expect(await on.row(asset)).toMatchObject({ state: 'ready', losses: 0 })
  }, 120_000)

  it('is not parked while workers die over other clips too: it is made, and nobody counts any more', async () => {
    const other = await on.waiting({ state: 'ready' })
    await diedBefore(other, ago('x', 2))
    const asset = await on.clip({ seed: 52, seconds: 2, size: '320x180' })
    await diedBefore(asset, ago('a', 3), ago('b', 2))
    await dies(asset, 'c')
    expect(await work(asset)).toBe('done')
    expect(await on.row(asset)).toMatchObject({ state: 'ready', failures: 0, losses: 0 })
  }, 120_000)
})
