import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import net, { type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { proxyCommand } from '@/media/command'
import { source } from '@/media/command-parts'
import type { Facts } from '@/media/facts'
import { runFfmpeg } from '@/media/ffmpeg'
import { guardFor, guardLimits } from '@/media/guard'
import { READING } from '@/media/limits'
import { probe } from '@/media/probe'
import { inspectImage } from '@/media/stills'
import { bareFfmpeg, setUpBench, type Bench } from '../fixtures/bench'
import { HOSTILE } from '../fixtures/hostile'
import { leaveOut } from '../support/left-out'
import { png } from '../fixtures/bytes'

/**
 * What the guard is for, shown by taking it away one part at a time: with it off the corpus leaks or breaks out, with it
 * on it does not. A part under which nothing leaks guards nothing, and fails here.
 */
const run = promisify(execFile)
let bench: Bench
let listener: net.Server
let calls = 0

beforeAll(async () => {
  listener = net.createServer((socket) => {
    calls += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const dir = await mkdtemp(path.join(os.tmpdir(), 'unguarded-'))
  bench = await setUpBench(dir, (listener.address() as AddressInfo).port)
})
afterAll(async () => {
  await new Promise((resolve) => listener.close(resolve))
  await rm(bench.dir, { recursive: true, force: true })
})

let made = 0
const lay = async (name: string, ending = 'mp4') => {
  const hostile = HOSTILE.find((one) => one.name === name)
  if (!hostile) throw new Error(`the corpus has no ${name}`)
  made += 1
  const file = path.join(bench.dir, `laid-${made}.${ending}`)
  await writeFile(file, await hostile.make(bench))
  return file
}
const out = (ending: string) => path.join(bench.dir, `out-${(made += 1)}.${ending}`)
const succeeds = (work: Promise<unknown>) => work.then(() => true).catch(() => false)
const holdsMarker = async (file: string) =>
  (await readFile(file).catch(() => Buffer.alloc(0))).includes(bench.marker)
const called = async (work: () => Promise<unknown>) => {
  const before = calls
  await succeeds(work())
  return calls > before
}
const refusedOrFails = async (file: string) => !(await probe(file)).ok
/** Facts as a fooled probe would have given them. */
const FOOLED: Facts = {
  ...{ container: 'mov', bytes: 1, durationSeconds: 3, bitrate: 1, hasPicture: true },
  ...{ width: 320, height: 180, rotation: 0, fps: 25, vfr: false, videoCodec: 'h264' },
  ...{ pixelFormat: 'yuv420p', hdr: null, interlaced: false, videoIndex: 0, pictureSeconds: 3 },
  ...{ hasSound: false, audioCodec: null, audioChannels: 0, audioIndex: -1, soundSeconds: 0 },
}
const guardedRun = (source: string) =>
  runFfmpeg({
    command: proxyCommand({ source, facts: FOOLED, cwd: bench.dir }),
    durationSeconds: 3,
    wallMs: 20_000,
  })
const at = READING.indexOf('-protocol_whitelist')
const OUR_PROTOCOLS = READING.slice(at, at + 2)
const COPY = ['-c', 'copy', '-f', 'mpegts']

/** Frames that come out until there are so `many`; then it is ended. One line a frame. */
const framesOf = async (file: string, many: number, input: readonly string[]) => {
  const child = spawn('ffmpeg', [
    ...['-nostdin', '-loglevel', 'error', ...input, '-i', file, '-r', '30', '-vsync', 'cfr'],
    ...['-c:v', 'rawvideo', '-f', 'framecrc', '-'],
  ])
  let frames = 0
  child.stdout.on('data', (chunk: Buffer) => {
    frames += chunk.toString().split('\n').length - 1
    if (frames > many) child.kill('SIGKILL')
  })
  await once(child, 'close')
  return frames
}

/** A program behind the guard, or by itself. */
const shell = async (words: string, guarded: boolean, cpuSeconds = 20, timeout = 4_000) => {
  const limits = guardLimits({ cpuSeconds, fsizeBytes: 1_000_000 })
  const [program, argv] = guarded ? [await guardFor('bash'), [limits]] : ['bash', []]
  const secret = { ...process.env, PAYLOAD_SECRET: 'a-secret-to-be-kept' }
  return run(program, [...argv, '-c', words], {
    env: secret,
    timeout,
    killSignal: 'SIGKILL',
  })
}
const says = async (words: string, guarded: boolean, leak: RegExp) =>
  shell(words, guarded).then(
    ({ stdout }) => leak.test(stdout),
    () => false,
  )

/** sharp with nothing switched off, in a process of its own: blocking is for the whole process. */
const bareSharp = async (file: string) => {
  const words = `import('sharp').then(({default: s}) => s(process.argv[1], {limitInputPixels: false, failOn: 'none'})
    .resize(64, 64, {fit: 'fill'}).removeAlpha().raw().toBuffer()).then((b) => process.stdout.write(b.toString('hex')))`
  const { stdout } = await run(process.execPath, ['-e', words, file], { maxBuffer: 1e7 })
  return Buffer.from(stdout, 'hex')
}

const playlists = [
  'an HLS playlist of an absolute path',
  'an HLS playlist of a neighbour',
  'a DASH manifest',
  'an ffconcat script',
].map((name) => ({
  what: `the list of formats: ${name} reads another story's clip`,
  off: async () => {
    const [file, copy] = [await lay(name), out('ts')]
    await succeeds(bareFfmpeg('-protocol_whitelist', 'file', '-i', file, ...COPY, copy))
    return holdsMarker(copy)
  },
  on: async () => {
    const file = await lay(name)
    const taken = await succeeds(guardedRun(file))
    return taken || !(await refusedOrFails(file))
  },
}))

type Part = { what: string; off: () => Promise<boolean>; on: () => Promise<boolean> }
const parts: Part[] = [
  ...playlists,
  {
    what: 'the list of protocols: a playlist calls a server',
    off: async () => {
      const file = await lay('an HLS playlist that calls out')
      return called(() => bareFfmpeg('-protocol_whitelist', 'file,http,tcp', '-i', file, out('ts')))
    },
    on: async () => {
      const file = await lay('an HLS playlist that calls out')
      return called(() => bareFfmpeg(...OUR_PROTOCOLS, '-i', file, out('ts')))
    },
  },
  {
    what: 'files only: an address as the input is called',
    off: () => called(() => bareFfmpeg('-i', `http://127.0.0.1:${bench.port}/a.mp4`, out('ts'))),
    on: () => called(() => guardedRun(`http://127.0.0.1:${bench.port}/a.mp4`)),
  },
  {
    what: 'no network: a parser that was taken over calls out',
    off: () => called(() => shell(`echo x > /dev/tcp/127.0.0.1/${bench.port}`, false)),
    on: async () => {
      const leaked = await called(() => shell(`echo x > /dev/tcp/127.0.0.1/${bench.port}`, true))
      const apart = (await readFile(await guardFor('bash'), 'utf8')).includes('unshare')
      // Where the system permits no namespace the log says so, and the lists are what is left.
      if (!apart) leaveOut('a guard without a network; no namespace is permitted here')
      return apart && leaked
    },
  },
  {
    what: 'an empty environment: a parser that was taken over reads our secrets',
    off: () => says('env', false, /a-secret-to-be-kept/),
    on: () => says('env', true, /a-secret-to-be-kept/),
  },
  {
    what: 'a limit on processor time: a loop goes on for ever',
    off: () =>
      shell('while :; do :; done', false).then(
        () => false,
        (error) => error.killed,
      ),
    on: () =>
      shell('while :; do :; done', true, 1, 40_000).then(
        () => false,
        (error) => error.killed,
      ),
  },
  {
    what: 'a limit on memory: all of the machine is to be had',
    off: () => says('ulimit -v', false, /unlimited/),
    on: () => says('ulimit -v', true, /unlimited/),
  },
  {
    what: 'a limit on what is written: a disk is filled',
    off: () => says(`head -c 3000000 /dev/zero > ${out('bin')} && echo full`, false, /full/),
    on: () => says(`head -c 3000000 /dev/zero > ${out('bin')} && echo full`, true, /full/),
  },
  {
    what: 'a limit on time: two frames become millions',
    off: async () =>
      (await framesOf(await lay('two frames twenty-seven hours apart', 'mkv'), 20_000, [])) >
      20_000,
    on: async () => {
      const file = await lay('two frames twenty-seven hours apart', 'mkv')
      return (
        (await framesOf(file, 20_000, source(file, FOOLED).options)) > 200 || (await probe(file)).ok
      )
    },
  },
  {
    what: 'a limit on the picture: sixty-seven million points are decoded',
    off: async () =>
      succeeds(
        bareFfmpeg('-xerror', '-i', await lay('a picture of 8192 by 8192'), '-f', 'null', '-'),
      ),
    on: async () => {
      const file = await lay('a picture of 8192 by 8192')
      return (await succeeds(guardedRun(file))) || (await probe(file)).ok
    },
  },
  {
    what: 'a limit on streams: sixty sound tracks are opened',
    off: async () => succeeds(run('ffprobe', ['-v', 'error', await lay('sixty sound tracks')])),
    on: async () => {
      const file = await lay('sixty sound tracks')
      return (await succeeds(guardedRun(file))) || (await probe(file)).ok
    },
  },
  {
    what: 'the measured end: half a clip passes for a whole one',
    off: async () => {
      const file = await lay('a clip cut in the middle, its index in front')
      return succeeds(bareFfmpeg('-i', file, '-f', 'null', '-'))
    },
    on: async () => (await probe(await lay('a clip cut in the middle, its index in front'))).ok,
  },
  {
    what: 'the look for a second nature: a photograph opens as an archive',
    off: async () => (await inspectImage(await lay('a JPEG with a ZIP behind it', 'jpg'))).ok,
    on: async () => (await probe(await lay('a JPEG with a ZIP behind it', 'jpg'))).ok,
  },
  {
    what: 'the list of decoders: a drawing shows its neighbour',
    off: async () => {
      const neighbour = path.join(bench.dir, 'neighbour.jpg')
      await writeFile(neighbour, bench.jpeg)
      const shown = await bareSharp(await drawingOf('neighbour.jpg'))
      return shown.some((value) => value !== 0)
    },
    on: async () => {
      const file = await drawingOf('neighbour.jpg')
      return (await inspectImage(file)).ok || (await probe(file)).ok
    },
  },
  {
    what: 'a limit on a photograph: a thousandfold of its bytes is decoded',
    off: async () => (await bareSharp(await bomb())).length === 64 * 64 * 3,
    on: async () => (await probe(await bomb())).ok,
  },
]

const drawingOf = async (neighbour: string) => {
  const file = path.join(bench.dir, 'drawing.svg')
  const image = `<image href="${neighbour}" width="64" height="64"/>`
  await writeFile(
    file,
    `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">${image}</svg>`,
  )
  return file
}
const bomb = async () => {
  const file = path.join(bench.dir, 'bomb.png')
  await writeFile(file, png({ width: 10_000, height: 9_000 }))
  expect((await stat(file)).size).toBeLessThan(200_000)
  return file
}

describe('Lá chắn quanh tệp lạ', () => {
  it.each(parts)('is needed and holds: $what', async ({ off, on }) => {
    expect({ off: await off(), on: await on() }).toEqual({ off: true, on: false })
  })
})
