import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { openNewsroom, type Newsroom } from '../support/newsroom'
import { giveClip, newStory, openDesk, type Desk } from './support'

let room: Newsroom
let desk: Desk
beforeAll(async () => {
  room = await openNewsroom()
  desk = await openDesk(room)
})
afterAll(() => room.close())

const insert = async (
  collection: 'assets' | 'uploads',
  data: Record<string, string | number | boolean>,
) => {
  const made = await desk.db.insertRow({ payload: room.payload, collection, data })
  if (!made.ok) throw new Error('the row exists')
  return String(made.row.id)
}

/** A photograph sent to a story as its file, by somebody who did not say that it is beside the clip. */
const givePhoto = async (story: string) => {
  const sha256 = randomBytes(32).toString('hex')
  const asset = await insert('assets', { title: 'ảnh', sha256, storeKey: `o/${sha256}`, kind: 'image', mime: 'image/jpeg', bytes: 64, facts: '{}', state: 'ready', revision: 0, pending: false }) // prettier-ignore
  await insert('uploads', { tusId: `t-${sha256}`, owner: desk.reporter.id, story, asset, filename: 'tiec.jpg', state: 'accepted', revision: 0, pending: false }) // prettier-ignore
  return asset
}

const submit = async (story: string) => {
  const body = { story, action: 'submit', revision: 0 }
  const answer = await room.call({ method: 'POST', path: '/actions', as: desk.reporter, body })
  return { status: answer.status, reason: answer.body.reason, help: answer.body.help }
}

describe('Ảnh gửi vào tin clip', () => {
  it('is not the clip: the story is not submitted, and its author hears what to send', async () => {
    const story = await newStory(desk)
    await givePhoto(story)
    expect(await submit(story)).toMatchObject({
      status: 422,
      reason: 'clip-wrong-kind',
      help: { vi: 'Tệp đã gửi không phải video. Hãy gửi tệp video cho clip này.' },
    })
  })

  it.each([
    ['before', ['photo', 'clip']],
    ['after', ['clip', 'photo']],
  ])('changes nothing of the clip when it came %s it, and lies beside it', async (_when, order) => {
    const story = await newStory(desk)
    const ids = { photo: '', clip: '' }
    for (const what of order) {
      if (what === 'photo') ids.photo = await givePhoto(story)
      else ids.clip = (await giveClip(desk, story)).asset
    }
    const { mainAssetOf } = await import('@/assets/main-asset')
    const { extrasOf } = await import('@/assets/extras')
    expect((await mainAssetOf(room.payload, story))?.id).toBe(ids.clip)
    expect((await extrasOf(room.payload, story)).map(({ asset }) => asset)).toEqual([ids.photo])
    expect((await submit(story)).status).toBe(200)
  })

  it('is the file of a story of photographs, where a clip is none', async () => {
    const story = await newStory(desk, { kind: 'photo' })
    const photo = await givePhoto(story)
    await giveClip(desk, story)
    const { mainAssetOf } = await import('@/assets/main-asset')
    expect((await mainAssetOf(room.payload, story))?.id).toBe(photo)
  })
})
