import { NewsroomError, type Help } from '@/errors'

/** What is no fault of the clip: it passes, and the work waits for it without being counted as failed. */
export type Outside = 'disk-full' | 'store-away' | 'database-away'

const WORDS: Record<Outside, Help> = {
  'disk-full': {
    vi: 'Ổ đĩa của máy chuyển mã đã đầy. Báo quản trị dọn chỗ; có chỗ là tự làm tiếp.',
    en: 'The disk of the transcoding machine is full. Tell the administrator; the work goes on by itself once there is room.',
  },
  'store-away': {
    vi: 'Kho tệp không trả lời. Kho trở lại là tự làm tiếp.',
    en: 'The file store does not answer. The work goes on by itself once it is back.',
  },
  'database-away': {
    vi: 'Cơ sở dữ liệu không trả lời. Trở lại là tự làm tiếp.',
    en: 'The database does not answer. The work goes on by itself once it is back.',
  },
}

export const outsideWords = (outside: Outside): Help => WORDS[outside]

const SIGNS: readonly [Outside, (code: string, text: string) => boolean][] = [
  ['disk-full', (code, text) => /^(ENOSPC|EDQUOT|disk-full)$/.test(code) || /SQLITE_FULL|database or disk is full/.test(text)], // prettier-ignore
  ['store-away', (code) => code === 'store-away'],
  ['database-away', (_, text) => /^Mongo(Network|ServerSelection|NotConnected|PoolC)|SQLITE_(BUSY|IOERR|CANTOPEN)/.test(text)], // prettier-ignore
]

const field = (thing: unknown, name: string): unknown =>
  typeof thing === 'object' && thing !== null ? Reflect.get(thing, name) : undefined

/** Which of these an error is, or null when the clip or our own code is to blame. Looks through its causes. */
export const outsideOf = (error: unknown, depth = 3): Outside | null => {
  const code = String(field(error, 'code') ?? '')
  const text = `${field(error, 'name')} ${field(error, 'message')}`
  const found = SIGNS.find(([, means]) => means(code, text))
  if (found) return found[0]
  const cause = field(error, 'cause')
  return cause && depth > 0 ? outsideOf(cause, depth - 1) : null
}

export const wordsOf = (error: unknown, otherwise: Help): Help =>
  error instanceof NewsroomError ? error.help : otherwise
