import { refuse, type Refusal } from '@/errors'

export const NO = {
  nobody: refuse('nobody', { vi: 'Cần đăng nhập.', en: 'Sign in first.' }),
  role: refuse('role', {
    vi: 'Vai trò của bạn không làm được việc này.',
    en: 'Your role may not do this.',
  }),
  absent: refuse('absent', {
    vi: 'Không có tư liệu hoặc phụ đề này.',
    en: 'There is no such asset, or no such captions.',
  }),
  bad: refuse('bad-request', {
    vi: 'Yêu cầu không hợp lệ.',
    en: 'The request makes no sense.',
  }),
  silent: refuse('no-sound', {
    vi: 'Tư liệu này không có tiếng để chép.',
    en: 'There is no sound in it to write down.',
  }),
  still: refuse('no-clip', {
    vi: 'Chỉ video và âm thanh có phụ đề.',
    en: 'Only video and sound have captions.',
  }),
  accepted: refuse('accepted', {
    vi: 'Phụ đề này đã được duyệt nên không sửa thẳng được. Bấm "Sửa lại" để mở ra.',
    en: 'These captions are accepted and can not be changed as they are. Reopen them first.',
  }),
  draft: refuse('state', {
    vi: 'Phụ đề này đang là bản nháp.',
    en: 'These captions are a draft.',
  }),
  empty: refuse('empty', {
    vi: 'Chưa có câu nào nên chưa duyệt được.',
    en: 'There is no caption yet, so there is nothing to accept.',
  }),
  hasText: refuse('has-text', {
    vi: 'Ngôn ngữ này đã có phụ đề. Máy chỉ chép khi còn trống.',
    en: 'There are captions in this language. The machine writes only where there are none.',
  }),
  hearing: refuse('hearing', {
    vi: 'Máy đang chép rồi. Chờ bản nháp.',
    en: 'The machine is at it already. Wait for its draft.',
  }),
  noMachine: refuse('no-machine', {
    vi: 'Tòa soạn chưa nối dịch vụ chép lời. Quản trị đặt TRANSCRIBE_URL rồi thử lại.',
    en: 'No transcription service is set up. The administrator sets TRANSCRIBE_URL.',
  }),
} as const

/** Somebody else's words stand there now: they come along, so that the editor can show both and lose neither. */
export const stale = (detail: Record<string, unknown>): Refusal =>
  refuse(
    'stale',
    {
      vi: 'Người khác vừa sửa phụ đề này. Chữ của bạn vẫn còn ở đây; xem hai bản rồi chọn.',
      en: 'Somebody else has just changed these captions. Your words are still here; look at both and choose.',
    },
    detail,
  )

export const problemsLeft = (count: number): Refusal =>
  refuse(
    'problems',
    {
      vi: `Còn ${count} lỗi phải sửa trước khi duyệt (đánh dấu đỏ ở từng câu).`,
      en: `${count} problems must be mended before these can be accepted (marked red).`,
    },
    { count },
  )

export const STATUS: Record<string, number> = { nobody: 401, role: 403, absent: 404, 'bad-request': 400, stale: 409, accepted: 409, state: 409, hearing: 409, 'has-text': 409, 'too-big': 413 } // prettier-ignore
