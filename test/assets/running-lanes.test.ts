import { expect, it } from '@jest/globals'
import { setTestSettings } from '../support/settings'
import { until } from './support'

setTestSettings()
const { doorbell, runLane } = await import('@/queue/lanes')

const stopping = new AbortController()

/** A lane over a list of keys; each is in hand until the test lets it go. */
const lane = (keys: string[], atOnce: number, signal: AbortSignal) => {
  const letGo = new Map<string, (failed?: Error) => void>()
  const bell = doorbell()
  const done = runLane({
    atOnce,
    next: async (busy) => keys.find((key) => !busy.has(key)) ?? null,
    hear: (key) =>
      new Promise<void>((resolve, reject) => {
        letGo.set(key, (failed) => {
          keys.splice(keys.indexOf(key), failed ? 0 : 1)
          letGo.delete(key)
          if (failed) reject(failed)
          else resolve()
        })
      }),
    bell,
    everyMs: 60_000,
    signal,
  })
  return { bell, done, inHand: () => [...letGo.keys()], letGo: (key: string, failed?: Error) => letGo.get(key)?.(failed) } // prettier-ignore
}

it('holds as many in hand as there are slots, and takes the next the moment one is free', async () => {
  const one = lane(['a', 'b', 'c'], 2, stopping.signal)
  await until('two are begun', () => one.inHand().length === 2)
  expect(one.inHand()).toEqual(['a', 'b'])
  one.letGo('a')
  await until('the third is begun', () => one.inHand().includes('c'))
  expect(one.inHand()).toEqual(['b', 'c'])
  one.letGo('b')
  one.letGo('c')
})

it('sleeps when nothing waits and wakes at the bell, not a minute later', async () => {
  const keys: string[] = []
  const one = lane(keys, 1, stopping.signal)
  keys.push('new')
  one.bell.ring()
  await until('it is begun', () => one.inHand().includes('new'), 2_000)
  one.letGo('new')
})

it('a bell that rang while nobody waited is heard by the next who waits', async () => {
  const bell = doorbell()
  bell.ring()
  const began = Date.now()
  await bell.heard(60_000, stopping.signal)
  expect(Date.now() - began).toBeLessThan(1_000)
})

it('work that fails frees its slot', async () => {
  const one = lane(['bad'], 1, stopping.signal)
  await until('it is begun', () => one.inHand().includes('bad'))
  one.letGo('bad', new Error('no'))
  await until('it is begun again', () => one.inHand().includes('bad'))
  one.letGo('bad')
})

it('rows that are out of reach are asked for again; nothing is thrown', async () => {
  const stop = new AbortController()
  let asked = 0
  const done = runLane({
    atOnce: 1,
    next: () => {
      asked += 1
      return Promise.reject(new Error('the database is away'))
    },
    hear: () => Promise.resolve(),
    bell: doorbell(),
    everyMs: 10,
    signal: stop.signal,
  })
  await until('it asked again', () => asked > 2)
  stop.abort()
  expect(await done).toBeUndefined()
})

it('ends when it is told to, and not before what it has in hand came to rest', async () => {
  const stop = new AbortController()
  const one = lane(['a', 'b'], 1, stop.signal)
  await until('one is begun', () => one.inHand().length === 1)
  stop.abort()
  const early = await Promise.race([one.done.then(() => 'ended'), Promise.resolve('still there')])
  expect(early).toBe('still there')
  one.letGo('a')
  await one.done
  expect(one.inHand()).toEqual([])
})
