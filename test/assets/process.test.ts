import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'
import { makeClip, openDoor, sendWhole, sha256, storyIn, until, type Door } from './support'

const RECIPES = ['frames', 'peaks', 'poster', 'proxy', 'sprite', 'web-hls', 'web-mp4']
let newsroom: Newsroom
let door: Door
let reporter: TestPerson
let store: import('@/media/store').Store
let db: typeof import('@/records/db')
const children: ChildProcess[] = []

beforeAll(async () => {
  newsroom = await openNewsroom({ LEASE_MS: '1000' })
  door = await openDoor(newsroom)
  reporter = await newsroom.person('reporter')
  store = (await import('@/media/store')).openStore()
  await store.ready()
  db = await import('@/records/db')
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await door.close()
  await newsroom.close()
})

const stored = async (seed: number, seconds = 3, size = '640x360') => {
  const { receiveUpload } = await import('@/assets/receive')
  const file = path.join(newsroom.folder, `${seed}.mp4`)
  await makeClip(file, { seed, seconds, size })
  const story = await storyIn(newsroom, 'draft', reporter)
  const bytes = readFileSync(file)
  const row = await sendWhole(newsroom, door, reporter, { bytes, story })
  await receiveUpload({ payload: newsroom.payload, store, upload: row.id })
  const upload = await db.rowById(newsroom.payload, 'uploads', row.id)
  return upload?.asset ?? ''
}
const assetRow = (id: string) => db.rowById(newsroom.payload, 'assets', id)
const renditions = (asset: string) =>
  db.findRows({
    payload: newsroom.payload,
    collection: 'renditions',
    where: { asset: { equals: asset } },
  })

const bytesOf = async (key: string) => {
  const stream = await store.open(key)
  const parts: Buffer[] = []
  for await (const part of stream ?? []) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** Every rendition once, every listed file with its bytes, and nothing in the store that no row lists. */
const expectWhole = async (asset: string) => {
  const rows = await renditions(asset)
  expect(rows.map(({ recipe }) => recipe).sort()).toEqual(RECIPES)
  for (const row of rows) {
    const files = JSON.parse(row.files) as { path: string; bytes: number; sha256: string }[]
    const found = await Promise.all(
      files.map(async (file) => sha256(await bytesOf(row.prefix + file.path))),
    )
    expect(found).toEqual(files.map((file) => file.sha256))
    expect(await store.list(row.prefix)).toEqual(files.map((file) => row.prefix + file.path).sort())
  }
}

const ffmpegsHere = () =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      return words.includes('ffmpeg') && words.includes(newsroom.folder)
    } catch {
      return false
    }
  })

const startWorker = (asset: string) => {
  const child = spawn(
    process.execPath,
    ['-C', 'production', '--import', 'tsx', 'test/assets/process-child.ts', asset],
    // Not `test`: the schema is there already and must not be pushed beside us.
    {
      env: { ...process.env, NODE_ENV: 'development', NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  children.push(child)
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)))
  return { child, ended, said: () => said }
}

