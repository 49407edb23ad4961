import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import net, { type AddressInfo } from 'node:net'
import path from 'node:path'
import { setUpBench, type Bench } from '../fixtures/bench'
import { HOSTILE, TAKEN } from '../fixtures/hostile'
import { openNewsroom, type Newsroom } from '../support/newsroom'

/** Nothing may take longer to be judged, whatever it is. On an idle machine most take under half a second. */
const LONGEST_MS = 30_000
const LONG_AGO = new Date('2020-01-01')

let newsroom: Newsroom
let bench: Bench
let story: string
let listener: net.Server
let calls = 0
let receive: (upload: string) => Promise<unknown>
let db: typeof import('@/records/db')

beforeAll(async () => {
  newsroom = await openNewsroom()
  listener = net.createServer((socket) => {
    calls += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const spool = path.join(newsroom.folder, 'data', 'spool')
  await mkdir(spool, { recursive: true })
  // Another story's clip lies beside each of them, where a relative path leads.
  bench = await setUpBench(spool, (listener.address() as AddressInfo).port)
  for (const file of [bench.embargo, bench.secret]) await utimes(file, LONG_AGO, LONG_AGO)
  db = await import('@/records/db')
  const { storyIn } = await import('../assets/support')
  story = await storyIn(newsroom, 'draft', { id: 'somebody' })
  const store = (await import('@/media/store')).openStore()
  await store.ready()
  const { receiveUpload } = await import('@/assets/receive')
  receive = (upload) => receiveUpload({ payload: newsroom.payload, store, upload })
})
afterAll(async () => {
  await new Promise((resolve) => listener.close(resolve))
  await newsroom.close()
})

/** Lays the bytes into the spool as if a person had sent them, and lets them be judged. */
const send = async (bytes: Buffer | string) => {
  const { payload } = newsroom
  const tusId = randomBytes(16).toString('hex')
  await writeFile(path.join(bench.dir, tusId), bytes)
  const data = {
    ...{ tusId, owner: 'somebody', story, filename: 'clip.mp4', bytes: Buffer.byteLength(bytes) },
    ...{ claimedSha256: '', sha256: '', asset: '', state: 'received', revision: 0, pending: false },
  }
  const made = await db.insertRow({ payload, collection: 'uploads', data })
  if (!made.ok) throw new Error('the upload has no row')
  const since = performance.now()
  await receive(made.row.id)
  const took = performance.now() - since
  const row = await db.rowById(payload, 'uploads', made.row.id)
  const asset = row?.asset ? await db.rowById(payload, 'assets', row.asset) : null
  return { row, asset, took, left: (await readdir(bench.dir)).includes(tusId) }
}

/** What the desk would see of it: the clip's small copy, or the picture's small sizes. */
const outputsOf = async (bytes: Buffer | string, kind: string, facts: string) => {
  const dir = await mkdtemp(path.join(newsroom.folder, 'out-'))
  const source = path.join(dir, 'source')
  await writeFile(source, bytes)
  if (kind === 'video') {
    const { makeProxy } = await import('@/media/make')
    await makeProxy({ source, facts: JSON.parse(facts), workdir: dir })
  }
  if (kind === 'image') {
    const { thumbnails } = await import('@/media/stills')
    expect(await thumbnails(source, dir)).toMatchObject({ ok: true })
  }
  const names = (await readdir(dir, { recursive: true })).filter((name) => name !== 'source')
  const files = await Promise.all(
    names.map((name) => readFile(path.join(dir, name)).catch(() => Buffer.alloc(0))),
  )
  return Buffer.concat(files)
}

describe('Nhận tệp: một tệp lạ', () => {
  it('has company: there are at least forty kinds, no two of one name', () => {
    const names = HOSTILE.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThanOrEqual(40)
  })

  it.each(HOSTILE)(
    'gets the answer "$answer" in time, and nothing else is read or called: $name',
    async ({ answer, make }) => {
      const bytes = await make(bench)
      const { row, asset, took, left } = await send(bytes)
      const got = row?.state === 'accepted' ? asset?.kind : row?.refusal
      expect([got, row?.state]).toEqual([answer, TAKEN.includes(answer) ? 'accepted' : 'refused'])
      expect(took).toBeLessThan(LONGEST_MS)
      expect(left).toBe(false)
      const outputs = asset ? await outputsOf(bytes, answer, asset.facts ?? '') : Buffer.alloc(0)
      for (const word of [bench.marker, 'HIDDEN-PAGE']) expect(outputs.includes(word)).toBe(false)
      expect(calls).toBe(0)
      // Where the file system notes who reads, it noted nobody.
      for (const file of [bench.embargo, bench.secret]) {
        expect((await stat(file)).atime).toEqual(LONG_AGO)
      }
    },
  )

  it('is explained in both languages when it is refused', async () => {
    const { row } = await send('<svg xmlns="http://www.w3.org/2000/svg"/>')
    expect(JSON.parse(row?.refusalHelp ?? '{}')).toEqual({
      vi: expect.stringContaining('PNG'),
      en: expect.stringContaining('PNG'),
    })
  })
})

describe('Nhận tệp: ảnh và âm thanh', () => {
  const factsOf = async (bytes: Buffer) => {
    const { asset } = await send(bytes)
    return { ...JSON.parse(asset?.facts ?? '{}'), mime: asset?.mime, kind: asset?.kind }
  }

  it('tells a photograph as a viewer sees it, whichever way the phone was held', async () => {
    const { picture } = await import('../fixtures/bench')
    const upright = await picture(320, 180).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await factsOf(upright)).toMatchObject({
      ...{ kind: 'image', mime: 'image/jpeg', container: 'jpeg', width: 180, height: 320 },
      ...{ rotation: 90, hasPicture: true, hasSound: false, durationSeconds: 0 },
    })
  })

  it.each([
    ['m4a', 'audio/mp4', 'aac'],
    ['flac', 'audio/flac', 'flac'],
    ['ogg', 'audio/ogg', 'vorbis'],
    ['mp3', 'audio/mpeg', 'mp3'],
    ['wav', 'audio/wav', 'pcm_s16le'],
  ])('tells what a .%s is', async (ending, mime, codec) => {
    const argv = ['-f', 'lavfi', '-i', 'sine=frequency=330:d=2', '-ac', '2']
    const sound = codec === 'vorbis' ? [...argv, '-c:a', 'libvorbis'] : argv
    expect(await factsOf(await bench.made(ending, ...sound))).toMatchObject({
      ...{ kind: 'audio', mime, audioCodec: codec, audioChannels: 2, hasPicture: false },
      ...{ durationSeconds: expect.closeTo(2, 0), width: 0, videoIndex: -1 },
    })
  })
})
