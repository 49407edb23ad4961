import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { getPayload, type Payload } from 'payload'
import config from '@payload-config'
import { env } from '@/env'
import { ensureWebsiteChannel } from '@/deliveries/channels'
import { PEOPLE, SECTIONS, SOURCES, STORIES } from './seed/lists'
import { tellStory } from './seed/story'

/**
 * npm run seed [-- --demo]: puts a small demo newsroom into an empty database and says who may sign in. By itself only
 * into the embedded database; a database server gets it only when `--demo` is said.
 */
const { values } = parseArgs({
  options: {
    demo: { type: 'boolean', default: false },
    'no-stories': { type: 'boolean', default: false },
  },
})
const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
const word = (length: number) =>
  Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')
const password = () => [word(4), word(4), word(4), word(4)].join('-')

type Login = { role: string; name: string; email: string; password: string }

const addPeople = async (payload: Payload): Promise<Login[]> => {
  const logins: Login[] = []
  for (const person of PEOPLE) {
    const login = { ...person, password: password() }
    await payload.create({
      collection: 'users',
      data: {
        name: login.name,
        email: login.email,
        password: login.password,
        roles: [login.role],
        active: true,
      } as never, // the roles' literal type
    })
    logins.push(login)
  }
  const file = path.join(env.DATA_DIR, 'demo-logins.json')
  mkdirSync(env.DATA_DIR, { recursive: true, mode: 0o700 })
  writeFileSync(file, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 })
  return logins
}

const main = async (): Promise<void> => {
  if (env.onMongo && !values.demo) {
    say('A database server is left as it is (say --demo to fill it).')
    return
  }
  const payload = await getPayload({ config, disableOnInit: true })
  const there = await payload.count({ collection: 'users' })
  if (there.totalDocs > 0) {
    say('The newsroom has people already; nothing was added.')
    await payload.destroy()
    return
  }
  const sections = new Map<string, string>()
  for (const section of SECTIONS) {
    const made = await payload.create({ collection: 'sections', data: section })
    sections.set(section.slug, String(made.id))
  }
  const sources = []
  for (const source of SOURCES)
    sources.push(
      await payload.create({ collection: 'sources', data: { ...source, inForce: true } }),
    )
  await ensureWebsiteChannel(payload)
  await addPeople(payload)
  const stories = values['no-stories'] ? [] : STORIES
  for (const [index, story] of stories.entries()) {
    await tellStory({
      payload,
      story,
      section: sections.get(story.section) ?? '',
      source: String(sources[0]?.id),
    })
    // The start script reads this line to say how far it is.
    say(`  ${index + 1} of ${stories.length}: ${story.title} (${story.reached})`)
  }
  say(
    `${PEOPLE.length} people, ${SECTIONS.length} sections, ${SOURCES.length} sources, ${STORIES.length} stories.`,
  )
  await payload.destroy()
}

if (!existsSync(env.DATA_DIR)) mkdirSync(env.DATA_DIR, { recursive: true, mode: 0o700 })
main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(
      `The demo could not be put in: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    process.exit(1)
  },
)
