import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { SEALED_FIELDS, SEALED_VARIANT_FIELDS } from '@/stories/fields-sealed'
import { openNewsroom } from '../support/newsroom'
import {
  act,
  bring,
  itemOf,
  newStory,
  openDesk,
  seal,
  signedStory,
  watchAll,
  type Clip,
  type Desk,
} from './support'

let desk: Desk
let story: string
let clip: Clip
beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
  ;({ story, clip } = await signedStory(desk))
})
afterAll(() => desk.room.close())

type Row = Record<string, unknown>

/** Writes past every door, as a fault or an intruder in the database would. */
const put = (collection: string, id: string, set: Row) =>
  desk.room.payload.db.updateOne({ collection: collection as never, id, data: set })

/** Changes one row, looks at the seal, puts it back: what each field alone does. */
const withChange = async (collection: string, id: string, set: Row): Promise<string> => {
  const before = (await desk.db.rowById(
    desk.room.payload,
    collection as never,
    id,
  )) as unknown as Row
  await put(collection, id, set)
  const found = await seal(desk, story)
  await put(
    collection,
    id,
    Object.fromEntries(Object.keys(set).map((name) => [name, before[name] ?? null])),
  )
  if ((await seal(desk, story)) !== 'ok') throw new Error('the row was not put back')
  return found
}

const variantId = async () => {
  const key = `${story}:${desk.channels.website}`
  const row = await desk.db.findRow({
    payload: desk.room.payload,
    collection: 'variants',
    where: { key: { equals: key } },
  })
  return row?.id ?? ''
}

describe('a seal', () => {
  it('holds for what was signed, with every byte read', async () => {
    expect([await seal(desk, story), await seal(desk, story, 'video')]).toEqual(['ok', 'ok'])
  })

  it.each([
    ['kind', 'stories', { kind: 'text' }],
    ['slug', 'stories', { slug: 'khac' }],
    ['title', 'stories', { title: 'Chè Tân Cương vào vụ.' }],
    ['summary', 'stories', { summary: 'Sapo' }],
    ['body', 'stories', { body: 'Bốn mươi bảy tấn.' }],
    ['byline', 'stories', { byline: 'Bút danh khác' }],
    ['section', 'sections', { name: 'Kinh tế – Xã hội' }],
    ['sectionSlug', 'sections', { slug: 'xa-hoi' }],
    ['credit', 'sources', { credit: 'TTXVN' }],
    ['sourceVersion', 'sources', { version: 2 }],
  ])('does not outlive a change of the story’s %s', async (_field, collection, set) => {
    const id = { stories: story, sections: desk.section, sources: desk.source }[collection] ?? ''
    expect(await withChange(collection, id, set)).toBe('story-changed')
  })

  it.each([
    ['title', { title: 'Khác' }, 'variant-changed'],
    ['text', { text: 'Khác' }, 'variant-changed'],
    ['tags', { tags: 'chè' }, 'variant-changed'],
    ['thumbnail', { thumbnail: '640.jpg' }, 'variant-changed'],
    ['removal', { removed: true }, 'variant-changed'],
    ['lost thumbnail', { thumbnail: 'gone.jpg' }, 'rendition-changed'],
  ])('does not outlive a change of the variant’s %s', async (_field, set, word) => {
    expect(await withChange('variants', await variantId(), set)).toBe(word)
  })

  it('was tried with every field of the two tables', () => {
    const tried = [
      'kind',
      'slug',
      'title',
      'summary',
      'body',
      'byline',
      'section',
      'sectionSlug',
      'credit',
      'sourceVersion',
    ]
    expect(SEALED_FIELDS.map(({ id }) => id)).toEqual(tried)
    expect(SEALED_VARIANT_FIELDS.map(({ id }) => id)).toEqual([
      'title',
      'text',
      'tags',
      'thumbnail',
    ])
  })

  it.each([
    ['another revision of the story', 'stories', { revision: 7 }, 'story-changed'],
    ['a source that is no longer in force', 'sources', { inForce: false }, 'source-out'],
    ['other files of a rendition', 'renditions', { files: '[]' }, 'rendition-changed'],
    ['another length of the clip', 'renditions', { durationSeconds: 11 }, 'rendition-changed'],
  ])('does not hold for %s', async (_what, collection, set, word) => {
    const id = { stories: story, sources: desk.source, renditions: clip.mp4 }[collection] ?? ''
    expect(await withChange(collection, id, set)).toBe(word)
  })

  it.each([
    ['signerName', { signerName: 'Người khác' }],
    ['capacity', { capacity: 'KT.' }],
    ['signedAt', { signedAt: '2020-01-01T00:00:00.000Z' }],
    ['factor', { factor: 'key' }],
    ['digest', { digest: '0'.repeat(64) }],
    ['channel', { channel: 'other' }],
  ])('is refused when its own %s was written over', async (_field, set) => {
    const named = JSON.parse((await itemOf(desk, story)).sealed ?? '{}') as Record<string, string>
    expect(await withChange('seals', named[desk.channels.website] ?? '', set)).toBe('unsigned')
  })

  it.each([0, 1, 2, 3, 4])(
    'is refused when one byte of bound file %i was flipped in the store',
    async (n) => {
      const key = clip.keys[n] ?? ''
      const bytes = await read(key)
      const flipped = Uint8Array.from(bytes)
      flipped[0] = (flipped[0] ?? 0) ^ 1
      await write(key, flipped)
      expect(await seal(desk, story)).toBe('bytes-differ')
      await desk.store.remove(key)
      expect(await seal(desk, story)).toBe('bytes-differ')
      await write(key, bytes)
      expect(await seal(desk, story)).toBe('ok')
    },
  )

  const read = async (key: string): Promise<Uint8Array> => {
    const stream = await desk.store.open(key)
    const chunks: Buffer[] = []
    for await (const chunk of (stream ?? []) as AsyncIterable<Buffer>) chunks.push(chunk)
    return Buffer.concat(chunks)
  }
  const write = async (key: string, bytes: Uint8Array) => {
    await desk.store.remove(key)
    await desk.store.putBytes(key, bytes, { mime: 'application/octet-stream' })
  }
})

