import type { MyStory } from '@/assets/my-stories'
import { isState, STATES } from '@/signoff/states'

/** What the page says, in the newsroom's own words. */
type Tone = 'grey' | 'green' | 'amber' | 'red' | 'violet' | 'teal'

const TONES: Record<string, Tone> = {
  assigned: 'violet',
  submitted: 'violet',
  'in-review': 'teal',
  'changes-requested': 'amber',
  cleared: 'teal',
  signed: 'green',
  spiked: 'red',
  killed: 'red',
}
export const stateWord = (state: string): [string, Tone] => [
  isState(state) ? STATES[state].vi : state,
  TONES[state] ?? 'grey',
]

/** States in which the author's words and clip are still the author's. */
export const isMine = (state: string) => ['assigned', 'draft', 'changes-requested'].includes(state)

/** The clip's file was refused or could not be made: only another file leads on. */
const isSpoiled = ({ upload, asset }: MyStory) =>
  ['refused', 'expired'].includes(upload?.state ?? '') ||
  (asset?.state === 'failed' && upload?.state === 'accepted')

/** A file that is turned away at the door (too large, no room) leaves no trace but a clip without one. */
export const hasNoFile = ({ kind, upload, asset }: MyStory) =>
  kind === 'clip' && upload === null && asset === null

/** Handing in can only fail: a file has to come first. */
export const needsFile = (item: MyStory) => isSpoiled(item) || hasNoFile(item)

/** What stands outside of a story, said to its author. */
export const OUTWARD: Record<'out' | 'withdrawn', [string, Tone]> = {
  out: ['Đã đăng', 'green'],
  withdrawn: ['Đã gỡ', 'grey'],
}

export const NOTE = 'Ghi chú của phóng viên'
export const VIDEO = 'video/*,.mp4,.mov,.mkv,.mts'

const number = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 })
const MB = 1_000_000

export const size = (bytes: number) =>
  bytes >= 1000 * MB ? `${number.format(bytes / MB / 1000)} GB` : `${number.format(bytes / MB)} MB`

export const timeLeft = (seconds: number) => {
  if (seconds < 60) return `còn ${Math.max(1, Math.round(seconds))} giây`
  if (seconds < 3600) return `còn ${Math.round(seconds / 60)} phút`
  return `còn ${number.format(seconds / 3600)} giờ`
}

export const percent = (fraction: number) => `${Math.floor(fraction * 100)}%`

const clock = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
export const at = (iso: string) => (iso === '' ? '' : clock.format(new Date(iso)).replace('-', '/'))

export const OFFLINE = 'Mất mạng. Cứ để trang mở; có mạng sẽ gửi tiếp từ chỗ dừng.'
export const NO_ANSWER = 'Máy chủ chưa trả lời. Chữ của bạn vẫn còn đây; thử lại sau ít phút.'
