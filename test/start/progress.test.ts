import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { packagesDue } from '../../scripts/lib/packages.mjs'
import {
  aptPhase,
  buildPhase,
  clipsLeft,
  migratePhase,
  packagesPhase,
  seedPhase,
} from '../../scripts/lib/phases.mjs'
import { progress } from '../../scripts/lib/progress.mjs'

/** Where the lines go: a terminal of so many columns, or a file. */
const paper = (columns?: number) => {
  const written: string[] = []
  return {
    written,
    columns,
    isTTY: columns !== undefined,
    write: (text: string) => {
      written.push(text)
      return true
    },
  }
}

describe('a step that lasts', () => {
  const ci = process.env.CI
  beforeEach(() => {
    delete process.env.CI
    jest.useFakeTimers()
  })
  afterEach(() => {
    jest.useRealTimers()
    if (ci !== undefined) process.env.CI = ci
  })

  it('says in a log after three seconds, and every fifteen, how long it has run and what it does', () => {
    const out = paper()
    const sign = progress({ title: 'Packages', out })
    jest.advanceTimersByTime(2_900)
    expect(out.written).toEqual([])
    jest.advanceTimersByTime(200)
    sign.tell('package 120 of 704')
    jest.advanceTimersByTime(30_000)
    sign.end()
    jest.advanceTimersByTime(60_000)
    expect(out.written).toEqual([
      '… Packages 3 s\n',
      '… Packages 18 s · package 120 of 704\n',
      '… Packages 33 s · package 120 of 704\n',
    ])
  })

  it('turns on one line of a terminal, never wider than it, and leaves the line empty', () => {
    const out = paper(40)
    const sign = progress({ title: 'Production build', out })
    sign.tell('compiling (the long part: one to four minutes)')
    jest.advanceTimersByTime(150_001)
    sign.end()
    const rows = out.written.join('').split('\r\x1b[2K')
    expect(rows.filter((row) => row.includes('\n') || row.length >= 40)).toEqual([])
    expect(rows.at(-2)).toContain('Production build 2 min 30 s · comp')
    expect(rows.at(-1)).toBe('')
  })
})

describe('what is being done, read from what a program has written', () => {
  it('the build: its phase', () => {
    const begun = '▲ Next.js 16.3.8 (Turbopack)\n\n  Creating an optimized production build ...\n'
    expect(buildPhase('')).toBe('')
    expect(buildPhase(begun)).toContain('compiling')
    const later = `${begun}✓ Compiled successfully in 71s\n  Collecting page data using 1 worker ...\n`
    expect(buildPhase(later)).toBe('collecting page data')
  })

  it('apt: which package of how many', () => {
    const begun = '0 upgraded, 3 newly installed, 0 to remove and 114 not upgraded.\n'
    const fetched = `${begun}Get:1 http://deb.debian.org a [992 kB]\nGet:2 http://deb.debian.org b\n`
    const unpacked = `${fetched}Get:3 http://deb.debian.org c\nUnpacking redis-tools (5:7.0.15) ...\n`
    const ready = `${unpacked}Setting up redis-tools (5:7.0.15) ...\nSetting up ffmpeg ...\n`
    expect([begun, fetched, unpacked, ready].map(aptPhase)).toEqual([
      'fetching, package 1 of 3',
      'fetching, package 2 of 3',
      'unpacking, package 1 of 3',
      'setting up, package 2 of 3',
    ])
    expect(aptPhase('Hit:1 http://deb.debian.org bookworm\n')).toBe('reading the package lists')
  })

  it('npm: how many of the packages for this machine are here', () => {
    const lock = {
      packages: {
        '': {},
        'node_modules/a': {},
        'node_modules/a-linux': { os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
        'node_modules/a-musl': { os: ['linux'], cpu: ['x64'], libc: ['musl'] },
        'node_modules/a-darwin': { os: ['darwin'] },
        'node_modules/b': { os: ['!win32'] },
        'node_modules/c': { cpu: 'x64' },
        'node_modules/for-wasm': { optional: true },
        'node_modules/d': { cpu: 'arm64' },
      },
    }
    expect(packagesDue(lock, 'linux', 'x64')).toEqual([
      'node_modules/a',
      'node_modules/a-linux',
      'node_modules/b',
      'node_modules/c',
    ])
    expect([0, 2, 3].map((here) => packagesPhase({ here, due: 3 }))).toEqual([
      'asking the registry',
      'package 2 of 3',
      'all 3 packages here, setting them up',
    ])
  })

  it('migrations, the demo’s stories, and the clips that the worker has before it', () => {
    expect(migratePhase('{"level":30,"msg":"Migrating: 20261121_first"}\n')).toBe(
      'migration 20261121_first',
    )
    expect(seedPhase('  1 of 5: Chợ phiên (signed)\n  2 of 5: Mười hai xã (draft)\n')).toBe(
      'story 2 of 5 is in: Mười hai xã (draft)',
    )
    const line = (left: number, msg: string) =>
      `{"level":30,"room":"assets","asset":"a","left":${left},"msg":"${msg}"}\n`
    expect(clipsLeft('{"msg":"the worker listens"}\n')).toBe(undefined)
    expect(clipsLeft(line(4, 'a clip is begun'))).toBe(4)
    expect(clipsLeft(line(1, 'a clip is begun') + line(0, 'a clip is done'))).toBe(0)
  })
})
