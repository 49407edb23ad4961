import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Upload } from 'tus-js-client'
import { at, list, number, text, type Person } from '../../scripts/journey/client'
import { makeClip } from '../../scripts/lib/clip'
import { startYouTubeDouble, type YouTubeDouble } from '../doubles/youtube/double'
import { openRoom, type Room } from '../support/room'
import { serverSettings } from '../support/settings'
import {
  awaitDelivery,
  bring,
  everybody,
  insist,
  room,
  variantIn,
  watchThrough,
} from '../support/drive'

let house: Room
let double: YouTubeDouble
let as: (role: string) => Person
const killed: string[] = []

beforeAll(async () => {
  double = await startYouTubeDouble({
    settings: { processing: { afterMs: 500, end: 'succeeded' }, listLagMs: 500 },
  })
  house = await openRoom({ settings: serverSettings() })
  as = await everybody(house.base, house.dataDir)
}, 240_000)
afterAll(async () => {
  await house.stop()
  await double.close()
})

const kill = async (part: 'web' | 'worker' | 'redis', when: string) => {
  killed.push(`${part} ${when}`)
  await house.kill(part)
}

const wipe = async (when: string) => {
  killed.push(`redis, its data deleted, ${when}`)
  await house.wipeRedis()
}

const CLIP = { palette: 'dusk', seed: 11, seconds: 5 } as const

const writeStory = (reporter: Person) =>
  insist('the story is written', 60, async () => {
    const sections = await reporter.get('/sections?limit=1')
    const sources = await reporter.get('/sources?limit=1&where[own][equals]=true')
    const made = await reporter.post('/stories', {
      kind: 'clip',
      title: 'Qua mười lần đứt',
      summary: 'Tin này đi qua mười lần mất máy.',
      body: 'Một đoạn.',
      section: text(sections.body, 'docs.0.id'),
      source: text(sources.body, 'docs.0.id'),
    })
    return text(made.body, 'doc.id') || null
  })

/** Sends in small pieces; the web process is killed at the half; the same upload goes on at the byte. */
const sendClip = async (reporter: Person, story: string): Promise<string> => {
  const file = path.join(house.dataDir, 'clip.mp4')
  await makeClip({ file, ...CLIP })
  const bytes = readFileSync(file)
  let cut = false
  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: `${house.base}/tus`,
      chunkSize: 64 * 1024,
      retryDelays: Array<number>(60).fill(500),
      headers: { authorization: `JWT ${reporter.token}` },
      metadata: { filename: 'clip.mp4', story },
      onError: reject,
      onSuccess: () => resolve(),
      onChunkComplete: (_size, accepted) => {
        if (cut || accepted < bytes.length / 2) return
        cut = true
        void kill('web', 'in the middle of an upload')
      },
    })
    upload.start()
  })
  return createHash('sha256').update(bytes).digest('hex')
}

const transcode = async (reader: Person, story: string) => {
  const seen = { proxy: false, half: false }
  return insist('every rendition is made', 240, async () => {
    const found = await room(reader, story)
    const progress = number(found, 'asset.progress')
    if (!seen.proxy && text(found, 'asset.state') === 'processing') {
      seen.proxy = true
      await kill('worker', 'while it made the proxy')
    } else if (!seen.half && progress > 0.2) {
      seen.half = true
      await kill('worker', 'half-way through the ladder')
      await wipe('while the ladder was made')
    }
    return text(found, 'asset.state') === 'ready' ? found : null
  })
}

