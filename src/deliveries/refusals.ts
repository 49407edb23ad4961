import type { Help } from '@/errors'
import { refuse, type Refusal } from '@/errors'

/** Every no of this room, with what to do about it. `status` is what HTTP says. */
const NO = {
  nobody: [401, 'Hãy đăng nhập.', 'Sign in.'],
  role: [
    403,
    'Vai trò của bạn không làm được việc này. Nhờ Thư ký tòa soạn hoặc ban Độc giả.',
    'Your role may not do this. Ask the secretariat or the audience desk.',
  ],
  absent: [404, 'Không tìm thấy. Tải lại trang.', 'Not found. Reload the page.'],
  stale: [
    409,
    'Có người vừa thay đổi lượt đăng này. Tải lại rồi làm tiếp.',
    'Somebody changed this delivery just now. Reload and go on.',
  ],
  'not-here': [
    409,
    'Lượt đăng đang ở trạng thái không cho phép việc này. Tải lại trang.',
    'The delivery stands where this is not possible. Reload the page.',
  ],
  'already-planned': [
    409,
    'Kênh này đã có lượt đăng. Dời giờ hoặc hủy lượt đó.',
    'The channel already has a delivery of this story. Move or cancel that one.',
  ],
  'already-out': [
    409,
    'Tin đã lên kênh này. Gỡ trước khi đăng lại.',
    'The story is out on this channel. Take it down before sending it again.',
  ],
  'no-variant': [
    422,
    'Chưa có bản cho kênh này. Soạn bản kênh trước.',
    'There is no variant for this channel. Write it first.',
  ],
  'channel-off': [
    422,
    'Kênh không còn dùng. Chọn kênh khác.',
    'The channel is not in use. Choose another.',
  ],
  'rights-expired': [
    422,
    'Bản quyền của clip hoặc ảnh đại diện chỉ đến hết ngày {day}. Gia hạn trong Kho tư liệu, hoặc dùng clip, ảnh khác.',
    'The rights in the clip or its thumbnail end with {day}. Extend them in the library, or use another one.',
  ],
  'rights-not-yet': [
    422,
    'Clip hoặc ảnh đại diện chỉ được dùng từ ngày {day}. Chọn giờ từ ngày đó.',
    'The clip or its thumbnail may be used from {day} on. Choose an hour from that day.',
  ],
  'bad-time': [
    422,
    'Giờ đăng không đọc được. Chọn lại ngày giờ.',
    'The hour cannot be read. Choose it again.',
  ],
  'too-far': [
    422,
    'Giờ đăng cách quá một năm. Chọn giờ gần hơn.',
    'The hour is more than a year away. Choose a nearer one.',
  ],
  'in-the-past': [
    422,
    'Giờ đăng đã qua. Chọn giờ khác hoặc “ngay”.',
    'The hour has passed. Choose another, or “now”.',
  ],
  'no-reason': [422, 'Ghi lý do.', 'Give a reason.'],
  'bad-outcome': [
    422,
    'Chọn “Đã thấy bài” hoặc “Không thấy”.',
    'Choose “it is there” or “it is not”.',
  ],
  'bad-url': [
    422,
    'Địa chỉ bài không hợp lệ. Dán lại địa chỉ https.',
    'The address is not valid. Paste the https address.',
  ],
  'bad-request': [
    422,
    'Thiếu thông tin hoặc thông tin sai kiểu.',
    'Something is missing or of the wrong kind.',
  ],
  'unknown-platform': [422, 'Không có nền tảng này.', 'There is no such platform.'],
  'token-needed': [422, 'Nền tảng này cần mã truy cập.', 'This platform needs a token.'],
  'demo-only': [
    422,
    'Tòa soạn đang chạy thử: chỉ nhận nền tảng giả trên máy này và mã bắt đầu bằng “demo”.',
    'The newsroom runs as a demo: only platforms on this machine and tokens that start with “demo”.',
  ],
  'loopback-refused': [
    422,
    'Địa chỉ nền tảng nằm trên chính máy này. Dùng địa chỉ thật.',
    'The platform’s address lies on this machine. Use the real one.',
  ],
  'not-connected': [
    422,
    'Nền tảng không nhận mã truy cập. Kiểm tra rồi thử lại.',
    'The platform did not take the token. Check it and try again.',
  ],
  'not-proved': [
    422,
    'Kênh này kết nối dở dang, chưa biết là tài khoản nào. Hãy kết nối lại.',
    'This channel was never fully connected: whose account it is was not proved. Connect it again.',
  ],
  'other-account': [
    422,
    'Mã này thuộc một tài khoản khác. Kênh giữ nguyên tài khoản; hãy tạo kênh mới.',
    'This token belongs to another account. A channel stays its account; connect a new channel.',
  ],
  'account-taken': [
    409,
    'Tài khoản này đã nối ở kênh “{channel}”. Mỗi tài khoản một kênh: hãy dùng kênh đó.',
    'This account is connected as “{channel}” already. One account is one channel: use that one.',
  ],
  'one-website': [
    409,
    'Tòa soạn đã có kênh trang tin.',
    'The newsroom has its website channel already.',
  ],
} as const satisfies Record<string, readonly [number, string, string]>

export type Reason = keyof typeof NO

/** `{word}` in a help is filled from the detail. */
const filled = (text: string, detail: Record<string, unknown>): string =>
  text.replace(/\{(\w+)\}/g, (_whole, word: string) => String(detail[word] ?? ''))

export const no = (reason: Reason, detail?: Record<string, unknown>): Refusal => {
  const [, vi, en] = NO[reason]
  const help: Help = { vi: filled(vi, detail ?? {}), en: filled(en, detail ?? {}) }
  return refuse(reason, help, detail)
}

export const statusOf = (refusal: Refusal): number => {
  const known = Object.entries(NO).find(([reason]) => reason === refusal.reason)
  return known ? known[1][0] : 422
}
