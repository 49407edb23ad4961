import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import path from 'node:path'
import { openNewsroom, type Newsroom } from '../support/newsroom'

let newsroom: Newsroom
let chain: typeof import('@/audit/chain')
let verify: typeof import('@/audit/verify')
let anchors: typeof import('@/audit/anchor')
let record: (typeof import('@/audit/record'))['record']
let db: typeof import('@/records/db')

beforeAll(async () => {
  newsroom = await openNewsroom()
  chain = await import('@/audit/chain')
  verify = await import('@/audit/verify')
  anchors = await import('@/audit/anchor')
  ;({ record } = await import('@/audit/record'))
  db = await import('@/records/db')
})
afterAll(() => newsroom.close())

/** A new house: no entries, no links, no lease. */
beforeEach(async () => {
  for (const collection of ['audit-entries', 'audit-links', 'leases'] as const)
    await newsroom.payload.db.deleteMany({ collection, where: {} })
})

const note = (action: string) =>
  record({
    payload: newsroom.payload,
    actor: { id: 'p1', name: 'Biên tập viên', roles: 'editor' },
    action,
    outcome: 'done',
    subject: 'stories',
    subjectId: 's1',
  })
const links = () =>
  db.findRows({
    payload: newsroom.payload,
    collection: 'audit-links',
    where: { seq: { greater_than: 0 } },
    sort: 'seq',
  })
const linkAll = () => chain.linkEntries(newsroom.payload, 'worker-1')
const aChainOf = async (count: number) => {
  for (let n = 1; n <= count; n++) await note(`act-${n}`)
  await linkAll()
}
const entryOf = async (key: string) => {
  const found = await db.findRow({
    payload: newsroom.payload,
    collection: 'audit-entries',
    where: { key: { equals: key } },
  })
  if (!found) throw new Error('no such entry')
  return found
}

describe('the audit chain', () => {
  it('links every entry once, in order, and is found whole', async () => {
    await aChainOf(5)
    await linkAll()
    expect((await links()).map((link) => link.seq)).toEqual([1, 2, 3, 4, 5])
    expect(await verify.verifyChain(newsroom.payload)).toMatchObject({
      ok: true,
      links: 5,
      waiting: 0,
    })
  })

  it('lets one of two workers link at a time, and neither leaves a gap', async () => {
    for (let n = 1; n <= 6; n++) await note(`act-${n}`)
    await Promise.all([linkAll(), chain.linkEntries(newsroom.payload, 'worker-2')])
    await linkAll()
    await chain.linkEntries(newsroom.payload, 'worker-2')
    expect(await verify.verifyChain(newsroom.payload)).toMatchObject({ ok: true, links: 6 })
  })

  it('goes on after a worker that died between the link and its mark', async () => {
    await aChainOf(2)
    const [first] = await links()
    const entry = await entryOf(first?.entryKey ?? '')
    await db.compareAndSet({
      payload: newsroom.payload,
      collection: 'audit-entries',
      id: entry.id,
      expect: { linked: true },
      set: { linked: false },
    })
    await note('afterwards')
    await linkAll()
    expect(await verify.verifyChain(newsroom.payload)).toMatchObject({
      ok: true,
      links: 3,
      waiting: 0,
    })
  })

  it.each(['actorName', 'reason', 'detail', 'at', 'outcome'])(
    'catches a changed %s',
    async (column) => {
      await aChainOf(3)
      const second = (await links())[1]
      const entry = await entryOf(second?.entryKey ?? '')
      await db.compareAndSet({
        payload: newsroom.payload,
        collection: 'audit-entries',
        id: entry.id,
        expect: { linked: true },
        set: { [column]: 'something else' },
      })
      expect(await verify.verifyChain(newsroom.payload)).toEqual({
        ok: false,
        seq: 2,
        what: 'the entry was changed',
      })
    },
  )

  it('catches somebody who rewrote every row and every hash consistently, by an anchor taken before', async () => {
    await aChainOf(4)
    const file = path.join(newsroom.folder, 'anchors.jsonl')
    await anchors.dropAnchor(newsroom.payload, file)
    await rewriteConsistently()
    expect(await verify.verifyChain(newsroom.payload)).toMatchObject({ ok: true })
    const read = await anchors.readAnchors(file)
    expect(await verify.verifyChain(newsroom.payload, read)).toEqual({
      ok: false,
      seq: 4,
      what: 'the chain was rewritten: it differs from its anchor',
    })
  })

  it('catches a chain that was cut below an anchor', async () => {
    await aChainOf(4)
    const anchor = await anchors.dropAnchor(newsroom.payload, path.join(newsroom.folder, 'a.jsonl'))
    const last = (await links())[3]
    const key = { equals: last?.entryKey ?? '' }
    const { db: rows } = newsroom.payload // the house's own doors are closed to this
    await rows.deleteMany({ collection: 'audit-links', where: { entryKey: key } })
    await rows.deleteMany({ collection: 'audit-entries', where: { key } })
    expect(await verify.verifyChain(newsroom.payload)).toMatchObject({ ok: true, links: 3 })
    expect(await verify.verifyChain(newsroom.payload, anchor ? [anchor] : [])).toEqual({
      ok: false,
      seq: 4,
      what: 'the chain was cut: an anchored link is gone',
    })
  })
})

/** What a thief with the whole database would do: another history, every hash made anew. */
const rewriteConsistently = async () => {
  let prev = chain.GENESIS
  for (const link of await links()) {
    const entry = await entryOf(link.entryKey)
    const forged = await db.compareAndSet({
      payload: newsroom.payload,
      collection: 'audit-entries',
      id: entry.id,
      expect: { linked: true },
      set: { actorName: 'somebody else' },
    })
    if (!forged) throw new Error('the forger failed')
    const hash = chain.linkHash(prev, forged)
    await db.compareAndSet({
      payload: newsroom.payload,
      collection: 'audit-links',
      id: link.id,
      expect: { seq: link.seq },
      set: { prev, hash },
    })
    prev = hash
  }
}

describe('the anchor', () => {
  it('leaves with the first link, then once an hour, however often it is asked', async () => {
    const file = path.join(newsroom.folder, 'hourly', 'a.jsonl')
    const ask = () =>
      anchors.dropAnchorIfDue({ payload: newsroom.payload, file, everyMs: 3_600_000 })
    expect(await ask()).toBeNull() // nothing is linked yet
    await aChainOf(2)
    expect(await ask()).toMatchObject({ seq: 2 })
    await note('one more')
    await linkAll()
    expect(await ask()).toBeNull()
    expect(await anchors.readAnchors(file)).toHaveLength(1)
  })
})
