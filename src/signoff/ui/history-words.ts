import type { Help } from '@/errors'

const words = (vi: string, en: string): Help => ({ vi, en })

const ACTIONS: Record<string, Help> = {
  create: words('Tạo tin', 'Created'),
  save: words('Lưu bài', 'Saved'),
  submit: words('Gửi duyệt', 'Submitted'),
  withdraw: words('Rút lại', 'Withdrawn by the author'),
  take: words('Nhận biên tập', 'Taken for review'),
  return: words('Yêu cầu sửa', 'Sent back'),
  clear: words('Biên tập xong', 'Cleared'),
  unclear: words('Mở lại biên tập', 'Clearing taken back'),
  sign: words('Ký duyệt', 'Signed'),
  spike: words('Loại tin', 'Spiked'),
  kill: words('Hủy tin', 'Killed'),
  void: words('Ấn mất hiệu lực', 'Seal voided'),
  plan: words('Xếp lượt đăng', 'Planned'),
  move: words('Đổi giờ', 'Moved'),
  cancel: words('Hủy lượt đăng', 'Cancelled'),
  takedown: words('Gỡ', 'Taken down'),
  release: words('Thả lượt giữ', 'Released'),
  resolve: words('Người xác nhận', 'Resolved by a person'),
  published: words('Người lạ đã thấy bài', 'Seen by a stranger'),
}

/** Audit actions read as `room.verb`; what has no words yet shows its own name. */
export const actionWords = (action: string): Help =>
  ACTIONS[action] ?? ACTIONS[action.split('.').at(-1) ?? ''] ?? words(action, action)
