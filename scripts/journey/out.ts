import { createHash } from 'node:crypto'
import type { YouTubeDouble } from '../../test/doubles/youtube/double'
import { list, must, number, text, until, type Json, type Person } from './client'
import { roomOf } from './desk'
import { done, proof, step } from './report'

export type Channels = { website: string; youtube: string }
export type Out = { page: string; media: string[]; video: string }

const stranger = (url: string, headers: Record<string, string> = {}) =>
  fetch(url, {
    headers: { 'cache-control': 'no-cache', ...headers },
    cache: 'no-store',
    signal: AbortSignal.timeout(30_000),
  })

const variantOf = (room: Json, channel: string): Json =>
  list(room, 'variants').find((row) => text(row, 'channel') === channel)

/** Step 4: the website now, YouTube at the hour; and the hour can still be moved. */
export const plan = async (
  audience: Person,
  args: { story: string; channels: Channels; seconds: number },
): Promise<Date> => {
  const { story, channels, seconds } = args
  step(`4. The audience editor plans: the website now, YouTube in ${seconds} s`)
  const now = await audience.post('/plan', { story, channel: channels.website, dueAt: 'now' })
  must(now.status === 200, 'the website could not be planned', now)
  const later = await audience.post('/plan', {
    story,
    channel: channels.youtube,
    dueAt: new Date(Date.now() + 3_600_000).toISOString(),
  })
  must(later.status === 200, 'YouTube could not be planned', later)
  const twice = await audience.post('/plan', { story, channel: channels.youtube, dueAt: 'now' })
  must(twice.status !== 200, 'one channel was planned twice', twice)
  proof('refused: a second plan', `${twice.status} ${text(twice.body, 'reason')}`)
  const dueAt = new Date(Date.now() + seconds * 1_000)
  await until('the hour is moved', 20, async () => {
    const delivery = variantOf(await roomOf(audience, story), channels.youtube)
    const moved = await audience.post(`/delivery/${text(delivery, 'delivery.id')}/move`, {
      dueAt: dueAt.toISOString(),
      revision: number(delivery, 'delivery.revision'),
    })
    // The machine itself may step the delivery between our read and our move.
    must([200, 409].includes(moved.status), 'the hour could not be moved', moved)
    return moved.status === 200 ? moved : null
  })
  proof('YouTube due', dueAt.toISOString())
  done()
  return dueAt
}

const awaitState = (
  person: Person,
  story: string,
  channel: string,
  state: string,
  seconds: number,
) =>
  until(`the delivery is ${state}`, seconds, async () => {
    const variant = variantOf(await roomOf(person, story), channel)
    const now = text(variant, 'delivery.state')
    must(
      !['refused', 'held', 'late', 'unconfirmed'].includes(now),
      'the delivery stands still',
      variant,
    )
    return now === state ? variant : null
  })

/** Step 5: a stranger finds the page, and the media on it is what was signed. */
export const seeWebsite = async (
  audience: Person,
  args: { base: string; story: string; channels: Channels },
): Promise<Pick<Out, 'page' | 'media'>> => {
  step('5. The website: published only after a stranger has seen it')
  const variant = await awaitState(audience, args.story, args.channels.website, 'published', 60)
  const page = text(variant, 'delivery.url')
  const answer = await stranger(page)
  const html = await answer.text()
  must(answer.status === 200, 'the page is not there', answer.status)
  must(html.includes('Chè Tân Cương'), 'the page does not tell the story')
  must(!html.includes('sáu mươi tư'), 'the page shows words that were not signed')
  const media = [
    ...new Set(
      [...html.matchAll(/\/m\/[a-z0-9]{16,}\/[\w./-]+/g)].map(([path]) => new URL(path, page).href),
    ),
  ]
  const mp4 = media.find((url) => url.endsWith('.mp4') && url.includes('web-mp4'))
  must(mp4 !== undefined, 'the page names no MP4', media)
  const bytes = Buffer.from(await (await stranger(mp4 ?? '')).arrayBuffer())
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const signed = list(await roomOf(audience, args.story), 'renditions').find(
    (row) => text(row, 'recipe') === 'web-mp4',
  )
  const files = list(signed, 'files').map((file) => text(file, 'sha256'))
  must(files.includes(sha256), 'the file on the page is not the file that was signed', {
    sha256,
    files,
  })
  for (const url of media)
    must((await stranger(url)).status === 200, 'a file of the page is missing', url)
  proof('page', page)
  proof('files', `${media.length}, the MP4's sha-256 ${sha256} as signed`)
  done()
  return { page, media }
}