describe('making the renditions of a clip', () => {
  it('makes each once and says ready; doing it again changes nothing', async () => {
    const { processAsset } = await import('@/assets/process')
    const asset = await stored(440)
    const job = { payload: newsroom.payload, store, asset }
    expect(await processAsset(job)).toBe('done')
    const first = await renditions(asset)
    expect(await assetRow(asset)).toMatchObject({ state: 'ready', progress: 1, leaseBy: '' })
    expect(await processAsset(job)).toBe('done')
    expect(await renditions(asset)).toEqual(first)
    await expectWhole(asset)
    expect(existsSync(path.join(newsroom.folder, 'data', 'work', asset))).toBe(false)
  }, 120_000)

  it('shows the desk’s proxy while the rest is still being made, and who comes meanwhile waits', async () => {
    const { processAsset } = await import('@/assets/process')
    const asset = await stored(500, 3, '1280x720')
    const work = processAsset({ payload: newsroom.payload, store, asset })
    await until('the proxy is there', async () => (await renditions(asset)).length > 0)
    const early = (await renditions(asset)).map(({ recipe }) => recipe)
    expect(early).toContain('proxy')
    expect(early).not.toContain('web-mp4')
    expect(await assetRow(asset)).toMatchObject({ state: 'processing' })
    expect(await processAsset({ payload: newsroom.payload, store, asset })).toBe('later')
    await work
    await expectWhole(asset)
  }, 120_000)

  it('stops its ffmpeg and leaves the work to others when it is told to stop', async () => {
    const { processAsset } = await import('@/assets/process')
    const asset = await stored(550, 3, '1280x720')
    const stop = new AbortController()
    const work = processAsset({ payload: newsroom.payload, store, asset, signal: stop.signal })
    await until('ffmpeg runs', () => ffmpegsHere().length > 0)
    stop.abort()
    expect(await work).toBe('later')
    await until('ffmpeg is gone', () => ffmpegsHere().length === 0)
    expect(await processAsset({ payload: newsroom.payload, store, asset })).toBe('done')
    await expectWhole(asset)
  }, 120_000)

  it('gives up after three failures and says so in words', async () => {
    const { processAsset } = await import('@/assets/process')
    const asset = await stored(600)
    const away = { ...store, localCopy: () => Promise.reject(new Error('the bucket is away')) }
    const job = { payload: newsroom.payload, store: away, asset }
    await expect(processAsset(job)).rejects.toThrow('away')
    await expect(processAsset(job)).rejects.toThrow('away')
    expect(await processAsset(job)).toBe('done')
    const row = await assetRow(asset)
    expect(row).toMatchObject({ state: 'failed', failures: 3 })
    expect(row?.failure).toContain('gửi lại')
  })

  it('rings again for an asset that nobody works on and no open job names', async () => {
    const { sweepAssets } = await import('@/assets/sweep')
    const asset = await stored(650)
    const jobs = () =>
      db.findRows({
        payload: newsroom.payload,
        collection: 'outbox',
        where: { payload: { equals: JSON.stringify({ asset }) } },
      })
    await sweepAssets(newsroom.payload, store)
    expect(await jobs()).toHaveLength(1)
    for (const job of await jobs()) {
      await db.compareAndSet({
        payload: newsroom.payload,
        collection: 'outbox',
        id: job.id,
        expect: { done: false },
        set: { done: true },
      })
    }
    await sweepAssets(newsroom.payload, store)
    await sweepAssets(newsroom.payload, store)
    expect((await jobs()).filter(({ done }) => !done)).toHaveLength(1)
  })
})

describe('a worker that is killed', () => {
  it('is succeeded by one that finishes the job: every rendition once and whole, no ffmpeg left', async () => {
    const asset = await stored(700, 4)
    // Another clip lost a worker lately too: so it is the machine, and no clip is accused and parked at the third.
    const lost = [{ worker: 'another', at: Date.now(), whole: 0 }]
    const witness = { payload: newsroom.payload, collection: 'assets' as const, id: await stored(701, 1) } // prettier-ignore
    await db.compareAndSet({ ...witness, expect: {}, set: { lost: JSON.stringify(lost), lostAt: Date.now() } }) // prettier-ignore
    const moments: number[] = []
    for (let kill = 0; kill < 4; kill++) {
      const worker = startWorker(asset)
      await until('the worker is up', () => worker.said().includes('ready'))
      const moment = Math.round(200 + Math.random() * 3500)
      moments.push(moment)
      await Promise.race([worker.ended, new Promise((resolve) => setTimeout(resolve, moment))])
      worker.child.kill('SIGKILL')
      await worker.ended
      await until(
        `no ffmpeg outlives its worker (${moments.join(', ')} ms)`,
        () => ffmpegsHere().length === 0,
      )
    }
    const last = startWorker(asset)
    expect([await last.ended, last.said()]).toEqual([0, 'ready\ndone\n'])
    expect(await assetRow(asset)).toMatchObject({ state: 'ready' })
    await expectWhole(asset)
    const listed = (await renditions(asset)).map((row) => row.prefix)
    const others = await db.findRows({
      payload: newsroom.payload,
      collection: 'renditions',
      where: { asset: { not_equals: asset } },
    })
    const known = [...listed, ...others.map((row) => row.prefix)]
    const orphans = (await store.list('renditions/')).filter(
      (key) => !known.some((prefix) => key.startsWith(prefix)),
    )
    expect(orphans).toEqual([])
  }, 300_000)
})
