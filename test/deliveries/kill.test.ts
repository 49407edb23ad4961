import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { startYouTubeDouble, type YouTubeDouble } from '../doubles/youtube/double'
import { until } from '../assets/support'
import { aPerson, aStory, openRoom, planned, rowOf, type Room } from './support'

let room: Room
let double: YouTubeDouble
const children: ChildProcess[] = []

beforeAll(async () => {
  room = await openRoom({ LEASE_MS: '4000' })
  room.hour.stop()
})
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill))
  await double.close()
})
afterAll(() => room.close())

const startWorker = () => {
  const child = spawn(
    process.execPath,
    ['-C', 'production', '--import', 'tsx', 'test/deliveries/kill-child.ts'],
    // Not `test`: the schema is there already and must not be pushed beside us.
    {
      env: { ...process.env, NODE_ENV: 'development', NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  children.push(child)
  return child
}
const kill = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })

const aVideoOnItsWay = async () => {
  double = await startYouTubeDouble({ settings: { processing: { afterMs: 0, end: 'succeeded' } } })
  // The update to public arrives and takes its time: long enough to die in.
  double.faults.plan([{ route: 'videos.update', nth: 1, do: 'delay', ms: 700 }])
  const channels = await import('@/deliveries/channels')
  const { connecting } = await import('@/deliveries/publishers')
  const made = await channels.connectChannel({
    payload: room.payload,
    person: aPerson('admin'),
    connecting: connecting(),
    wish: {
      name: 'Kênh video',
      platform: 'youtube',
      settings: { endpoint: double.url, watch: double.url },
      token: `demo:${double.token}`,
    },
  })
  if (!made.ok) throw new Error(made.reason)
  const story = await aStory(room, [made.channel.id])
  return planned(room, story, made.channel.id)
}

type Moment = [string, (id: string) => Promise<boolean> | boolean]
const stateIs = async (id: string, ...states: string[]) => {
  const row = await rowOf(room, id)
  if (row.state === 'refused' || row.state === 'late')
    throw new Error(`${row.state}: ${row.code ?? ''} ${row.line ?? ''}`)
  return states.includes(row.state)
}
const MOMENTS: Moment[] = [
  ['while it uploads', () => double.ledger.calls('session.start').length > 0],
  [
    'when the row says that it will commit',
    (id) => stateIs(id, 'committing', 'confirming', 'published'),
  ],
  ['when the platform has just made it public', () => double.ledger.madePublic() > 0],
  ['before a stranger has seen it', (id) => stateIs(id, 'confirming', 'published')],
]

describe('a worker that is killed outright', () => {
  it.each(MOMENTS)(
    '%s leaves one video, public once, and another worker finishes',
    async (_name, moment) => {
      const id = await aVideoOnItsWay()
      const first = startWorker()
      await until('the moment', () => moment(id), 60_000)
      await kill(first)
      startWorker()
      await until('published', () => stateIs(id, 'published'), 60_000)
      expect(double.ledger.videos()).toHaveLength(1)
      expect(double.ledger.madePublic()).toBe(1)
      expect(double.ledger.visible()).toHaveLength(1)
      const row = await rowOf(room, id)
      expect(row.externalId).toBe(double.ledger.visible()[0]?.id)
    },
    150_000,
  )

  it('beside another that lives leaves one video, public once', async () => {
    const id = await aVideoOnItsWay()
    const workers = Array.from({ length: 2 }, startWorker)
    await until('the moment', () => stateIs(id, 'committing', 'confirming', 'published'), 60_000)
    const [first] = workers
    if (first) await kill(first)
    await until('published', () => stateIs(id, 'published'), 60_000)
    expect(double.ledger.videos()).toHaveLength(1)
    expect(double.ledger.madePublic()).toBe(1)
  }, 150_000)
})
