import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { env } from '../src/env'
import { startYouTubeDouble } from '../test/doubles/youtube/double'
import { makeClip } from './lib/clip'
import { list, must, number, signIn, text, type Person } from './journey/client'
import { clearStory, signStory } from './journey/desk'
import { plan, seeAudit, seeWebsite, seeYouTube, takeBack, type Channels } from './journey/out'
import { done, proof, say, step, total } from './journey/report'
import { awaitRenditions, sendStory } from './journey/send'

/**
 * npm run journey [-- --clip FILE] [--base URL] [--seconds N]
 * Plays the eight steps against a running newsroom over its public HTTP API, as the people of the demo. Needs
 * DEMO_PLATFORMS=1 there, for YouTube is played by the strict double that this script starts. Exits 1 at the first
 * untruth.
 */
const { values } = parseArgs({
  options: {
    clip: { type: 'string' },
    base: { type: 'string', default: `http://127.0.0.1:${env.PORT}` },
    seconds: { type: 'string', default: '20' },
  },
})
const base = values.base.replace(/\/$/, '')

type Login = { role: string; email: string; password: string }

const mustAnswer = async (): Promise<void> => {
  const answers = await fetch(`${base}/api/health`).then(
    (health) => health.ok,
    () => false,
  )
  must(
    answers,
    `nothing answers at ${base}; is PORT the same as at npm start? (or say -- --base URL)`,
  )
}

const people = async (): Promise<(role: string) => Person> => {
  const file = path.join(env.DATA_DIR, 'demo-logins.json')
  const logins = JSON.parse(readFileSync(file, 'utf8')) as Login[] // written by the seed
  const wanted = ['reporter', 'editor', 'head', 'audience', 'admin']
  const signedIn = await Promise.all(
    wanted.map((role) => {
      const login = logins.find((one) => one.role === role)
      if (!login) throw new Error(`${file} names no ${role}`)
      return signIn(base, login)
    }),
  )
  return (role) => {
    const person = signedIn.find((one) => one.role === role)
    if (!person) throw new Error(`nobody is ${role}`)
    return person
  }
}

const connectChannels = async (
  admin: Person,
  double: { url: string; token: string },
): Promise<Channels> => {
  step('0. The admin connects YouTube (the strict double on this machine)')
  const found = await admin.get('/channels?where[platform][equals]=website&limit=1')
  const website = text(list(found.body, 'docs')[0], 'id')
  must(website !== '', 'there is no website channel', found)
  const made = await admin.post('/channel', {
    name: `YouTube thử ${new Date().toISOString().slice(11, 19)}`,
    platform: 'youtube',
    settings: { endpoint: double.url, watch: double.url, categoryId: '25' },
    token: `demo:${double.token}`, // says that it is no real one
    insurance: false,
  })
  must(made.status === 200, 'YouTube could not be connected', made)
  const youtube = text(made.body, 'channel.id') || text(made.body, 'id')
  proof('channels', `website ${website}, YouTube ${youtube}`)
  done()
  return { website, youtube }
}

/** The double ends with this script; its channel must not stand on as if somebody were there. */
const retire = async (admin: Person, channel: string): Promise<void> => {
  const found = await admin.get(`/channels/${channel}`)
  await admin.post(`/channel/${channel}`, {
    revision: number(found.body, 'revision'),
    active: false,
  })
}

const play = async (folder: string): Promise<void> => {
  const double = await startYouTubeDouble({
    settings: { processing: { afterMs: 1_000, end: 'succeeded' } },
  })
  try {
    await mustAnswer()
    const as = await people()
    const channels = await connectChannels(as('admin'), double)
    const file = values.clip ?? path.join(folder, 'clip.mp4')
    if (!values.clip)
      await makeClip({ file, palette: 'morning', seed: Date.now() % 1_000, seconds: 6 })
    const { story } = await sendStory(base, as('reporter'), file)
    await awaitRenditions(as('reporter'), as('editor'), story)
    const both = [channels.website, channels.youtube]
    await clearStory({ reporter: as('reporter'), editor: as('editor'), story, channels: both })
    await signStory(as('head'), story, both)
    const dueAt = await plan(as('audience'), { story, channels, seconds: Number(values.seconds) })
    const site = await seeWebsite(as('audience'), { base, story, channels })
    const video = await seeYouTube(as('audience'), { story, channels, double, dueAt })
    await takeBack(as('head'), { story, channels, double, out: { ...site, video } })
    await seeAudit(as('head'), story)
    await retire(as('admin'), channels.youtube)
  } finally {
    await double.close()
  }
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-clip-'))
play(folder)
  .then(() => {
    say(`\nThe journey holds: nothing went out unsigned, nothing went out twice. ${total()} s`)
    process.exitCode = 0
  })
  .catch((error: unknown) => {
    say(`\n✗ Untruth: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  })
  .finally(() => {
    rmSync(folder, { recursive: true, force: true })
    process.exit(process.exitCode)
  })