describe('a seal and the state it belongs to', () => {
  it('written by a process that died before the story was signed holds nowhere, now or later', async () => {
    const other = await newStory(desk)
    const its = await bring(desk, other, 'cleared')
    await watchAll(desk, its)
    const { prepareSeal } = await import('@/signoff/seal')
    const { materialOf, variantOf } = await import('@/signoff/material')
    const channel = desk.channels.website
    const [material, variant] = [
      await materialOf(desk.room.payload, other),
      await variantOf(desk.room.payload, other, channel),
    ]
    if (!material || !variant) throw new Error('nothing to sign')
    const { contentRevision, revision } = await itemOf(desk, other)
    const signature = { story: other, channel, contentRevision: contentRevision ?? 0, signer: desk.head.id, signerName: '', capacity: 'head', shift: '', factor: '', signedAt: new Date().toISOString() } // prettier-ignore
    const made = prepareSeal({
      material,
      variant,
      binds: ['web-hls', 'web-mp4', 'poster'],
      signature,
    })
    if (!made.ok) throw new Error(made.reason)
    const data = { key: `${other}:${channel}:${revision + 1}:dead`, ...made.row }
    await desk.db.insertRow({ payload: desk.room.payload, collection: 'seals', data })
    expect(await seal(desk, other)).toBe('voided')
    const signed = await act(desk, desk.head, other, 'sign', { channels: [desk.channels.video] })
    expect(signed.status).toBe(200)
    expect([await seal(desk, other), await seal(desk, other, 'video')]).toEqual(['voided', 'ok'])
  })

  it('is gone as soon as the story is returned, killed or archived', async () => {
    for (const action of ['return', 'kill', 'archive']) {
      const signed = await signedStory(desk)
      expect(
        (await act(desk, desk.head, signed.story, action, { reason: 'Nhân vật rút lời' })).status,
      ).toBe(200)
      expect(await seal(desk, signed.story)).toBe('voided')
      const rows = await desk.db.findRows({
        payload: desk.room.payload,
        collection: 'seals',
        where: { story: { equals: signed.story } },
      })
      expect(rows.map(({ voidReason }) => voidReason)).toEqual([action, action])
    }
  })
})
