import { refuse, type Help, type Refusal } from '@/errors'
import { holds, type Person } from '@/people/person'
import { secondsLeft, type ChannelFacts, type DeskFacts, type Facts } from './facts'
import type { GuardId } from './states'

export type Asked = { person: Person; desk: DeskFacts; facts: Facts }
type Guard = (asked: Asked) => Refusal | null

const no = (reason: string, vi: string, en: string, detail?: Record<string, unknown>): Refusal => {
  const help: Help = { vi, en }
  return refuse(reason, help, detail)
}

const isClip = ({ facts }: Asked) => facts.story.kind === 'clip'

const clipState: Record<Facts['clip'], Refusal | null> = {
  none: no(
    'clip-missing',
    'Clip chưa có tệp. Hãy gửi tệp rồi làm lại.',
    'The clip has no file. Send one first.',
  ),
  'wrong-kind': no('clip-wrong-kind', 'Tệp đã gửi không phải video. Hãy gửi tệp video cho clip này.', 'What was sent is no video. Send a video for this clip.'), // prettier-ignore
  arriving: no('clip-arriving', 'Tệp đang được kiểm. Chờ một lát rồi làm lại.', 'The file is being looked at. Try again in a moment.'), // prettier-ignore
  processing: no('clip-processing', 'Bản chuyển mã chưa xong. Chờ xong rồi làm lại.', 'The renditions are not ready. Wait for them.'), // prettier-ignore
  failed: no(
    'clip-failed',
    'Tệp không dùng được. Hãy gửi tệp khác.',
    'The file can not be used. Send another one.',
  ),
  ready: null,
}

const NOT_SAVED = no('not-saved', 'Có lần lưu chưa xong. Tải lại, lưu lại rồi làm tiếp.', 'A save is not finished. Reload, save again, go on.') // prettier-ignore

const incomplete = (channels: ChannelFacts[]): Refusal | null => {
  const off = channels.find(({ open }) => !open)
  if (off) return no('channel-off', `Kênh ${off.name} không còn dùng. Bỏ kênh này.`, `${off.name} is not in use. Drop it.`) // prettier-ignore
  if (channels.some(({ saved }) => !saved)) return NOT_SAVED
  const over = channels.find(({ problems }) => problems > 0)
  if (over) return no('limits', `Bản kênh ${over.name} chưa đạt. Sửa rồi làm lại.`, `The variant for ${over.name} breaks a limit. Mend it.`, { channel: over.channel }) // prettier-ignore
  return null
}

const chosen: Guard = ({ facts }) => {
  const wanted = facts.asked.channels.map((id) =>
    facts.channels.find(({ channel }) => channel === id),
  )
  const known = wanted.filter((channel) => channel !== undefined)
  if (known.length === 0) return no('no-channel', 'Chưa chọn kênh nào. Chọn kênh rồi ký.', 'No channel is chosen. Choose one.') // prettier-ignore
  if (known.length < wanted.length) return no('no-variant', 'Có kênh chưa có bản kênh. Viết bản kênh rồi ký.', 'A channel has no variant. Write it first.') // prettier-ignore
  const sealed = known.find((channel) => channel.sealed)
  if (sealed)
    return no(
      'already-signed',
      `Kênh ${sealed.name} đã ký rồi.`,
      `${sealed.name} is signed already.`,
    )
  // A channel's own file may still be encoded when the words are cleared; what is signed must be there.
  const unmade = known.find(({ made, saved, open }) => open && saved && !made)
  if (unmade) return no('renditions-missing', `Kênh ${unmade.name} chưa có đủ bản chuyển mã. Chờ xong rồi làm lại.`, `Renditions for ${unmade.name} are missing. Wait for them.`) // prettier-ignore
  return incomplete(known)
}

