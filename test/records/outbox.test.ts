import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { until } from '../assets/support'
import { openNewsroom, type Newsroom } from '../support/newsroom'

let newsroom: Newsroom
let db: typeof import('@/records/db')
let outbox: typeof import('@/records/outbox')

beforeAll(async () => {
  newsroom = await openNewsroom()
  db = await import('@/records/db')
  outbox = await import('@/records/outbox')
})
afterAll(() => newsroom.close())

const told = async (key: string, job = 'upload.arrived') => {
  const made = await db.insertRow({
    payload: newsroom.payload,
    collection: 'outbox',
    data: { key, job, payload: '{}', done: false, parked: false, failures: 0, notBefore: '' },
  })
  if (!made.ok) throw new Error('told already')
}
const rowOf = async (key: string) => {
  const row = await db.findRow({ payload: newsroom.payload, collection: 'outbox', where: { key: { equals: key } } }) // prettier-ignore
  return { failures: row?.failures, parked: row?.parked, done: row?.done }
}
type Heard = import('@/records/outbox').Heard
const hear = (key: string, listener: () => Promise<Heard>) => {
  const listeners = { 'upload.arrived': listener, 'story.signed': listener } as never
  return outbox.hear(newsroom.payload, key, listeners)
}
/**
 * The listener's process dies: its word never comes. A process that was begun anew reads the same row, so here the
 * module is read anew as well.
 */
const dieOver = async (key: string) => {
  let begun = false
  jest.resetModules()
  const anew = await import('@/records/outbox')
  const listener = () => {
    begun = true
    return new Promise<Heard>(() => undefined)
  }
  void anew.hear(newsroom.payload, key, { 'upload.arrived': listener, 'story.signed': listener } as never) // prettier-ignore
  await until('it was begun or given up', async () => begun || (await rowOf(key)).parked === true)
  return begun
}

describe('work that reads what strangers send', () => {
  it('is given up when its process died over it three times, without a fourth', async () => {
    await told('poison')
    for (let deaths = 0; deaths < 3; deaths++) expect(await dieOver('poison')).toBe(true)
    expect(await dieOver('poison')).toBe(false)
    expect(await rowOf('poison')).toMatchObject({ parked: true, done: false })
  })

  it('has nothing counted against it when it ends, and one failure when it throws', async () => {
    await told('whole')
    await hear('whole', async () => 'later')
    expect(await rowOf('whole')).toMatchObject({ failures: 0, done: false })
    await expect(hear('whole', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await rowOf('whole')).toMatchObject({ failures: 1, parked: false })
    await hear('whole', async () => 'done')
    expect(await rowOf('whole')).toMatchObject({ done: true })
  })

  it('goes one at a time while under suspicion, so that the innocent one comes through', async () => {
    let [now, most] = [0, 0]
    const listener = async (): Promise<Heard> => {
      most = Math.max(most, (now += 1))
      await new Promise((resolve) => setImmediate(resolve))
      now -= 1
      return 'done'
    }
    for (const key of ['one', 'two', 'three']) {
      await told(key)
      await dieOver(key)
    }
    await Promise.all(['one', 'two', 'three'].map((key) => hear(key, listener)))
    expect(most).toBe(1)
    expect(await rowOf('three')).toMatchObject({ done: true })
  })

  it('is the only work so counted: another job dies of its neighbours', async () => {
    await told('signed', 'story.signed')
    await dieOver('signed')
    expect(await rowOf('signed')).toMatchObject({ failures: 0, parked: false })
  })
})
