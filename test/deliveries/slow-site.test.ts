import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { DeliveryDeps } from '@/deliveries/deps'
import type { Store } from '@/media/store'
import { openDesk, save, signedStory, storyRow, type Desk } from '../signoff/support'
import { audience, drive, inSeconds, openRoom, planned, rowOf, type Room } from './support'

let room: Room
let desk: Desk
let copying: Promise<unknown> = Promise.resolve()
let letGo: () => void = () => undefined
let reached: Promise<void>

/** A store that is slow to take public files: nothing lands before `letGo`. */
const slow = (store: Store): Store => {
  let arrive: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (letGo = resolve))
  reached = new Promise<void>((resolve) => (arrive = resolve))
  return {
    ...store,
    putFile: async (key, ...rest) => {
      arrive()
      await gate
      return store.putFile(key, ...rest)
    },
  }
}

/** The real seal, the real site and its real publisher; only the store is slow. */
const withSlowStore = async (commitMs: number): Promise<DeliveryDeps> => {
  const { checkSeal } = await import('@/signoff/seal')
  const { readSeal } = await import('@/signoff/seals-kept')
  const { publishersWith } = await import('@/publishers')
  const { findEdition, saveEdition, withdrawEdition } = await import('@/site/edition')
  const hands = { payload: room.payload, store: slow(room.store) }
  const website = {
    saveEdition: (input: Parameters<typeof saveEdition>[1]) => {
      const saving = saveEdition(hands, input)
      copying = saving
      return saving
    },
    withdrawEdition: (input: Parameters<typeof withdrawEdition>[1]) =>
      withdrawEdition(hands, input),
    findEdition: (input: Parameters<typeof findEdition>[1]) => findEdition(hands, input),
    publicUrl: 'http://127.0.0.1:9',
  }
  return {
    ...room.deps,
    checkSeal,
    readSeal,
    publishers: publishersWith({ website }),
    timing: { commitMs },
  }
}

const onSite = async (story: string) => {
  const { readEditions } = await import('@/site/reading')
  const { slug } = await storyRow(desk, story)
  return (await readEditions(room.payload).at(`kinh-te/${slug}`)).is
}

/** Its hour has come and its files are on their way to the public folder. */
const goingOut = async (deps: DeliveryDeps) => {
  const { stepDelivery } = await import('@/deliveries/step')
  const { story } = await signedStory(desk)
  const id = await planned(room, story, desk.channels.website, inSeconds(room, 30))
  await drive(room, id, ['ready'], deps)
  room.hour.pass(31_000)
  const step = stepDelivery({ deps, delivery: id })
  await reached
  return { story, id, step }
}

beforeAll(async () => {
  room = await openRoom()
  desk = await openDesk(room.newsroom)
})
afterAll(() => room.close())

describe('when the site takes long to copy the files', () => {
  it('a copy that was given up does not go out later, when the words were changed meanwhile', async () => {
    const deps = await withSlowStore(50)
    const { story, id, step } = await goingOut(deps)
    await step
    expect((await rowOf(room, id)).state).toBe('unconfirmed')
    expect((await save(desk, desk.editor, story, { summary: 'Sapo khác.' })).status).toBe(200)
    letGo()
    await copying
    expect(await onSite(story)).toBe('absent')
    await drive(room, id, ['planned'], deps)
    expect(await rowOf(room, id)).toMatchObject({ code: 'unsigned' })
  })

  it('words that are changed while it copies do not go out under the old signature', async () => {
    const deps = await withSlowStore(60_000)
    const { story, id, step } = await goingOut(deps)
    expect((await save(desk, desk.editor, story, { summary: 'Sapo khác.' })).status).toBe(200)
    letGo()
    await step
    expect(await onSite(story)).toBe('absent')
    await drive(room, id, ['planned'], deps)
    expect(await rowOf(room, id)).toMatchObject({ code: 'unsigned' })
  })

  it('a takedown that comes while it copies leaves nothing on the site', async () => {
    const { takedown } = await import('@/deliveries/takedown')
    const deps = await withSlowStore(60_000)
    const { story, id, step } = await goingOut(deps)
    const { revision } = await rowOf(room, id)
    const asked = { payload: room.payload, person: audience, delivery: id, revision, reason: 'Sai' }
    expect((await takedown(asked)).ok).toBe(true)
    letGo()
    await step
    expect(await onSite(story)).toBe('absent')
    await drive(room, id, ['cancelled'], deps)
  })

  it('and when nothing changed it goes out once it is copied', async () => {
    const deps = await withSlowStore(60_000)
    const { story, id, step } = await goingOut(deps)
    letGo()
    await step
    expect((await rowOf(room, id)).state).toBe('confirming')
    expect(await onSite(story)).toBe('live')
  })
})
