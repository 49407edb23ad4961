import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { leaveOut } from '../support/left-out'
import { flawsOf, openTranscodes, scratchOf, workFiles, type Transcodes } from './running-support'
import { until } from './support'

let on: Transcodes
let processAsset: (typeof import('@/assets/process'))['processAsset']
let mounted = ''

beforeAll(async () => {
  on = await openTranscodes()
  ;({ processAsset } = await import('@/assets/process'))
})
afterAll(async () => {
  if (mounted) execFileSync('umount', ['-l', mounted])
  await on.newsroom.close()
})

const work = (asset: string, store = on.store) =>
  processAsset({ payload: on.payload, store, asset })

/** Again and again, as the worker does, until the clip is at rest. */
const workToRest = async (asset: string, store = on.store) =>
  until(
    'the clip is ready',
    async () => {
      await work(asset, store).catch(() => undefined)
      return (await on.row(asset))?.state === 'ready'
    },
    120_000,
  )

/** A disk of our own, of this size, in place of the folder; null where the system lets nobody mount. */
const smallDisk = (folder: string, size: string): ((to: string) => void) | null => {
  mkdirSync(folder, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch {
    return null
  }
  mounted = folder
  return (to) => execFileSync('mount', ['-o', `remount,size=${to}`, folder])
}

describe('a disk that is full', () => {
  it('of the worker: the clip waits with words and no half-made file, is not counted as failed, and goes on when there is room', async () => {
    const asset = await on.clip({ seed: 61, seconds: 4, size: '1280x720' })
    const folder = path.join(on.newsroom.folder, 'data', 'work')
    const grow = smallDisk(folder, '600k')
    if (!grow) {
      leaveOut('a full disk of the worker; nobody may mount one here')
      return
    }
    const temp = path.join(on.newsroom.folder, 'temp')
    mkdirSync(temp)
    process.env.TMPDIR = temp
    expect(await work(asset)).toBe('later')
    const row = await on.row(asset)
    expect(row).toMatchObject({ state: 'processing', failures: 0, leaseBy: '' })
    expect(row?.failure).toContain('đã đầy')
    expect(row?.waitUntil ?? 0).toBeGreaterThan(Date.now() - 100)
    expect(workFiles(on.newsroom.folder).filter((name) => name.includes('.part-'))).toEqual([])
    expect(await flawsOf(on, asset)).toEqual([])
    grow('500m')
    await workToRest(asset)
    expect(await on.row(asset)).toMatchObject({ state: 'ready', failures: 0, failure: '' })
    expect(await flawsOf(on, asset)).toEqual([])
    expect(workFiles(on.newsroom.folder)).toEqual([])
    expect(readdirSync(temp)).toEqual([])
    delete process.env.TMPDIR
  }, 240_000)

  it('of the store: the same, and what was half put is gone', async () => {
    const asset = await on.clip({ seed: 62, seconds: 2, size: '320x180' })
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
    let puts = 0
    const store = {
      ...on.store,
      putFile: (...args: Parameters<typeof on.store.putFile>) => {
        puts += 1
        return puts > 2 ? Promise.reject(full) : on.store.putFile(...args)
      },
    }
    expect(await work(asset, store)).toBe('later')
    expect(await on.row(asset)).toMatchObject({ state: 'processing', failures: 0 })
    await workToRest(asset)
    expect(await flawsOf(on, asset)).toEqual([])
  }, 240_000)
})

describe('a store that is away', () => {
  it('is waited for, said in words and not counted; the clip goes on by itself', async () => {
    const { storeAway } = await import('@/media/store/keys')
    const asset = await on.clip({ seed: 63, seconds: 2, size: '320x180' })
    const away = { ...on.store, localCopy: () => Promise.reject(storeAway('no answer', null)) }
    for (let n = 0; n < 4; n += 1) expect(await work(asset, away)).toBe('later')
    const row = await on.row(asset)
    expect(row).toMatchObject({ state: 'processing', failures: 0, leaseBy: '' })
    expect(row?.failure).toContain('Kho tệp không trả lời')
    expect(JSON.parse(row?.failureHelp ?? '').en).toContain('does not answer')
    const whileMade: unknown[] = []
    const looking: typeof on.store.localCopy = async (...args) => {
      whileMade.push((await on.row(asset))?.failure)
      return on.store.localCopy(...args)
    }
    await workToRest(asset, { ...on.store, localCopy: looking })
    expect(whileMade).toEqual([''])
    expect(await on.row(asset)).toMatchObject({ state: 'ready', failure: '', failureHelp: '' })
  }, 240_000)
})

describe('the scratch room of the store', () => {
  it('keeps nothing of a copy that did not fit', async () => {
    const { diskStore } = await import('@/media/store/disk')
    const { writeFile } = await import('node:fs/promises')
    const root = path.join(on.newsroom.folder, 'small-store')
    if (mounted) execFileSync('umount', ['-l', mounted])
    mounted = ''
    const grow = smallDisk(root, '1m')
    if (!grow) {
      leaveOut('a full disk of the store; nobody may mount one here')
      return
    }
    const store = diskStore({ root })
    const big = path.join(on.newsroom.folder, 'big')
    await writeFile(big, Buffer.alloc(3 * 1024 * 1024, 7))
    const mime = 'application/octet-stream'
    await expect(store.putFile('a/big', big, { mime })).rejects.toMatchObject({ code: 'ENOSPC' })
    await expect(store.putBytes('a/big', Buffer.alloc(2e6), { mime })).rejects.toMatchObject({ code: 'ENOSPC' }) // prettier-ignore
    expect(scratchOf(root)).toEqual([])
    expect(await store.list('')).toEqual([])
    grow('8m')
    await store.putFile('a/big', big, { mime })
    expect(await store.stat('a/big')).toEqual({ bytes: 3 * 1024 * 1024 })
  })

  it('is cleared of what a killed process left, not of what is being written', async () => {
    const { diskStore } = await import('@/media/store/disk')
    const { writeFile, mkdir } = await import('node:fs/promises')
    const root = path.join(on.newsroom.folder, 'left')
    await mkdir(path.join(root, '.partial'), { recursive: true })
    await writeFile(path.join(root, '.partial', 'half'), 'half of a clip')
    const store = diskStore({ root })
    expect(await store.tidy(60_000)).toBe(0)
    expect(scratchOf(root)).toEqual(['half'])
    expect(await store.tidy(0)).toBe(1)
    expect(scratchOf(root)).toEqual([])
  })
})

describe('errors that are nobody’s fault', () => {
  it.each([
    ['disk-full', Object.assign(new Error('no space'), { code: 'ENOSPC' })],
    ['disk-full', Object.assign(new Error('quota'), { code: 'EDQUOT' })],
    ['disk-full', new Error('SQLITE_FULL: database or disk is full')],
    ['store-away', Object.assign(new Error('away'), { code: 'store-away' })],
    ['store-away', new Error('put', { cause: Object.assign(new Error('x'), { code: 'store-away' }) })], // prettier-ignore
    ['database-away', Object.assign(new Error('x'), { name: 'MongoServerSelectionError' })],
    ['database-away', new Error('SQLITE_BUSY: database is locked')],
    [null, new Error('moov atom not found')],
    [null, 'a string'],
  ])('are told apart: %s', async (expected, error) => {
    const { outsideOf } = await import('@/assets/outside')
    expect(outsideOf(error)).toBe(expected)
  })
})