/** One function a guard; null lets pass. */
export const GUARDS: Record<GuardId, Guard> = {
  'is-author': ({ person, desk }) =>
    desk.author === person.id ? null : no('not-yours', 'Tin này của người khác. Chỉ tác giả làm được việc này.', 'This story is somebody else’s. Only its author may do this.'), // prettier-ignore
  'not-author': ({ person, desk }) =>
    desk.author !== person.id ? null : no('own-story', 'Đây là tin của bạn. Người khác phải quyết định.', 'This is your own story. Somebody else must decide.'), // prettier-ignore
  'not-clearer': ({ person, desk }) =>
    desk.clearer !== person.id ? null : no('own-clearing', 'Bạn đã biên tập tin này. Người khác phải quyết định.', 'You cleared this story. Somebody else must decide.'), // prettier-ignore
  'not-last-editor': ({ person, desk }) =>
    desk.lastEditor !== person.id ? null : no('own-edit', 'Bạn là người sửa cuối. Người khác phải quyết định.', 'You were the last to edit it. Somebody else must decide.'), // prettier-ignore
  'not-clip-sender': ({ person, facts }) =>
    !facts.clipBy.includes(person.id) ? null : no('own-clip', 'Clip này do bạn gửi. Người khác phải quyết định.', 'You sent this clip. Somebody else must decide.'), // prettier-ignore
  // A deputy's delegation is a record that does not exist yet: until it does, nobody signs for the head.
  'needs-head': ({ person }) =>
    holds(person, 'head') ? null : no('needs-head', 'Cần Tổng biên tập ký. Chưa có ủy quyền nào.', 'The editor-in-chief must sign. There is no delegation.'), // prettier-ignore
  'needs-reason': ({ facts }) =>
    facts.asked.reason.trim().length >= 3
      ? null
      : no('reason-missing', 'Cần ghi lý do.', 'Say why.'),
  'needs-title': ({ facts }) => (facts.story.title.trim() !== '' ? null : no('title-missing', 'Chưa có tít.', 'There is no title.')), // prettier-ignore
  'needs-section': ({ facts }) => (facts.story.section ? null : no('section-missing', 'Chưa chọn chuyên mục.', 'No section is chosen.')), // prettier-ignore
  'source-in-force': ({ facts }) => {
    if (!facts.source) return no('source-missing', 'Chưa ghi nguồn.', 'No source is named.')
    return facts.source.inForce ? null : no('source-out', 'Nguồn này không còn hiệu lực. Chọn nguồn khác.', 'This source is no longer in force. Choose another.') // prettier-ignore
  },
  'clip-sent': (asked) => {
    if (!isClip(asked) || asked.facts.clip === 'processing') return null
    return clipState[asked.facts.clip]
  },
  'clip-ready': (asked) => (isClip(asked) ? clipState[asked.facts.clip] : null),
  'clip-as-cleared': (asked) =>
    !isClip(asked) || asked.facts.clipAsCleared ? null : no('clip-changed', 'Clip đã đổi từ lần biên tập. Trả về để biên tập lại.', 'The clip changed since it was cleared. Send it back to be cleared again.'), // prettier-ignore
  'words-saved': ({ desk, facts }) =>
    desk.contentRevision === facts.story.revision ? null : NOT_SAVED,
  'channels-complete': ({ facts }) =>
    facts.channels.length === 0 ? no('no-channel', 'Chưa chọn kênh nào. Chọn kênh và viết bản kênh.', 'No channel is chosen. Choose one and write its variant.') : incomplete(facts.channels), // prettier-ignore
  'chosen-complete': chosen,
  'second-eyes': ({ desk, facts }) =>
    !facts.story.political || desk.seconder !== '' ? null : no('second-look-missing', 'Tin chính trị cần người thứ hai xác nhận trước khi ký.', 'A political story needs a second pair of eyes first.'), // prettier-ignore
  watched: (asked) => {
    const left = secondsLeft(asked.facts.watch)
    if (!isClip(asked) || left === 0) return null
    return no('not-watched', `Chưa xem hết clip: còn ${left} giây.`, `The clip is not watched to the end: ${left} s left.`) // prettier-ignore
  },
}
