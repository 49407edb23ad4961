import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom, type Newsroom } from '../support/newsroom'

let newsroom: Newsroom
let change: (typeof import('@/records/change'))['change']
let db: typeof import('@/records/db')
let settling: typeof import('@/records/settle')

beforeAll(async () => {
  newsroom = await openNewsroom()
  ;({ change } = await import('@/records/change'))
  db = await import('@/records/db')
  settling = await import('@/records/settle')
})
afterAll(() => newsroom.close())

const actor = { id: 'p1', name: 'Biên tập viên', roles: 'editor' }
const aSwitch = async (name: string) => {
  const made = await db.insertRow({
    payload: newsroom.payload,
    collection: 'switches',
    data: { name, held: false, revision: 0, pending: false },
  })
  if (!made.ok) throw new Error('the switch exists already')
  return made.row
}
const entriesOf = (id: string) =>
  db.findRows({
    payload: newsroom.payload,
    collection: 'audit-entries',
    where: { subjectId: { equals: id } },
  })
const outboxOf = (id: string) =>
  db.findRows({
    payload: newsroom.payload,
    collection: 'outbox',
    where: { key: { in: [`switches:${id}:1:0`] } },
  })

describe('one change of one row', () => {
  it('lets one of twenty win when all act on the same revision, and writes one line of audit', async () => {
    const row = await aSwitch('race')
    const attempts = Array.from({ length: 20 }, (_, n) =>
      change({
        payload: newsroom.payload,
        collection: 'switches',
        id: row.id,
        revision: 0,
        set: { reason: `attempt ${n}` },
        event: { action: 'hold', actor, at: new Date().toISOString() },
      }),
    )
    const results = await Promise.all(attempts)
    expect(results.filter((r) => r.ok)).toHaveLength(1)
    expect(results.filter((r) => !r.ok && r.reason === 'stale')).toHaveLength(19)
    expect(await entriesOf(row.id)).toHaveLength(1)
  })

  it('copies the event of a process that died after its write, once, however often the house is swept', async () => {
    const row = await aSwitch('crash')
    const event = {
      action: 'hold',
      actor,
      at: '2026-11-21T12:00:00.000Z',
      tell: [{ job: 'seal.void', payload: { story: 's1' } }],
    }
    await db.compareAndSet({
      payload: newsroom.payload,
      collection: 'switches',
      id: row.id,
      expect: { revision: 0 },
      set: { held: true, revision: 1, pending: true, pendingEvent: JSON.stringify(event) },
    })
    expect(await entriesOf(row.id)).toHaveLength(0)
    await settling.settleAll(newsroom.payload)
    await settling.settleAll(newsroom.payload)
    expect(await entriesOf(row.id)).toHaveLength(1)
    expect(await outboxOf(row.id)).toHaveLength(1)
    const after = await db.rowById(newsroom.payload, 'switches', row.id)
    expect(after?.pending).toBe(false)
  })

  it('settles the dead process’s event before it writes its own over it', async () => {
    const row = await aSwitch('two events')
    await db.compareAndSet({
      payload: newsroom.payload,
      collection: 'switches',
      id: row.id,
      expect: { revision: 0 },
      set: {
        revision: 1,
        pending: true,
        pendingEvent: JSON.stringify({ action: 'first', actor, at: '2026-11-21T12:00:00.000Z' }),
      },
    })
    const changed = await change({
      payload: newsroom.payload,
      collection: 'switches',
      id: row.id,
      revision: 1,
      set: { held: true },
      event: { action: 'second', actor, at: '2026-11-21T12:00:01.000Z' },
    })
    expect(changed.ok).toBe(true)
    const actions = (await entriesOf(row.id)).map((entry) => entry.action).sort()
    expect(actions).toEqual(['first', 'second'])
  })
})
