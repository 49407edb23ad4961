import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom } from '../support/newsroom'
import {
  act,
  bring as bringStory,
  giveClip,
  itemOf,
  newStory,
  openDesk,
  reasonOf,
  seal,
  signedStory,
  watchAll,
  type Desk,
} from '../signoff/support'
import { accepted, captionsRow, CUES, makeFiles, move, write } from './support'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
})
afterAll(() => desk.room.close())

const filesOf = async (asset: string) => {
  const rows = await desk.db.findRows({
    payload: desk.room.payload,
    collection: 'renditions',
    where: { and: [{ asset: { equals: asset } }, { recipe: { equals: 'captions' } }] },
  })
  return rows.map(({ files }) => (JSON.parse(files) as { path: string }[]).map(({ path }) => path))
}

const textOf = async (asset: string, name: string) => {
  const [row] = await desk.db.findRows({
    payload: desk.room.payload,
    collection: 'renditions',
    where: { and: [{ asset: { equals: asset } }, { recipe: { equals: 'captions' } }] },
  })
  const bytes = await desk.store.open(`${row?.prefix}${name}`)
  const parts: Buffer[] = []
  for await (const part of bytes ?? []) parts.push(Buffer.from(part as Uint8Array))
  return Buffer.concat(parts).toString('utf8')
}

const signAgain = async (story: string) => {
  const channels = [desk.channels.website]
  return act(desk, desk.head, story, 'sign', { channels })
}

describe('accepted captions become files that a seal covers', () => {
  it('their files are made once, however often the job is heard', async () => {
    const { asset } = await giveClip(desk, await newStory(desk))
    await write(desk, desk.editor, { asset })
    expect([await makeFiles(desk, asset), await filesOf(asset)]).toEqual(['done', []])
    await accepted(desk, desk.editor, asset)
    await Promise.all([makeFiles(desk, asset), makeFiles(desk, asset)])
    expect(await filesOf(asset)).toEqual([['master.m3u8', 'vi.m3u8', 'vi.vtt']])
    expect(await textOf(asset, 'vi.vtt')).toContain('Chè Tân Cương\nvào vụ xuân.')
    expect(await textOf(asset, 'master.m3u8')).toContain('../web-hls/360.m3u8')
  })

  it('a clip whose stream is not there yet waits for it', async () => {
    const { asset } = await giveClip(desk, await newStory(desk))
    const [stream] = await desk.db.findRows({ payload: desk.room.payload, collection: 'renditions', where: { key: { equals: `${asset}:web-hls:1` } } }) // prettier-ignore
    const away = { asset: 'khac', key: 'khac' }
    const set = (data: Record<string, string>) =>
      desk.db.compareAndSet({ payload: desk.room.payload, collection: 'renditions', id: stream?.id ?? '', expect: {}, set: data }) // prettier-ignore
    await set(away)
    await write(desk, desk.editor, { asset })
    await move(desk, desk.editor, 'accept', asset)
    expect(await makeFiles(desk, asset)).toBe('later')
    await set({ asset, key: `${asset}:web-hls:1` })
    expect(await makeFiles(desk, asset)).toBe('done')
    expect(await filesOf(asset)).toHaveLength(1)
  })

  it('what a machine wrote keeps its mark through a person’s corrections, to the reader', async () => {
    const { asset } = await giveClip(desk, await newStory(desk))
    await write(desk, desk.editor, { asset })
    const { id } = await captionsRow(desk, asset)
    await desk.db.compareAndSet({ payload: desk.room.payload, collection: 'captions', id, expect: {}, set: { origin: 'machine', model: 'whisper-1' } }) // prettier-ignore
    await write(desk, desk.editor, { asset, revision: 0, cues: CUES.slice(0, 1) })
    await accepted(desk, desk.editor, asset)
    expect(await filesOf(asset)).toEqual([['master.m3u8', 'vi-may.m3u8', 'vi-may.vtt']])
    expect(await textOf(asset, 'vi-may.vtt')).toContain('máy tạo (whisper-1)')
  })
})

