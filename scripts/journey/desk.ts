import {
  at,
  list,
  must,
  number,
  pause,
  text,
  until,
  type Json,
  type Person,
  type Reply,
} from './client'
import { done, proof, step } from './report'

export const roomOf = async (person: Person, story: string): Promise<Json> => {
  const room = await person.get(`/desk/story/${story}`)
  must(room.status === 200, `${person.role} cannot open the review room`, room)
  return room.body
}

const deskRevision = async (person: Person, story: string): Promise<number> =>
  number(await roomOf(person, story), 'desk.revision')

export const act = async (
  person: Person,
  story: string,
  action: string,
  more: Record<string, unknown> = {},
): Promise<Reply> =>
  person.post('/actions', { story, action, revision: await deskRevision(person, story), ...more })

const mustAct = async (person: Person, story: string, action: string, more = {}) => {
  const answer = await act(person, story, action, more)
  must(answer.status === 200, `${person.role} could not ${action}`, answer)
  return answer
}

const mustRefuse = async (person: Person, story: string, action: string, more = {}) => {
  const answer = await act(person, story, action, more)
  must(answer.status !== 200, `${person.role} was allowed to ${action}`, answer)
  proof(`refused: ${person.role} ${action}`, `${answer.status} ${text(answer.body, 'reason')}`)
}

const VARIANT = {
  title: 'Chè Tân Cương vào vụ',
  text: 'Hợp tác xã bán hàng qua livestream.',
  tags: 'chè, Tân Cương, Thái Nguyên',
}

/** Step 3, first half: sent back with a reason, mended, submitted again, given its two variants, cleared. */
export const clearStory = async (args: {
  reporter: Person
  editor: Person
  story: string
  channels: string[]
}): Promise<void> => {
  const { reporter, editor, story } = args
  step('3. The editor sends it back; the reporter mends; the editor writes the variants and clears')
  const first = await reporter.post('/actions', {
    story,
    action: 'submit',
    revision: await myRevision(reporter, story),
  })
  must(first.status === 200, 'the reporter could not submit', first)
  await mustAct(editor, story, 'take')
  await mustAct(editor, story, 'return', { reason: 'Kiểm lại số: 46 tấn hay 64 tấn?' })

  const mine = await reporter.get(`/stories/${story}`)
  const mended = await reporter.patch(`/stories/${story}`, {
    revision: number(mine.body, 'revision'),
    body: 'Từ đầu tháng Mười một, bốn mươi sáu tấn chè búp khô đã lên đường.',
  })
  must(mended.status === 200, 'the reporter could not mend the story', mended)
  const stale = await reporter.patch(`/stories/${story}`, {
    revision: number(mine.body, 'revision'),
    title: 'Cũ',
  })
  must(stale.status === 409, 'a stale save was not refused', stale)
  const again = await reporter.post('/actions', {
    story,
    action: 'submit',
    revision: await myRevision(reporter, story),
  })
  must(again.status === 200, 'the reporter could not submit again', again)
  await mustAct(editor, story, 'take')
  for (const channel of args.channels) {
    const made = await editor.post('/variants', { story, channel, ...VARIANT })
    must(made.status === 201, 'a variant was not saved', made)
  }
  await mustAct(editor, story, 'clear')
  await mustRefuse(editor, story, 'sign', { channels: args.channels })
  await mustRefuse(reporter, story, 'sign', { channels: args.channels })
  done()
}

const myRevision = async (reporter: Person, story: string): Promise<number> => {
  const mine = await reporter.get('/my-stories')
  const item = list(mine.body, 'items').find((row) => text(row, 'story') === story)
  return number(item, 'deskRevision')
}

/** Step 3, second half: the head watches the very file that will go out, and signs. */
export const signStory = async (head: Person, story: string, channels: string[]): Promise<Json> => {
  step('3b. The head watches the very rendition that will go out, sees the changes, and signs')
  await mustRefuse(head, story, 'sign', { channels })
  await until('every channel has its own file', 300, async () => {
    const variants = list(await roomOf(head, story), 'variants')
    return variants.every((row) => at(row, 'making') === false) || null
  })
  const room = await roomOf(head, story)
  const mp4 = list(room, 'renditions').find((row) => text(row, 'recipe') === 'web-mp4')
  const digest = text(mp4, 'digest')
  await watch(head, digest, number(mp4, 'durationSeconds'))
  const signed = await mustAct(head, story, 'sign', { channels })
  const after = await roomOf(head, story)
  for (const variant of list(after, 'variants')) {
    must(text(variant, 'seal.state') === 'valid', 'a channel is not sealed', variant)
    proof(`seal ${text(variant, 'platform')}`, text(variant, 'seal.digest'))
  }
  must(text(after, 'desk.state') === 'signed', 'the story is not signed', at(after, 'desk'))
  done()
  return signed.body
}

const BEAT_SECONDS = 1

/** Plays in real time: the server counts no faster than its own clock. */
const watch = async (head: Person, rendition: string, seconds: number): Promise<void> => {
  for (let from = 0; from < seconds; from += BEAT_SECONDS) {
    await pause(BEAT_SECONDS * 1_000)
    const to = Math.min(seconds, from + BEAT_SECONDS)
    const beat = await head.post('/watch', { rendition, from, to })
    must(beat.status === 200, 'a heartbeat was refused', beat)
  }
  proof('watched', `${seconds.toFixed(1)} s of ${rendition.slice(0, 16)}…`)
}
