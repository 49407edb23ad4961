import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom } from '../support/newsroom'
import { giveClip, newStory, openDesk, type Clip, type Desk } from './support'

let desk: Desk
let clip: Clip
let useClock: (typeof import('@/clock'))['useClock']
let watch: typeof import('@/signoff/watch')
beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
  clip = await giveClip(desk, await newStory(desk))
  ;({ useClock } = await import('@/clock'))
  watch = await import('@/signoff/watch')
})
afterAll(() => desk.room.close())

/** Our clock, moved by hand. */
const atSecond = async <T>(second: number, work: () => Promise<T>): Promise<T> => {
  const start = Date.parse('2026-11-21T12:00:00.000Z')
  const putBack = useClock({ now: () => new Date(start + second * 1000) })
  try {
    return await work()
  } finally {
    putBack()
  }
}

const beat = async (id: string, second: number, from: number, to: number) => {
  const person = { id, kind: 'person' as const, name: id, roles: ['head' as const], rights: [] }
  const answer = await atSecond(second, () =>
    watch.beat({ payload: desk.room.payload, person, digest: clip.digest, from, to }),
  )
  return answer.ok ? answer.watchedSeconds : answer.reason
}

describe('watching is counted by our clock', () => {
  it('counts what was played while the time really passed', async () => {
    expect(await beat('a', 0, 0, 0)).toBe(0)
    expect(await beat('a', 2, 0, 2)).toBe(2)
    expect(await beat('a', 4, 2, 4)).toBe(4)
    expect(await beat('a', 6, 4, 6)).toBe(6)
    expect(await beat('a', 8, 6, 8)).toBe(8)
    expect(await beat('a', 10, 8, 10)).toBe(10)
  })

  it('does not believe a clip of ten seconds seen in one', async () => {
    expect(await beat('b', 0, 0, 0)).toBe(0)
    expect(await beat('b', 1, 0, 10)).toBe(2.25)
  })

  it('gives nothing more to many beats in the same instant', async () => {
    const seen: unknown[] = []
    for (let n = 0; n < 10; n++) seen.push(await beat('c', 0, n, n + 1))
    expect(seen.at(-1)).toBe(1)
  })

  it('counts what is seen twice once', async () => {
    await beat('d', 0, 0, 0)
    await beat('d', 4, 0, 4)
    expect(await beat('d', 8, 2, 6)).toBe(6)
  })

  it('takes no nonsense', async () => {
    expect(await beat('e', 0, 5, 3)).toBe('bad-span')
    expect(await beat('e', 0, 50, 60)).toBe('bad-span')
  })

  it('shows what is still to be seen', () => {
    const spans = watch.addSpan(watch.addSpan([], [2, 4]), [6, 8])
    expect(watch.gapsIn(spans, 10)).toEqual([[0, 2], [4, 6], [8, 10]]) // prettier-ignore
    expect(watch.gapsIn([[0, 10]], 10)).toEqual([])
    expect(watch.addSpan(spans, [3, 7])).toEqual([[2, 8]])
  })
})

describe('over the API', () => {
  const post = (as: { token: string } | { apiKey: string } | null, body: unknown) =>
    desk.room.call({ method: 'POST', path: '/watch', as, body })

  it('is for the desk, for the rendition that goes out, and for one’s own eyes', async () => {
    const body = { rendition: clip.digest, from: 0, to: 0.5 }
    expect((await post(desk.head, body)).body).toMatchObject({
      ok: true,
      watchedSeconds: 0.5,
      needSeconds: 10,
    })
    expect((await post(desk.audience, body)).body).toMatchObject({ watchedSeconds: 0.5 })
    expect((await post(desk.reporter, body)).status).toBe(403)
    expect((await post(null, body)).status).toBe(401)
    expect((await post(desk.head, { ...body, rendition: '0'.repeat(64) })).status).toBe(404)
    expect((await post(desk.head, { ...body, from: 'x' })).status).toBe(400)
  })

  it('loses no beat and counts none twice when two windows play at once', async () => {
    const head = await desk.room.person('head')
    const beats = Array.from({ length: 4 }, (_, n) =>
      post(head, { rendition: clip.digest, from: n * 2, to: n * 2 + 0.1 }),
    )
    const answers = await Promise.all(beats)
    expect(answers.filter(({ status }) => ![200, 409].includes(status))).toEqual([])
    const taken = answers.filter(({ status }) => status === 200).length
    const rows = await desk.db.findRows({
      payload: desk.room.payload,
      collection: 'watches',
      where: { person: { equals: head.id } },
    })
    expect(rows.map(({ revision }) => revision)).toEqual([taken])
  })
})
