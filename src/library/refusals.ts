import { refuse, type Refusal } from '@/errors'

/** Every no of this room, with what to do about it. The number is what HTTP says. */
const NO = {
  nobody: [401, 'Cần đăng nhập.', 'Sign in first.'],
  role: [
    403,
    'Vai trò của bạn không làm được việc này. Nhờ biên tập viên hoặc thư ký tòa soạn.',
    'Your role may not do this. Ask an editor or the secretariat.',
  ],
  absent: [
    404,
    'Không thấy tư liệu này. Tải lại trang.',
    'This asset is not found. Reload the page.',
  ],
  stale: [
    409,
    'Có người vừa ghi chú tư liệu này. Xem bản của họ rồi lưu lại.',
    'Somebody described this asset just now. Look at theirs, then save again.',
  ],
  'bad-request': [400, 'Yêu cầu không hợp lệ.', 'The request makes no sense.'],
  'bad-date': [
    422,
    'Ngày không có trong lịch. Ghi theo dạng năm-tháng-ngày.',
    'There is no such day. Write year-month-day.',
  ],
  'lease-backwards': [
    422,
    'Ngày hết hạn đứng trước ngày bắt đầu. Sửa một trong hai.',
    'The lease ends before it begins. Change one of the two.',
  ],
  'bad-basis': [422, 'Chọn căn cứ bản quyền trong danh sách.', 'Choose the ground from the list.'],
} as const satisfies Record<string, readonly [number, string, string]>

export type Reason = keyof typeof NO

export const no = (reason: Reason, detail?: Record<string, unknown>): Refusal => {
  const [, vi, en] = NO[reason]
  return refuse(reason, { vi, en }, detail)
}

export const statusOf = ({ reason }: Refusal): number =>
  reason in NO ? NO[reason as Reason][0] : 422 // just asked whether it is one
