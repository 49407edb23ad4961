import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { mkdtemp, open, rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import { Upload } from 'tus-js-client'
import { env } from '../../src/env'
import { must, signIn, text, type Person } from '../journey/client'
import { bareServer } from './bare-put'
import { peakDuring, pidOnPort, residentMib } from './web-process'

/**
 * (d) A clip sent to the running newsroom (npm start) by tus in pieces of 8 MiB, until it is judged and so hashed; beside
 * it the same pieces PUT to the least Node server that writes, hashes and flushes. The sender claims a wrong checksum: the
 * newsroom reads the whole file and refuses it, so that nothing is transcoded beside the next round.
 */
const MiB = 1024 * 1024
const PIECE = 8 * MiB
const ROUNDS = 3
const LARGE = 5_000 * 1_000_000

type Figure = {
  name: string
  ratio: number | null
  limit: number | null
  atLeast?: boolean
  detail: string
}
type Spent = { wall: number; cpu: number; peak: number }

const makeFile = async (file: string, bytes: number): Promise<string> => {
  const handle = await open(file, 'w')
  const hash = createHash('sha256')
  try {
    for (let at = 0; at < bytes; at += PIECE) {
      const piece = randomBytes(Math.min(PIECE, bytes - at))
      hash.update(piece)
      await handle.write(piece)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return hash.digest('hex')
}

const barePut = async (url: string, file: string, bytes: number): Promise<string> => {
  const handle = await open(file, 'r')
  try {
    let said = ''
    for (let at = 0; at < bytes; at += PIECE) {
      const piece = Buffer.alloc(Math.min(PIECE, bytes - at))
      await handle.read(piece, 0, piece.length, at)
      const headers = { 'x-offset': String(at), 'x-whole': String(bytes) }
      said = await (await fetch(url, { method: 'PUT', headers, body: piece })).text()
    }
    return said
  } finally {
    await handle.close()
  }
}

type Sender = { base: string; reporter: Person; story: string }

/** Until the newsroom has judged it; answers how long the sending alone took. */
const tusSend = async (sender: Sender, file: string, bytes: number): Promise<number> => {
  const { base, reporter, story } = sender
  const began = performance.now()
  const id = await new Promise<string>((resolve, reject) => {
    const upload: Upload = new Upload(createReadStream(file, { highWaterMark: MiB }), {
      endpoint: `${base}/tus`,
      chunkSize: PIECE,
      uploadSize: bytes,
      headers: { authorization: `JWT ${reporter.token}` },
      metadata: { filename: 'bench.mp4', story, sha256: '0'.repeat(64) },
      onError: reject,
      onSuccess: () => resolve(upload.url?.split('/').at(-1) ?? ''),
    })
    upload.start()
  })
  const sent = (performance.now() - began) / 1000
  const state = await judged(reporter, id)
  must(state === 'refused', 'a file with a wrong checksum was taken')
  return sent
}

/** Asked twenty times a second: what is waited for too long would be counted against us. */
const judged = async (reporter: Person, id: string): Promise<string> => {
  for (let left = 6_000; left > 0; left -= 1) {
    const rows = await reporter.get(`/uploads?where[tusId][equals]=${id}&limit=1`)
    const state = text(rows.body, 'docs.0.state')
    if (state === 'refused' || state === 'accepted') return state
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the file was not judged within 300 s')
}

const senderOf = async (): Promise<Sender> => {
  const base = `http://127.0.0.1:${env.PORT}`
  const file = path.join(env.DATA_DIR, 'demo-logins.json')
  const logins: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const login = (Array.isArray(logins) ? logins : []).find(
    (one) => text(one, 'role') === 'reporter',
  )
  must(login !== undefined, 'the demo has no reporter')
  const [email, password] = [text(login, 'email'), text(login, 'password')]
  const reporter = await signIn(base, { role: 'reporter', email, password })
  const sections = await reporter.get('/sections?limit=1')
  const sources = await reporter.get('/sources?limit=1&where[own][equals]=true')
  const made = await reporter.post('/stories', {
    kind: 'clip',
    title: 'Đo đường gửi tệp',
    section: text(sections.body, 'docs.0.id'),
    source: text(sources.body, 'docs.0.id'),
  })
  must(made.status === 201, 'the story was not made', made)
  return { base, reporter, story: text(made.body, 'doc.id') }
}

const middle = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const rate = (bytes: number, wall: number) => `${(bytes / 1e6 / wall).toFixed(0)} MB/s`

type Bench = { dir: string; sender: Sender; web: number; quiet: number }

const sideBySide = async ({ dir, sender, web, quiet }: Bench, bytes: number): Promise<Figure[]> => {
  const file = path.join(dir, 'source')
  const sha256 = await makeFile(file, bytes)
  const bare = await bareServer(dir)
  const into: { tus: Spent[]; bare: Spent[]; sent: number[] } = { tus: [], bare: [], sent: [] }
  const sides = {
    tus: async () => {
      const spent = await peakDuring(web, () => tusSend(sender, file, bytes))
      into.sent.push(spent.value)
      into.tus.push(spent)
    },
    bare: async () => {
      const spent = await peakDuring(bare.pid, () => barePut(bare.url, file, bytes))
      must(spent.value === sha256, 'the bare server read other bytes')
      into.bare.push(spent)
    },
  }
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      // Another one goes first in each round, so that neither always meets the warm cache.
      await (round % 2 === 0 ? sides.tus() : sides.bare())
      await (round % 2 === 0 ? sides.bare() : sides.tus())
    }
  } finally {
    await bare.close()
  }
  return figures(into, bytes, quiet)
}

const figures = (
  into: { tus: Spent[]; bare: Spent[]; sent: number[] },
  bytes: number,
  quiet: number,
): Figure[] => {
  const { tus, bare, sent } = into
  const walls = (spent: Spent[]) => middle(spent.map(({ wall }) => wall))
  const cpus = (spent: Spent[]) => middle(spent.map(({ cpu }) => cpu)).toFixed(1)
  const peak = Math.max(...tus.map((one) => one.peak))
  const of = `${(bytes / MiB).toFixed(0)} MiB in pieces of 8 MiB, ${ROUNDS} rounds`
  return [
    {
      name: 'tus throughput over a bare PUT with SHA-256',
      ratio: middle(tus.map(({ wall }, n) => (bare[n]?.wall ?? Number.NaN) / wall)),
      limit: 0.7,
      atLeast: true,
      detail: `${of}; tus until judged ${rate(bytes, walls(tus))} (sending alone ${rate(bytes, middle(sent))}), web ${cpus(tus)} CPU-s; bare ${rate(bytes, walls(bare))}, ${cpus(bare)} CPU-s`,
    },
    {
      name: 'memory of web during it (MiB more than before)',
      ratio: peak - quiet,
      limit: 60,
      detail: `${of}; ${quiet.toFixed(0)} MiB before, at most ${peak.toFixed(0)} MiB`,
    },
  ]
}

const large = async ({ dir, sender, web, quiet }: Bench): Promise<Figure> => {
  const name = 'one upload of 5 GB (s)'
  const disk = await statfs(dir)
  if (disk.bavail * disk.bsize < 4.5 * LARGE)
    return { name, ratio: null, limit: null, detail: 'left out: the disk has not the room' }
  const file = path.join(dir, 'large')
  await makeFile(file, LARGE)
  const { wall, peak } = await peakDuring(web, () => tusSend(sender, file, LARGE))
  const memory = `web at most ${(peak - quiet).toFixed(0)} MiB more than before`
  return {
    name,
    ratio: wall,
    limit: null,
    detail: `once, until judged; ${rate(LARGE, wall)}; ${memory}`,
  }
}

/** `mib` makes a small run of the same, to see that it works; the limits are meant for 1024. */
export const benchUpload = async ({ mib }: { mib?: number } = {}): Promise<Figure[]> => {
  const dir = await mkdtemp(path.join(env.DATA_DIR, 'bench-upload-'))
  try {
    const sender = await senderOf()
    const web = pidOnPort(env.PORT)
    const warm = path.join(dir, 'warm')
    await makeFile(warm, 8 * PIECE)
    // The first one loads code; what it leaves in memory is not the upload's.
    await tusSend(sender, warm, 8 * PIECE)
    const bench = { dir, sender, web, quiet: residentMib(web) }
    const beside = await sideBySide(bench, (mib ?? 1024) * MiB)
    return mib === undefined ? [...beside, await large(bench)] : beside
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
