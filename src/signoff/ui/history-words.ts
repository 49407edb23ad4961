import type { Help } from '@/errors'
import type { HistoryRow } from './types'

const words = (vi: string, en: string): Help => ({ vi, en })

const ACTIONS: Record<string, Help> = {
  login: words('Đăng nhập', 'Signed in'),
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
  archive: words('Lưu trữ', 'Archived'),
  reopen: words('Mở lại', 'Reopened'),
  second: words('Xác nhận lần hai', 'Second look'),
  'variant.save': words('Lưu bản kênh', 'Variant saved'),
  'story.captions': words('Phụ đề đổi', 'Captions changed'),
  'captions.begin': words('Bắt đầu phụ đề', 'Captions begun'),
  'captions.save': words('Lưu phụ đề', 'Captions saved'),
  'captions.import': words('Nhập tệp phụ đề', 'Captions imported'),
  'captions.accept': words('Duyệt phụ đề', 'Captions accepted'),
  'captions.reopen': words('Mở lại phụ đề', 'Captions reopened'),
  'captions.ask': words('Nhờ máy chép lời', 'The machine asked for captions'),
  'captions.take-heard': words('Lấy bản máy chép', 'The machine’s draft taken'),
  'captions.drop-heard': words('Bỏ bản máy chép', 'The machine’s draft dropped'),
  'captions.heard': words('Máy chép xong bản nháp', 'The machine wrote a draft'),
  'captions.failed': words('Máy không chép được', 'The machine could not'),
  'upload.begin': words('Bắt đầu gửi tệp', 'Upload begun'),
  'upload.received': words('Nhận đủ tệp', 'File received'),
  'upload.accepted': words('Tệp dùng được', 'File accepted'),
  'upload.refused': words('Tệp không dùng được', 'File refused'),
  'upload.withdrawn': words('Người gửi bỏ tệp', 'File dropped by its sender'),
  'upload.expired': words('Tệp gửi dở quá hạn', 'Unfinished upload expired'),
  'files.orphans': words('Liệt kê tệp không ai dùng', 'Unused files listed'),
  'files.orphans-removed': words('Xóa tệp không ai dùng', 'Unused files removed'),
  'asset.stored': words('Đã cất tư liệu', 'Asset stored'),
  'asset.ready': words('Chuyển mã xong', 'Renditions ready'),
  'rendition.made': words('Làm xong bản chuyển mã', 'Rendition made'),
  'asset.wanted': words('Kênh cần thêm bản chuyển mã', 'A channel needs more renditions'),
  'asset.redact': words('Che hình, tắt tiếng', 'Covered or muted'),
  'asset.look-under': words('Xem bản chưa che', 'Looked at it uncovered'),
  'clip.redact': words('Mở che hình, tắt tiếng', 'Covering begun'),
  'story.clip-changed': words('Clip đã đổi, biên tập lại', 'The clip changed, reviewed again'),
  'asset.failed': words('Chuyển mã hỏng', 'Processing failed'),
  'delivery.preparing': words('Đang tải lên kênh', 'Preparing the channel'),
  'delivery.ready': words('Sẵn sàng, chờ giờ', 'Ready, waiting for its hour'),
  'delivery.committing': words('Gửi lệnh đăng', 'Told to publish'),
  'delivery.committed': words('Kênh đã nhận', 'The channel took it'),
  'delivery.unconfirmed': words('Chưa rõ đã đăng hay chưa', 'Not known whether it is out'),
  'delivery.held': words('Giữ lại', 'Held'),
  'delivery.refused': words('Kênh từ chối', 'The channel refused'),
  'delivery.withdrawing': words('Đang gỡ', 'Being taken down'),
  'delivery.retracted': words('Kênh đã gỡ', 'The channel took it down'),
  'delivery.withdrawn': words('Đã gỡ, người lạ không còn thấy', 'Gone, no stranger sees it'),
  'delivery.replaced': words('Đã thay bản mới', 'Replaced by a newer one'),
}

/** Audit actions read as `room.verb`; what has no words yet shows its own name. */
export const actionWords = (action: string): Help =>
  ACTIONS[action] ?? ACTIONS[action.split('.').at(-1) ?? ''] ?? words(action, action)

const VOIDED = words('ấn mất hiệu lực', 'the seal no longer holds')

/** How many seals fell with this step, as its event says. */
const voidedBy = ({ detail }: HistoryRow): number => {
  const said: unknown = JSON.parse(detail || '{}')
  const voided = typeof said === 'object' && said !== null && 'voided' in said ? said.voided : 0
  return typeof voided === 'number' ? voided : 0
}

export const rowWords = (row: HistoryRow): Help => {
  const { vi, en } = actionWords(row.action)
  return voidedBy(row) > 0 ? words(`${vi} · ${VOIDED.vi}`, `${en} · ${VOIDED.en}`) : { vi, en }
}