/** Step 6: private until the hour, public once, and the double's own ledger says so. */
export const seeYouTube = async (
  audience: Person,
  args: { story: string; channels: Channels; double: YouTubeDouble; dueAt: Date },
): Promise<string> => {
  const { double, dueAt } = args
  step('6. YouTube: uploaded private, made public at its hour, once')
  await until('the video is uploaded', 60, async () => double.ledger.videos()[0] ?? null)
  if (Date.now() < dueAt.getTime()) {
    must(double.ledger.visible().length === 0, 'the video was public before its hour')
    proof('before the hour', 'uploaded, private')
  }
  const variant = await awaitState(audience, args.story, args.channels.youtube, 'published', 90)
  const [video, ...more] = double.ledger.videos()
  must(
    video !== undefined && more.length === 0,
    'there is not exactly one video',
    double.ledger.videos().length,
  )
  must(
    double.ledger.madePublic() === 1,
    'the video went public other than once',
    double.ledger.madePublic(),
  )
  const room = await roomOf(audience, args.story)
  const master = list(room, 'renditions').find((row) => text(row, 'recipe') === 'youtube')
  const files = list(master, 'files').map((file) => text(file, 'sha256'))
  must(
    files.includes(video?.sha256 ?? ''),
    'YouTube has other bytes than were signed',
    video?.sha256,
  )
  const at = Date.parse(video?.history.find((visit) => visit.visibility === 'public')?.at ?? '')
  must(at >= dueAt.getTime(), 'it went public before its hour', { at, dueAt })
  const url = text(variant, 'delivery.url')
  must(url.includes(video?.id ?? '?'), 'the link is not stored', url)
  proof('video', `${url}, sha-256 ${video?.sha256}`)
  proof('public', `once, ${((at - dueAt.getTime()) / 1_000).toFixed(1)} s after its hour`)
  done()
  return video?.id ?? ''
}

/** Step 7: one screen takes everything back, and strangers find nothing. */
export const takeBack = async (
  head: Person,
  args: { story: string; channels: Channels; double: YouTubeDouble; out: Out },
): Promise<void> => {
  step('7. Takedown: everything back from one screen, seen as a stranger, twice')
  const asked = await head.post('/takedown', { story: args.story, reason: 'Nhân vật yêu cầu gỡ.' })
  must(asked.status === 200, 'the takedown was refused', asked)
  for (const channel of [args.channels.website, args.channels.youtube]) {
    const variant = await awaitState(head, args.story, channel, 'withdrawn', 90)
    const proofs = list(variant, 'delivery.proof').filter((row) => text(row, 'what') === 'gone')
    proof(text(variant, 'platform'), `taken down, ${proofs.length} reads as a stranger`)
  }
  must((await stranger(args.out.page)).status === 410, 'the page does not answer 410')
  for (const url of args.out.media) {
    const status = (await stranger(url)).status
    must(status === 410, 'a file is still there', { url, status })
  }
  must(args.double.ledger.visible().length === 0, 'the video is still public')
  proof('page and files', `410, all ${args.out.media.length + 1}`)
  done()
}

/** Step 8: every step, refusal and login is in the chain, and the chain is whole. */
export const seeAudit = async (head: Person, story: string): Promise<void> => {
  step('8. The audit: every step and refusal is in the chain')
  const wanted = [
    'story.submit',
    'story.take',
    'story.return',
    'story.clear',
    'story.sign',
    'delivery.published',
    'delivery.withdrawn',
  ]
  const rows = await until('the audit has it all', 30, async () => {
    const found = await head.get(`/audit-entries?where[story][equals]=${story}&limit=500&sort=at`)
    const actions = new Set(list(found.body, 'docs').map((row) => text(row, 'action')))
    return wanted.every((action) => actions.has(action)) ? list(found.body, 'docs') : null
  })
  const refused = rows.filter((row) => text(row, 'outcome') === 'refused')
  must(refused.length >= 3, 'a refusal is missing', refused.length)
  const logins = await head.get('/audit-entries?where[action][equals]=login&limit=1')
  must(
    number(logins.body, 'totalDocs') >= 4,
    'a login is missing',
    number(logins.body, 'totalDocs'),
  )
  // The walk is costly: asked more than twenty times a minute it is refused.
  const walkEveryMs = 2_000
  const verdict = await until(
    'the chain has linked everything',
    30,
    async () => {
      const walked = await head.get('/audit/verify')
      must(walked.status === 200, 'the chain is not whole', walked)
      return number(walked.body, 'waiting') === 0 ? walked.body : null
    },
    walkEveryMs,
  )
  proof('entries of this story', `${rows.length}, ${refused.length} of them refusals`)
  proof('chain', `${text(verdict, 'links')} links, head ${text(verdict, 'head')}`)
  done()
}