describe('a signature covers the captions', () => {
  it('accepting captions takes the website’s signature, and no other channel’s', async () => {
    const { story, clip } = await signedStory(desk)
    await write(desk, desk.editor, { asset: clip.asset })
    expect([await seal(desk, story), await seal(desk, story, 'video')]).toEqual(['ok', 'ok'])
    await accepted(desk, desk.editor, clip.asset)
    expect([await seal(desk, story), await seal(desk, story, 'video')]).toEqual(['voided', 'ok'])
    expect((await itemOf(desk, story)).state).toBe('signed')
  })

  it('signed again, the seal binds them; reopening takes it away again', async () => {
    const { story, clip } = await signedStory(desk)
    await write(desk, desk.editor, { asset: clip.asset })
    await accepted(desk, desk.editor, clip.asset)
    expect((await signAgain(story)).status).toBe(200)
    const row = await desk.db.findRow({ payload: desk.room.payload, collection: 'seals', where: { story: { equals: story } }, sort: '-signedAt' }) // prettier-ignore
    const { renditions } = JSON.parse(row?.manifest ?? '{}') as { renditions: Record<string, { path: string }[]> } // prettier-ignore
    expect(renditions.captions?.map(({ path }) => path)).toEqual(['master.m3u8', 'vi.m3u8', 'vi.vtt']) // prettier-ignore
    expect(await seal(desk, story)).toBe('ok')
    await move(desk, desk.editor, 'reopen', clip.asset)
    expect(await seal(desk, story)).toBe('voided')
  })

  it('captions changed behind everybody’s back: the seal does not hold though nobody took it away', async () => {
    const { story, clip } = await signedStory(desk, { captioned: true })
    expect(await seal(desk, story)).toBe('ok')
    const { id } = await captionsRow(desk, clip.asset)
    const set = { cues: JSON.stringify([{ start: 0, end: 900, text: 'Lén' }]) }
    await desk.db.compareAndSet({ payload: desk.room.payload, collection: 'captions', id, expect: {}, set }) // prettier-ignore
    expect(await seal(desk, story)).toBe('rendition-changed')
    await makeFiles(desk, clip.asset)
    expect(await seal(desk, story)).toBe('rendition-changed')
  })

  it('a byte changed in their file in the store is found before it goes out', async () => {
    const { story, clip } = await signedStory(desk, { captioned: true })
    const [row] = await desk.db.findRows({ payload: desk.room.payload, collection: 'renditions', where: { and: [{ asset: { equals: clip.asset } }, { recipe: { equals: 'captions' } }] } }) // prettier-ignore
    const key = `${row?.prefix}vi.vtt`
    await desk.store.remove(key)
    await desk.store.putBytes(key, Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\nKhác\n'), { mime: 'text/vtt' }) // prettier-ignore
    expect(await seal(desk, story)).toBe('bytes-differ')
  })

  it('while their files are being made the channel that shows them can not be signed', async () => {
    const story = await newStory(desk)
    const clip = await bringStory(desk, story, 'in-review')
    await write(desk, desk.editor, { asset: clip.asset })
    await move(desk, desk.editor, 'accept', clip.asset)
    await act(desk, desk.editor, story, 'clear')
    await watchAll(desk, clip)
    expect(reasonOf(await signAgain(story))).toBe('renditions-missing')
    await makeFiles(desk, clip.asset)
    expect((await signAgain(story)).status).toBe(200)
  })

  it('of a cleared story the clearing falls: who cleared it had not read them', async () => {
    const story = await newStory(desk)
    const clip = await bringStory(desk, story, 'cleared')
    await write(desk, desk.editor, { asset: clip.asset })
    expect((await itemOf(desk, story)).state).toBe('cleared')
    await accepted(desk, desk.editor, clip.asset)
    const item = await itemOf(desk, story)
    expect([item.state, item.clearer, item.lastEditor]).toEqual(['in-review', '', desk.editor.id])
  })

  it('a story that is laid aside neither stops captions nor comes back by them', async () => {
    const { story, clip } = await signedStory(desk)
    await act(desk, await desk.room.person('secretariat'), story, 'archive')
    await write(desk, desk.editor, { asset: clip.asset })
    expect((await move(desk, desk.editor, 'accept', clip.asset)).status).toBe(200)
    expect((await itemOf(desk, story)).state).toBe('archived')
  })

  it('what is cleared and watched anew with its captions is signed as ever', async () => {
    const story = await newStory(desk)
    const clip = await bringStory(desk, story, 'cleared', { captioned: true })
    await watchAll(desk, clip)
    expect((await signAgain(story)).status).toBe(200)
    expect(await seal(desk, story)).toBe('ok')
  })
})
