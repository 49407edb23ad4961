import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createHash, randomBytes } from 'node:crypto'
import { openNewsroom } from '../support/newsroom'
import {
  act,
  bring,
  itemOf,
  newStory,
  openDesk,
  reasonOf,
  seal,
  watchAll,
  type Clip,
  type Desk,
} from './support'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
})
afterAll(() => desk.room.close())

type Cells = Record<string, string | number | boolean>
const insert = async (collection: 'assets' | 'uploads' | 'renditions', data: Cells) => {
  const made = await desk.db.insertRow({ payload: desk.room.payload, collection, data })
  if (!made.ok) throw new Error('the row exists')
  return String(made.row.id)
}

const stillsFor = async (asset: string, recipe: string, path: string) => {
  const bytes = randomBytes(64)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const prefix = `r/${randomBytes(8).toString('hex')}/`
  await desk.store.putBytes(prefix + path, bytes, { mime: 'image/jpeg' })
  const files = JSON.stringify([{ path, bytes: 64, sha256, mime: 'image/jpeg' }])
  await insert('renditions', { key: `${asset}:${recipe}:1`, asset, recipe, prefix, files, sha256, bytes: 64, width: 640, height: 360, durationSeconds: 0 }) // prettier-ignore
  return { key: prefix + path, sha256 }
}

/** A photograph that was sent beside a story, and is made. */
const sendPhoto = async (story: string) => {
  const sha256 = randomBytes(32).toString('hex')
  const asset = await insert('assets', { title: 'ảnh', sha256, storeKey: `o/${sha256}`, kind: 'image', mime: 'image/jpeg', bytes: 64, facts: '{}', state: 'ready', revision: 0, pending: false }) // prettier-ignore
  await insert('uploads', { tusId: `t-${sha256}`, owner: desk.editor.id, story, asset, filename: 'cho-que.jpg', extra: true, state: 'accepted', revision: 0, pending: false }) // prettier-ignore
  return { asset, ...(await stillsFor(asset, 'poster', 'poster.jpg')) }
}

const variantOf = async (story: string) => {
  const key = `${story}:${desk.channels.website}`
  const row = await desk.db.findRow({ payload: desk.room.payload, collection: 'variants', where: { key: { equals: key } } }) // prettier-ignore
  if (!row) throw new Error('no variant')
  return row
}

const choose = async (story: string, thumbnail: string, revision?: number) => {
  const row = await variantOf(story)
  const body = { revision: revision ?? row.revision ?? 0, thumbnail }
  return desk.room.call({ method: 'PATCH', path: `/variants/${row.id}`, as: desk.editor, body })
}

/** What the seal of the website binds as its picture. */
const bound = async (story: string): Promise<{ sha256: string } | null> => {
  const named = JSON.parse((await itemOf(desk, story)).sealed ?? '{}') as Record<string, string>
  const row = await desk.db.rowById(desk.room.payload, 'seals', named[desk.channels.website] ?? '')
  return (JSON.parse(row?.manifest ?? '{}') as { thumbnail?: { sha256: string } }).thumbnail ?? null
}

const clearAndSign = async ({ story, clip }: { story: string; clip: Clip }) => {
  const cleared = await act(desk, desk.editor, story, 'clear')
  if (cleared.status !== 200) return reasonOf(cleared)
  await watchAll(desk, clip)
  const signed = await act(desk, desk.head, story, 'sign', { channels: [desk.channels.website] })
  return signed.status === 200 ? 'ok' : reasonOf(signed)
}

const inReview = async () => {
  const story = await newStory(desk)
  const clip = await bring(desk, story, 'in-review')
  return { story, clip, frame: await stillsFor(clip.asset, 'frames', 'frame-4.0s.jpg') }
}

const audit = (story: string) =>
  desk.db.findRows({
    payload: desk.room.payload,
    collection: 'audit-entries',
    where: { story: { equals: story } },
  })

describe('Ảnh đại diện', () => {
  it('is a frame that an editor chose: the seal binds its bytes, and another choice voids it', async () => {
    const { story, clip, frame } = await inReview()
    expect((await choose(story, 'frame-4.0s.jpg')).status).toBe(200)
    expect(await clearAndSign({ story, clip })).toBe('ok')
    expect(await bound(story)).toMatchObject({ sha256: frame.sha256 })
    expect(await seal(desk, story)).toBe('ok')
    expect((await choose(story, '')).status).toBe(200)
    expect(await seal(desk, story)).not.toBe('ok')
  })

  it('is a picture that was sent beside the story, bound byte by byte', async () => {
    const { story, clip } = await inReview()
    const photo = await sendPhoto(story)
    expect((await choose(story, `upload:${photo.asset}`)).status).toBe(200)
    expect(await clearAndSign({ story, clip })).toBe('ok')
    expect(await bound(story)).toMatchObject({ sha256: photo.sha256 })
    await desk.store.remove(photo.key)
    expect(await seal(desk, story)).toBe('bytes-differ')
  })

  it.each([
    [
      'a picture of another story',
      async () => `upload:${(await sendPhoto(await newStory(desk))).asset}`,
    ],
    ['a frame that the clip does not have', async () => 'frame-99.0s.jpg'],
    ['a path of somebody’s own', async () => '../originals/source'],
  ])('can not be %s', async (_what, name) => {
    const { story, clip } = await inReview()
    await choose(story, await name())
    expect(await clearAndSign({ story, clip })).not.toBe('ok')
  })

  it('is chosen by one of two who choose at once; the other hears it', async () => {
    const { story } = await inReview()
    const base = (await variantOf(story)).revision ?? 0
    const both = await Promise.all([choose(story, 'frame-4.0s.jpg', base), choose(story, '', base)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('is written into the audit, with who chose', async () => {
    const { story } = await inReview()
    await choose(story, 'frame-4.0s.jpg')
    const rows = await audit(story)
    const saved = rows.filter(({ action, actorId }) => action === 'variant.save' && actorId === desk.editor.id) // prettier-ignore
    expect(saved.length).toBeGreaterThan(0)
  })

  it('warns whoever signs when the lease of the chosen photograph is over, though the clip is our own', async () => {
    const { story } = await inReview()
    const photo = await sendPhoto(story)
    const data = { asset: photo.asset, leaseTo: '2020-01-31', revision: 1, pending: false }
    await desk.db.insertRow({ payload: desk.room.payload, collection: 'asset-notes', data })
    const path = `/desk/story/${story}`
    const rights = async () => (await desk.room.call({ path, as: desk.head })).body.rights
    expect(await rights()).toMatchObject({ state: 'unknown' })
    await choose(story, `upload:${photo.asset}`)
    expect(await rights()).toMatchObject({ state: 'expired', to: '2020-01-31' })
  })

  it('is offered to the desk: the frames, and the pictures that were sent', async () => {
    const { story } = await inReview()
    const photo = await sendPhoto(story)
    const answer = await desk.room.call({
      method: 'GET',
      path: `/desk/story/${story}`,
      as: desk.editor,
    })
    expect(answer.body.pictures).toMatchObject([
      { value: `upload:${photo.asset}`, name: 'cho-que.jpg' },
    ])
    const stranger = await desk.room.call({
      method: 'GET',
      path: `/desk/story/${story}`,
      as: desk.reporter,
    })
    expect(stranger.body.pictures).toEqual([])
  })
})
