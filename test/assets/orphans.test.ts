import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { openNewsroom, type Newsroom } from '../support/newsroom'

const DAY_MS = 24 * 3600 * 1000
let newsroom: Newsroom
let store: import('@/media/store').Store
let db: typeof import('@/records/db')
let collector: typeof import('@/assets/orphans')
let clock: typeof import('@/clock')

beforeAll(async () => {
  newsroom = await openNewsroom()
  store = (await import('@/media/store')).openStore()
  await store.ready()
  db = await import('@/records/db')
  collector = await import('@/assets/orphans')
  clock = await import('@/clock')
})
afterAll(() => newsroom.close())

const random = () => randomBytes(16).toString('hex')
const put = async (key: string) => {
  await store.putBytes(key, Buffer.from(key), { mime: 'video/mp4' })
  return key
}
const isThere = async (key: string) => (await store.stat(key)) !== null
const assetOf = (storeKey: string) =>
  db.insertRow({
    payload: newsroom.payload,
    collection: 'assets',
    data: { sha256: random(), storeKey, state: 'ready', revision: 0, pending: false },
  })
const renditionOf = (prefix: string) =>
  db.insertRow({
    payload: newsroom.payload,
    collection: 'renditions',
    data: { key: random(), asset: 'a', recipe: 'proxy', prefix, files: '[]', sha256: random() },
  })
const looking = () => ({ payload: newsroom.payload, store, pauseMs: 1 })
const at = <T>(ms: number, work: () => Promise<T>): Promise<T> => {
  const back = clock.useClock({ now: () => new Date(Date.now() + ms) })
  return work().finally(back)
}
const keysOf = (answer: Awaited<ReturnType<typeof collector.reportOrphans>>) =>
  answer.ok ? { orphans: answer.orphans.map(({ key }) => key), due: answer.due.map(({ key }) => key) } : answer // prettier-ignore
const audited = async (action: string) =>
  db.findRows({
    payload: newsroom.payload,
    collection: 'audit-entries',
    where: { action: { equals: action } },
    sort: 'at',
  })

describe('files of the store that nothing names', () => {
  it('are not spoken of while the database names nothing at all: it may be the wrong one', async () => {
    const key = await put(`originals/${random()}/source`)
    const answer = await collector.removeOrphans(looking())
    expect(answer).toMatchObject({ ok: false, line: expect.stringContaining('another newsroom') })
    expect(await isThere(key)).toBe(true)
    await store.remove(key)
  })

  it('are reported first and removed a day later; what a row names stays, whatever its name', async () => {
    const [folder, rendition] = [`renditions/a/proxy-1/${random()}/`, `renditions/${random()}/`]
    const kept = [
      await put(`originals/${random()}/source`),
      await put(`${folder}proxy.mp4`),
      await put(`${rendition}deep/720p.m4s`),
      await put(`public/${random()}/poster.jpg`),
    ]
    await assetOf(kept[0] ?? '')
    await renditionOf(folder)
    await renditionOf(rendition)
    const orphans = [
      await put(`originals/${random()}/source`),
      await put(`renditions/a/proxy-1/${random()}/proxy.mp4`),
    ].sort()
    expect(keysOf(await collector.removeOrphans(looking()))).toEqual({ orphans, due: [] })
    expect(await Promise.all(orphans.map(isThere))).toEqual([true, true])
    const early = await at(DAY_MS - 60_000, () => collector.removeOrphans(looking()))
    expect(keysOf(early)).toEqual({ orphans, due: [] })
    const late = await at(DAY_MS + 60_000, () => collector.removeOrphans(looking()))
    expect(keysOf(late)).toEqual({ orphans, due: orphans })
    expect(await Promise.all(orphans.map(isThere))).toEqual([false, false])
    expect(await Promise.all(kept.map(isThere))).toEqual([true, true, true, true])
    const [line] = await audited('files.orphans-removed')
    expect(JSON.parse(line?.detail ?? '{}')).toMatchObject({ files: 2, first: orphans.join(' ') })
    expect((await audited('files.orphans')).length).toBeGreaterThanOrEqual(3)
  })

  it('stay when a row came to name them after the report, and are counted anew if it goes', async () => {
    const key = await put(`originals/${random()}/source`)
    expect(keysOf(await collector.reportOrphans(looking()))).toMatchObject({ orphans: [key] })
    const made = await assetOf(key)
    const later = await at(2 * DAY_MS, () => collector.removeOrphans(looking()))
    expect(keysOf(later)).toEqual({ orphans: [], due: [] })
    if (!made.ok) throw new Error('the asset exists already')
    await db.compareAndSet({ payload: newsroom.payload, collection: 'assets', id: made.row.id, expect: { state: 'ready' }, set: { storeKey: 'originals/elsewhere' } }) // prettier-ignore
    const again = await at(3 * DAY_MS, () => collector.removeOrphans(looking()))
    expect(keysOf(again)).toEqual({ orphans: [key], due: [] })
    expect(await isThere(key)).toBe(true)
  })

  it('are only those that stand in both looks: what is gone at the second is no finding', async () => {
    const passing = await put(`originals/${random()}/source`)
    let looks = 0
    const moving = {
      ...store,
      list: async (prefix: string) => {
        looks += 1
        if (looks === 3) await store.remove(passing)
        return store.list(prefix)
      },
    }
    const answer = keysOf(await collector.reportOrphans({ ...looking(), store: moving }))
    expect(answer).toMatchObject({ due: expect.any(Array) })
    expect('orphans' in answer && answer.orphans.includes(passing)).toBe(false)
  })

  it('are left alone while a worker may come back to the clip and name them', async () => {
    const made = await db.insertRow({
      payload: newsroom.payload,
      collection: 'assets',
      data: { sha256: random(), storeKey: await put(`originals/${random()}/source`), state: 'processing', revision: 0, pending: false }, // prettier-ignore
    })
    if (!made.ok) throw new Error('the row exists')
    const reported = async () => {
      const answer = await collector.reportOrphans(looking())
      return answer.ok ? answer.orphans.map((one) => one.key) : []
    }
    const key = await put(`renditions/${made.row.id}/proxy-1/${random()}/proxy.mp4`)
    expect(await reported()).not.toContain(key)
    const move = { payload: newsroom.payload, collection: 'assets' as const, id: made.row.id }
    await db.compareAndSet({ ...move, expect: {}, set: { state: 'failed' } })
    expect(await reported()).toContain(key)
    await db.compareAndSet({ ...move, expect: {}, set: { state: 'stored' } })
    await at(DAY_MS + 60_000, () => collector.removeOrphans(looking()))
    expect(await isThere(key)).toBe(true)
    await store.remove(key)
  })

  it('are reported by themselves once a day, by one of all workers, and nothing is removed', async () => {
    const key = await put(`originals/${random()}/source`)
    const looks = async (ms: number) => {
      const before = (await audited('files.orphans')).length
      await at(ms, () => Promise.all([1, 2].map(() => collector.reportOrphansDaily(looking()))))
      return (await audited('files.orphans')).length - before
    }
    expect(await looks(0)).toBe(0)
    expect(await looks(DAY_MS - 60_000)).toBe(0)
    expect(await looks(DAY_MS + 60_000)).toBe(1)
    expect(await looks(DAY_MS + 3_600_000)).toBe(0)
    expect(await looks(3 * DAY_MS)).toBe(1)
    const [row] = await db.findRows({ payload: newsroom.payload, collection: 'orphans', where: { key: { equals: key } } }) // prettier-ignore
    expect(row?.state).toBe('reported')
    expect(await isThere(key)).toBe(true)
  })
})
