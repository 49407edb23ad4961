import { readFileSync } from 'node:fs'
import path from 'node:path'
import { env } from '../../src/env'
import { must, number, signIn, text, until, type Person } from '../journey/client'
import { act } from '../journey/desk'

type Login = { role: string; email: string; password: string }

const as = async (base: string, role: string): Promise<Person> => {
  const logins = JSON.parse(
    readFileSync(path.join(env.DATA_DIR, 'demo-logins.json'), 'utf8'),
  ) as Login[] // the seed's
  const login = logins.find((one) => one.role === role)
  if (!login) throw new Error(`nobody is ${role}`)
  return signIn(base, login)
}

/** A text story, cleared and planned for the website «now»: only the signature is missing. */
const readyToSign = async (
  people: Record<string, Person>,
  channel: string,
  n: number,
): Promise<string> => {
  const { reporter, editor, audience } = people
  if (!reporter || !editor || !audience) throw new Error('somebody is missing')
  const sections = await reporter.get('/sections?limit=1')
  const sources = await reporter.get('/sources?limit=1&where[own][equals]=true')
  const made = await reporter.post('/stories', {
    kind: 'text',
    title: `Bản tin đo số ${n}`,
    summary: 'Đo từ chữ ký tới trang.',
    body: 'Một đoạn văn.',
    section: text(sections.body, 'docs.0.id'),
    source: text(sources.body, 'docs.0.id'),
  })
  const story = text(made.body, 'doc.id')
  const mine = await reporter.get(`/desk-items?where[story][equals]=${story}`)
  const revision = number(mine.body, 'docs.0.revision')
  must(
    (await reporter.post('/actions', { story, action: 'submit', revision: revision || 0 }))
      .status === 200,
    'not submitted',
  )
  must((await act(editor, story, 'take')).status === 200, 'not taken')
  const variant = { story, channel, title: `Bản tin đo số ${n}`, text: 'Đo.', tags: '' }
  must((await editor.post('/variants', variant)).status === 201, 'no variant')
  const cleared = await act(editor, story, 'clear')
  must(cleared.status === 200, 'not cleared', cleared)
  must(
    (await audience.post('/plan', { story, channel, dueAt: 'now' })).status === 200,
    'not planned',
  )
  return story
}

const ASKED_EVERY_MS = 20

const quantile = (sorted: number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN

/** (b) From the head's signature to the page seen by a stranger, and to the delivery that calls it published. */
export const benchSignToPage = async ({ rounds }: { rounds: number }) => {
  const base = `http://127.0.0.1:${env.PORT}`
  const people = Object.fromEntries(
    await Promise.all(
      ['reporter', 'editor', 'head', 'audience'].map(
        async (role) => [role, await as(base, role)] as const,
      ),
    ),
  )
  const head = people['head']
  if (!head) throw new Error('there is no head')
  const channels = await head.get('/channels?where[platform][equals]=website&limit=1')
  const channel = text(channels.body, 'docs.0.id')
  const seen: number[] = []
  for (let n = 1; n <= rounds; n++) {
    const story = await readyToSign(people, channel, n)
    const room = await head.get(`/desk/story/${story}`)
    const url = `${base}/${text(room.body, 'story.section.slug')}/${text(room.body, 'story.slug')}`
    const signed = await act(head, story, 'sign', { channels: [channel] })
    must(signed.status === 200, 'not signed', signed)
    const from = Date.now()
    await until(
      'the page is there',
      30,
      async () => ((await fetch(url, { cache: 'no-store' })).status === 200 ? true : null),
      ASKED_EVERY_MS,
    )
    seen.push(Date.now() - from)
  }
  const sorted = seen.sort((a, b) => a - b)
  const detail = `${rounds} text stories, one after another, asked every ${ASKED_EVERY_MS} ms`
  return [
    {
      name: 'signature to page, p50 (s)',
      ratio: quantile(sorted, 0.5) / 1_000,
      limit: null,
      detail,
    },
    {
      name: 'signature to page, p95 (s)',
      ratio: quantile(sorted, 0.95) / 1_000,
      limit: null,
      detail,
    },
  ]
}