it('goes out once and loses nothing when web, worker and Redis are killed at ten moments and more', async () => {
  const [reporter, editor, head, audience] = ['reporter', 'editor', 'head', 'audience'].map(as)
  if (!reporter || !editor || !head || !audience) throw new Error('somebody is missing')
  const channels = await connect(as('admin'))
  const both = [channels.website, channels.youtube]

  const story = await writeStory(reporter)
  const sha256 = await sendClip(reporter, story)
  await kill('worker', 'as the upload arrived')
  const made = await transcode(editor, story)
  expect(text(made, 'asset.sha256') || sha256).toBe(sha256)

  await bring({
    person: reporter,
    story,
    action: 'submit',
    to: ['submitted', 'in-review'],
    reader: editor,
  })
  await bring({ person: editor, story, action: 'take', to: ['in-review'], reader: editor })
  for (const channel of both) {
    await insist('the variant is saved', 60, async () => {
      await editor.post('/variants', {
        story,
        channel,
        title: 'Qua mười lần đứt',
        text: 'Một đoạn.',
        tags: 'thử',
      })
      return variantIn(await room(editor, story), channel) ?? null
    })
  }
  const clearing = bring({
    person: editor,
    story,
    action: 'clear',
    to: ['cleared'],
    reader: editor,
  })
  await kill('web', 'as the editor cleared')
  await clearing
  await insist('every channel has its own file', 120, async () => {
    const found = await room(head, story)
    const isMade = (channel: string) => at(variantIn(found, channel), 'making') === false
    return both.every(isMade) || null
  })
  await watchThrough(head, story)
  const signing = bring({
    person: head,
    story,
    action: 'sign',
    to: ['signed'],
    more: { channels: both },
    reader: head,
  })
  await kill('web', 'as the head signed')
  await signing

  const dueAt = Date.now() + 15_000
  await planBoth(audience, story, channels, dueAt)
  await kill('worker', 'as the website was published')
  await insist('the upload to YouTube has begun', 60, async () =>
    double.ledger.sessions() > 0 ? true : null,
  )
  await kill('worker', 'in the middle of the upload to YouTube')
  await insist('the video is there', 90, async () => double.ledger.videos()[0] ?? null)
  double.faults.plan([{ route: 'videos.update', nth: 1, do: 'drop-after' }])
  await insist('the hour has come', 60, async () => (double.ledger.madePublic() > 0 ? true : null))
  await kill('worker', 'as YouTube made it public and the answer was lost')
  await wipe('after the hour')
  await awaitDelivery(head, story, channels.website, 'published', 120)
  const video = await awaitDelivery(head, story, channels.youtube, 'published', 180)
  expect(double.ledger.videos()).toHaveLength(1)
  expect(double.ledger.madePublic()).toBe(1)

  const page = text(variantIn(await room(head, story), channels.website), 'delivery.url')
  expect((await fetch(page)).status).toBe(200)
  await takeBack(head, story, channels)
  expect((await fetch(page)).status).toBe(410)
  expect(double.ledger.visible()).toHaveLength(0)
  expect(text(video, 'delivery.url')).toContain(double.ledger.videos()[0]?.id)
  await everythingWrittenDown(head, story)
  expect(killed.length).toBeGreaterThanOrEqual(10)
}, 900_000)

const connect = async (admin: Person) => {
  const youtube = await insist('YouTube is connected', 60, async () => {
    const made = await admin.post('/channel', {
      name: 'YouTube thử',
      platform: 'youtube',
      settings: { endpoint: double.url, watch: double.url, chunkBytes: String(256 * 1024) },
      token: `demo:${double.token}`,
    })
    return text(made.body, 'channel.id') || text(made.body, 'id') || null
  })
  const found = await admin.get('/channels?where[platform][equals]=website&limit=1')
  return { website: text(list(found.body, 'docs')[0], 'id'), youtube }
}

type Channels = { website: string; youtube: string }

const planBoth = async (audience: Person, story: string, channels: Channels, dueAt: number) => {
  const wish = (channel: string, at: string) =>
    insist('the delivery is planned', 60, async () => {
      await audience.post('/plan', { story, channel, dueAt: at })
      return text(variantIn(await room(audience, story), channel), 'delivery.id') || null
    })
  await wish(channels.website, 'now')
  await wish(channels.youtube, new Date(dueAt).toISOString())
}

const takeBack = async (head: Person, story: string, channels: Channels) => {
  await insist('the takedown is asked', 60, async () =>
    (await head.post('/takedown', { story, reason: 'Thử gỡ.' })).status === 200 ? true : null,
  )
  await kill('web', 'as everything was taken back')
  await kill('worker', 'as everything was taken back')
  await wipe('as everything was taken back')
  for (const channel of [channels.website, channels.youtube])
    await awaitDelivery(head, story, channel, 'withdrawn', 120)
}

const everythingWrittenDown = async (head: Person, story: string) => {
  // The walk is costly: asked more than twenty times a minute it is refused.
  const walkEveryMs = 4_000
  const verdict = await insist(
    'the chain is whole',
    60,
    async () => {
      const walked = await head.get('/audit/verify')
      return walked.status === 200 && number(walked.body, 'waiting') === 0 ? walked.body : null
    },
    walkEveryMs,
  )
  expect(number(verdict, 'links')).toBeGreaterThan(10)
  const rows = await head.get(`/audit-entries?where[story][equals]=${story}&limit=500`)
  const actions = list(rows.body, 'docs').map(
    (row) => `${text(row, 'action')} ${text(row, 'outcome')}`,
  )
  const once = (action: string) => actions.filter((one) => one === `${action} done`)
  for (const action of ['story.submit', 'story.clear', 'story.sign'])
    expect(once(action)).toHaveLength(1)
  expect(once('delivery.published')).toHaveLength(2)
  expect(once('delivery.withdrawn')).toHaveLength(2)
}
