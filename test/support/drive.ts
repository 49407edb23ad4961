import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  at,
  list,
  number,
  signIn,
  text,
  type Json,
  type Person,
} from '../../scripts/journey/client'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Tries again and again through dead servers and lost answers; what must be true in the end is asked, not assumed. */
export const insist = async <T>(
  what: string,
  seconds: number,
  attempt: () => Promise<T | null>,
  everyMs = 200,
): Promise<T> => {
  const end = Date.now() + seconds * 1_000
  let last = 'nothing yet'
  while (Date.now() < end) {
    try {
      const found = await attempt()
      if (found !== null) return found
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await pause(everyMs)
  }
  throw new Error(`${what}: not within ${seconds} s; last trouble: ${last.slice(0, 500)}`)
}

export const everybody = async (
  base: string,
  dataDir: string,
): Promise<(role: string) => Person> => {
  const logins = JSON.parse(readFileSync(path.join(dataDir, 'demo-logins.json'), 'utf8')) as {
    role: string
    email: string
    password: string
  }[] // the seed's own file
  const people = new Map<string, Person>()
  for (const role of ['reporter', 'editor', 'head', 'audience', 'admin']) {
    const login = logins.find((one) => one.role === role)
    if (!login) throw new Error(`nobody is ${role}`)
    people.set(role, await insist(`${role} signs in`, 60, () => signIn(base, login)))
  }
  return (role) => {
    const person = people.get(role)
    if (!person) throw new Error(`nobody is ${role}`)
    return person
  }
}

export const room = async (person: Person, story: string): Promise<Json> => {
  const answer = await person.get(`/desk/story/${story}`)
  if (answer.status !== 200) throw new Error(`the review room answers ${answer.status}`)
  return answer.body
}

export const variantIn = (found: Json, channel: string): Json =>
  list(found, 'variants').find((row) => text(row, 'channel') === channel)

/** Plays the clip through as a head does, second by second: the server counts no faster than its own clock. */
export const watchThrough = async (head: Person, story: string): Promise<void> => {
  const found = await room(head, story)
  const mp4 = list(found, 'renditions').find((row) => text(row, 'recipe') === 'web-mp4')
  const seconds = number(mp4, 'durationSeconds')
  await insist('the head has watched', 90, async () => {
    const watched = number(await room(head, story), 'watch.watchedSeconds') || 0
    if (watched >= seconds * 0.97) return true
    for (let from = 0; from < seconds; from += 1) {
      await pause(1_000)
      const to = Math.min(seconds, from + 1)
      await head.post('/watch', { rendition: text(mp4, 'digest'), from, to })
    }
    return null
  })
}

/** Acts until the story has reached one of the states, whatever became of the answers. */
export const bring = (args: {
  person: Person
  story: string
  action: string
  to: string[]
  more?: Record<string, unknown>
  reader: Person
}): Promise<Json> =>
  insist(`${args.action} by ${args.person.role}`, 60, async () => {
    const found = await room(args.reader, args.story)
    if (args.to.includes(text(found, 'desk.state'))) return found
    await args.person.post('/actions', {
      story: args.story,
      action: args.action,
      revision: number(found, 'desk.revision'),
      ...args.more,
    })
    return null
  })

export const awaitDelivery = (
  reader: Person,
  story: string,
  channel: string,
  state: string,
  seconds: number,
) =>
  insist(`the delivery is ${state}`, seconds, async () => {
    const variant = variantIn(await room(reader, story), channel)
    const now = text(variant, 'delivery.state')
    if (['refused', 'held', 'late'].includes(now))
      throw new Error(`it stands still: ${JSON.stringify(at(variant, 'delivery'))}`)
    return now === state ? variant : null
  })
