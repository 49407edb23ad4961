import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'
import { append, begin, openDoor, storyIn, uploadRow, type Door } from './support'

const MB = 1024 * 1024
let newsroom: Newsroom
let door: Door
let db: typeof import('@/records/db')
let oneByOne: typeof import('@/assets/one-by-one')

beforeAll(async () => {
  newsroom = await openNewsroom({ UPLOAD_QUOTA_BYTES: String(40 * MB) })
  door = await openDoor(newsroom)
  db = await import('@/records/db')
  oneByOne = await import('@/assets/one-by-one')
})
afterAll(async () => {
  await door.close()
  await newsroom.close()
})

const asks = async (who: TestPerson, bytes: number) =>
  begin(door, who, { bytes, story: await storyIn(newsroom, 'draft', who) })

describe('several web processes', () => {
  it('never give out more than there is: who finds too much under way after all steps back, in words', async () => {
    const hasty = await newsroom.person('reporter')
    const { db: adapter } = newsroom.payload
    const create = adapter.create.bind(adapter)
    // The other process writes its row between our look and our row.
    const data = { tusId: 'f'.repeat(32), owner: hasty.id, story: '', bytes: 25 * MB, state: 'receiving', revision: 0, pending: false } // prettier-ignore
    const others: object[] = [data]

    adapter.create = (async (args: Parameters<typeof create>[0]) => {
      const theirs = args.collection === 'uploads' ? others.splice(0) : []
      for (const row of theirs) await create({ collection: 'uploads', data: row as never })
      return create(args)
    }) as never
    const answer = await asks(hasty, 25 * MB).finally(() => Object.assign(adapter, { create }))
    expect(answer).toMatchObject({ status: 413, reason: 'quota' })
    const rows = await db.findRows({ payload: newsroom.payload, collection: 'uploads', where: { owner: { equals: hasty.id } } }) // prettier-ignore
    expect(rows.map(({ state }) => state).sort()).toEqual(['expired', 'receiving'])
    expect(rows.find(({ state }) => state === 'expired')?.refusal).toBe('quota')
  })
})

describe('the queue before the room', () => {
  const never = () => new Promise<never>(() => undefined)

  it('goes on when a disk gives no answer, and tells who waited for it', async () => {
    const inTurn = oneByOne.oneByOne({ turnMs: 50 })
    let aborted = false
    const hung = inTurn((over) => {
      over.addEventListener('abort', () => (aborted = true))
      return never()
    })
    const next = inTurn(async () => 'room')
    expect([await hung, aborted, await next]).toEqual([null, true, 'room'])
  })

  it('lets no more than so many wait, and goes on after a failure', async () => {
    const inTurn = oneByOne.oneByOne({ turnMs: 50, most: 2 })
    const failed = inTurn(() => Promise.reject(new Error('no')))
    const second = inTurn(async () => 'second')
    expect(await inTurn(async () => 'third')).toBeNull()
    await expect(failed).rejects.toThrow('no')
    expect([await second, await inTurn(async () => 'fourth')]).toEqual(['second', 'fourth'])
  })

  it('keeps nobody waiting for those who may not send at all', async () => {
    const reader = await newsroom.person('audience')
    const hung = oneByOne.inTurn(never)
    expect(await asks(reader, MB)).toMatchObject({ status: 403, reason: 'role' })
    const back = Promise.race([hung, asks(await newsroom.person('reporter'), MB)])
    expect(await back).toBeNull()
  }, 30_000)
})

describe('an upload whose beginning was answered and not heard', () => {
  const begun = async (who: TestPerson, story: string, hash: string) =>
    begin(door, who, { bytes: 30 * MB, story, sha256: hash })
  const stateOf = async (tusId: string) => (await uploadRow(newsroom, tusId)).state

  it('gives its room to the same file when that is begun again, unless bytes of it have come', async () => {
    const sender = await newsroom.person('reporter')
    const story = await storyIn(newsroom, 'draft', sender)
    const first = await begun(sender, story, 'a'.repeat(64))
    expect(await begun(sender, story, 'b'.repeat(64))).toMatchObject({ reason: 'quota' })
    const again = await begun(sender, story, 'a'.repeat(64))
    expect(again.status).toBe(201)
    expect([await stateOf(first.tusId), await stateOf(again.tusId)]).toEqual(['expired', 'receiving']) // prettier-ignore
    await append(door, sender, { ...again, offset: 0, bytes: Buffer.alloc(100) })
    expect(await begun(sender, story, 'a'.repeat(64))).toMatchObject({ reason: 'quota' })
    expect(await stateOf(again.tusId)).toBe('receiving')
  })

  it('is listed for its sender with every other one that did not arrive, and for nobody else', async () => {
    const [sender, other] = [await newsroom.person('reporter'), await newsroom.person('reporter')]
    const story = await storyIn(newsroom, 'draft', sender)
    const ids = []
    for (const hash of ['c', 'd', 'e']) {
      const one = await begin(door, sender, { bytes: MB, story, sha256: hash.repeat(64) })
      ids.push(one.tusId)
    }
    const listed = async (who: TestPerson) => {
      const { body } = await newsroom.call({ path: '/my-stories', as: who })
      const all = body.unfinished as { story: string; upload: { id: string; received: number } }[]
      return all.map((one) => [one.story, one.upload.id]).sort()
    }
    expect(await listed(sender)).toEqual(ids.map((id) => [story, id]).sort())
    expect(await listed(other)).toEqual([])
  })
})
