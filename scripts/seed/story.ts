import { randomBytes } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import type { Payload } from 'payload'
import { receiveUpload } from '@/assets/receive'
import { spoolFile } from '@/assets/spool'
import { markReceived } from '@/assets/uploads'
import { env } from '@/env'
import { openStore } from '@/media/store'
import { personOf, type Person } from '@/people/person'
import { acceptsOf, limitProblems } from '@/publishers'
import { findRow, insertRow } from '@/records/db'
import { plan } from '@/deliveries/plan'
import { deskItemOf } from '@/signoff/desk-item'
import { handsOf } from '@/signoff/hands'
import type { ActionId } from '@/signoff/states'
import { act } from '@/signoff/transition'
import { makeClip } from '../lib/clip'
import type { DemoStory, Reached } from './lists'

/** What was done to bring a story so far, by whom. */
const PATH: Record<Reached, [role: string, action: ActionId, reason?: string][]> = {
  draft: [],
  submitted: [['reporter', 'submit']],
  'in-review': [
    ['reporter', 'submit'],
    ['editor', 'take'],
  ],
  'changes-requested': [
    ['reporter', 'submit'],
    ['editor', 'take'],
    ['editor', 'return', 'Ghi rõ nguồn của con số mười hai xã.'],
  ],
  cleared: [
    ['reporter', 'submit'],
    ['editor', 'take'],
    ['editor', 'clear'],
  ],
  signed: [
    ['reporter', 'submit'],
    ['editor', 'take'],
    ['editor', 'clear'],
    ['head', 'sign'],
  ],
}

const hands = handsOf({ acceptsOf, limitProblems })

const userOf = async (payload: Payload, role: string) => {
  const found = await payload.find({
    collection: 'users',
    where: { email: { exists: true } },
    limit: 100,
    depth: 0,
  })
  const user = found.docs.find((one) => one.roles.some((held) => held === role))
  if (!user) throw new Error(`the demo has no ${role}`)
  return { ...user, collection: 'users' as const }
}

const personAs = async (payload: Payload, role: string): Promise<Person> => {
  const person = personOf(await userOf(payload, role))
  if (!person) throw new Error(`the demo's ${role} may not act`)
  return person
}

/** Puts a generated clip where an upload would lie, and lets intake judge it as it judges every file. */
const sendClip = async (
  payload: Payload,
  story: string,
  demo: DemoStory,
  owner: string,
): Promise<void> => {
  const tusId = randomBytes(16).toString('hex')
  await mkdir(env.SPOOL_DIR, { recursive: true })
  const file = spoolFile(tusId)
  const turned = demo.turned ? { turned: true } : {}
  await makeClip({
    file,
    palette: demo.palette ?? 'morning',
    seed: demo.title.length,
    seconds: 6,
    ...turned,
  })
  const { size } = await stat(file)
  const row = await insertRow({
    payload,
    collection: 'uploads',
    data: {
      tusId,
      owner,
      story,
      filename: 'clip.mp4',
      bytes: size,
      state: 'receiving',
      revision: 0,
      pending: false,
    },
  })
  if (!row.ok) throw new Error('the upload is there already')
  await markReceived({ payload, row: row.row })
  await receiveUpload({ payload, store: openStore(), upload: row.row.id })
}

export const tellStory = async (args: {
  payload: Payload
  story: DemoStory
  section: string
  source: string
}): Promise<void> => {
  const { payload, story: demo } = args
  const reporter = await userOf(payload, 'reporter')
  const made = await payload.create({
    collection: 'stories',
    data: {
      kind: demo.kind,
      title: demo.title,
      summary: demo.summary,
      body: demo.body,
      byline: 'PV Thời sự',
      political: demo.political ?? false,
      section: args.section,
      source: args.source,
      revision: 0,
    },
    user: reporter,
    overrideAccess: false,
  })
  const story = String(made.id)
  if (demo.kind === 'clip') await sendClip(payload, story, demo, String(reporter.id))
  for (const [role, action, reason] of PATH[demo.reached]) {
    if (action === 'clear') await addWebsiteVariant(payload, story, demo)
    await step({ payload, story, role, action, reason: reason ?? '' })
  }
  if (demo.reached === 'signed') await planWebsite(payload, story)
}

const step = async (args: {
  payload: Payload
  story: string
  role: string
  action: ActionId
  reason: string
}) => {
  const { payload, story } = args
  const person = await personAs(payload, args.role)
  const item = await deskItemOf(payload, story)
  const channels = args.action === 'sign' ? [(await websiteOf(payload)).id] : []
  const done = await act({ ...args, hands, person, revision: item?.revision ?? 0, channels })
  if (!done.ok) throw new Error(`${args.role} could not ${args.action}: ${done.reason}`)
}

const websiteOf = async (payload: Payload) => {
  const channel = await findRow({
    payload,
    collection: 'channels',
    where: { platform: { equals: 'website' } },
  })
  if (!channel) throw new Error('there is no website channel')
  return channel
}

const addWebsiteVariant = async (
  payload: Payload,
  story: string,
  demo: DemoStory,
): Promise<void> => {
  const channel = (await websiteOf(payload)).id
  await payload.create({
    collection: 'variants',
    data: { story, channel, title: demo.title, text: demo.summary, tags: '', revision: 0 },
    user: await userOf(payload, 'editor'),
    overrideAccess: false,
  })
}

const planWebsite = async (payload: Payload, story: string): Promise<void> => {
  const asking = { payload, person: await personAs(payload, 'audience') }
  const planned = await plan({
    ...asking,
    story,
    channel: (await websiteOf(payload)).id,
    dueAt: 'now',
  })
  if (!planned.ok) throw new Error(`the website could not be planned: ${planned.reason}`)
}
