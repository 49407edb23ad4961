import type { Help } from '@/errors'
import type { Tone } from '@/people/ui/pieces'

export const STATES: Record<string, { label: Help; tone: Tone }> = {
  assigned: { label: { vi: 'Đã giao', en: 'Assigned' }, tone: 'grey' },
  draft: { label: { vi: 'Bản nháp', en: 'Draft' }, tone: 'grey' },
  submitted: { label: { vi: 'Chờ duyệt', en: 'Submitted' }, tone: 'blue' },
  'in-review': { label: { vi: 'Đang biên tập', en: 'In review' }, tone: 'blue' },
  'changes-requested': { label: { vi: 'Yêu cầu sửa', en: 'Changes requested' }, tone: 'amber' },
  cleared: { label: { vi: 'Đã biên tập', en: 'Cleared' }, tone: 'teal' },
  signed: { label: { vi: 'Đã duyệt', en: 'Signed' }, tone: 'green' },
  spiked: { label: { vi: 'Đã loại', en: 'Spiked' }, tone: 'grey' },
  archived: { label: { vi: 'Lưu trữ', en: 'Archived' }, tone: 'grey' },
  killed: { label: { vi: 'Đã hủy', en: 'Killed' }, tone: 'red' },
}

/** Where a delivery stands, as an icon or a pill says it. */
export const OUTWARD: Record<string, { label: Help; tone: Tone }> = {
  planned: { label: { vi: 'Đã xếp', en: 'Planned' }, tone: 'violet' },
  preparing: { label: { vi: 'Đang tải lên', en: 'Preparing' }, tone: 'blue' },
  ready: { label: { vi: 'Chờ giờ', en: 'Waiting' }, tone: 'violet' },
  committing: { label: { vi: 'Đang đăng', en: 'Going out' }, tone: 'blue' },
  unconfirmed: { label: { vi: 'Chưa rõ', en: 'Not known' }, tone: 'amber' },
  confirming: { label: { vi: 'Đang xác nhận', en: 'Being confirmed' }, tone: 'blue' },
  published: { label: { vi: 'Đã đăng', en: 'Out' }, tone: 'green' },
  replaced: { label: { vi: 'Đã thay bản mới', en: 'Replaced' }, tone: 'grey' },
  held: { label: { vi: 'Đang giữ', en: 'Held' }, tone: 'amber' },
  late: { label: { vi: 'Quá giờ', en: 'Late' }, tone: 'amber' },
  refused: { label: { vi: 'Bị từ chối', en: 'Refused' }, tone: 'red' },
  disarming: { label: { vi: 'Đang hủy hẹn giờ', en: 'Disarming' }, tone: 'amber' },
  cancelled: { label: { vi: 'Đã hủy', en: 'Cancelled' }, tone: 'grey' },
  withdrawing: { label: { vi: 'Đang gỡ', en: 'Being taken down' }, tone: 'amber' },
  withdrawn: { label: { vi: 'Đã gỡ', en: 'Taken down' }, tone: 'grey' },
}

export const stateOf = (table: typeof STATES, id: string) =>
  table[id] ?? { label: { vi: id, en: id }, tone: 'grey' as const }

export const BOARD = {
  title: { vi: 'Bàn làm việc', en: 'Desk' },
  mine: { vi: 'Chờ tôi', en: 'Waiting for me' },
  nothing: { vi: 'Không có việc nào chờ bạn.', en: 'Nothing is waiting for you.' },
  keys: { vi: 'J / K chuyển tin · Enter mở · / tìm', en: 'J / K move · Enter open · / search' },
  search: { vi: 'Tìm tin, không cần dấu…', en: 'Search stories…' },
  add: { vi: 'Tin mới', en: 'New story' },
  empty: { vi: 'Chưa có tin', en: 'No stories' },
  notFound: { vi: 'Không thấy tin nào khớp “{text}”.', en: 'Nothing matches “{text}”.' },
  political: { vi: 'Chính trị', en: 'Political' },
  processing: { vi: 'Đang chuyển mã {share} %', en: 'Processing {share} %' },
  left: { vi: 'còn {time}', en: '{time} left' },
  failed: { vi: 'Tệp không dùng được', en: 'File is not usable' },
  noStories: {
    vi: 'Tin bài do ban biên tập giữ. Bạn quản lý người, kênh và nhật ký ở bên cạnh.',
    en: 'Stories belong to the desk. You look after people, channels and the audit, beside this.',
  },
  states: { vi: 'Trạng thái', en: 'States' },
  loading: { vi: 'Đang tải…', en: 'Loading…' },
}

export const REVIEW = {
  back: { vi: 'Về bàn làm việc', en: 'Back to the desk' },
  cleared: { vi: 'biên tập xong {time}', en: 'cleared {time}' },
  clearedBy: { vi: 'biên tập xong {time} bởi {who}', en: 'cleared {time} by {who}' },
  source: { vi: 'nguồn: {name}', en: 'source: {name}' },
  version: { vi: 'bản {n}', en: 'revision {n}' },
  edit: { vi: 'Sửa bài', en: 'Edit the text' },
  room: { vi: 'Phòng duyệt', en: 'Review room' },
  watched: { vi: 'Đã xem {share} %', en: '{share} % watched' },
  unwatched: { vi: 'Phần chưa xem: {spans}', en: 'Not watched yet: {spans}' },
  allWatched: { vi: 'Đã xem hết', en: 'All watched' },
  noClip: { vi: 'Chưa có clip để xem.', en: 'No clip to watch yet.' },
  making: { vi: 'Đang chuyển mã {share} %', en: 'Processing {share} %' },
  makingMore: { vi: 'Xem hàng chờ chuyển mã', en: 'See what is being transcoded' },
  changes: { vi: 'Thay đổi từ lần biên tập trước', en: 'Changed since last cleared' },
  noChanges: {
    vi: 'Không có gì thay đổi từ lần biên tập trước.',
    en: 'Nothing changed since last cleared.',
  },
  firstTime: { vi: 'Tin chưa được biên tập lần nào.', en: 'Never cleared before.' },
  text: { vi: 'Bài', en: 'Text' },
  noText: { vi: 'Chưa có chữ nào.', en: 'No text yet.' },
  channels: { vi: 'Kênh', en: 'Channels' },
  history: { vi: 'Nhật ký', en: 'History' },
  sign: { vi: 'Ký duyệt', en: 'Sign-off' },
  signNow: { vi: 'Ký {n} kênh', en: 'Sign {n} channels' },
  checks: { vi: 'Kiểm trước khi ký', en: 'Before signing' },
  note: { vi: 'Ghi chú của phóng viên', en: 'Reporter’s note' },
  unsigned: { vi: 'CHƯA KÝ', en: 'NOT SIGNED' },
  fallen: { vi: 'ẤN ĐÃ MẤT HIỆU LỰC', en: 'SEAL NO LONGER HOLDS' },
  sealed: { vi: 'ĐÃ DUYỆT', en: 'SIGNED' },
  sealedOn: { vi: '{n} KÊNH', en: '{n} CHANNELS' },
  binds: {
    vi: 'Ấn này gắn với đúng từng byte: bài, mọi tệp mà kênh sẽ phát và {variants} bản kênh. Sửa bất kỳ thứ gì, ấn mất hiệu lực ở kênh đó.',
    en: 'This seal binds exact bytes: the text, every file that the channel will show and {variants} variants. Change anything and the seal is void on that channel.',
  },
  willBind: {
    vi: 'Khi ký, ấn gắn với đúng từng byte: bài, mọi tệp mà kênh sẽ phát và {variants} bản kênh. Sửa sau khi ký thì ấn mất hiệu lực ở kênh đó.',
    en: 'Once signed, the seal binds exact bytes: the text, every file that the channel will show and {variants} variants. Change anything after that and the seal is void on that channel.',
  },
  signAgain: {
    vi: 'Đã đổi sau khi ký: phải ký lại mới đăng được.',
    en: 'Changed after signing: it has to be signed again before it goes out.',
  },
  signedBy: { vi: '{who} ký {time} · ấn {digest}', en: 'Signed by {who} {time} · seal {digest}' },
  notYet: { vi: 'Chưa ký', en: 'Not signed' },
  void: { vi: 'Ấn mất hiệu lực', en: 'Seal void' },
  valid: { vi: 'Đã ký', en: 'Signed' },
  noChannel: { vi: 'Chưa chọn kênh nào.', en: 'No channel chosen yet.' },
  stale: {
    vi: 'Vừa có người thay đổi tin này. Trạng thái đã tải lại; chữ bạn gõ vẫn còn.',
    en: 'Somebody just changed this story. Its state was reloaded; what you typed is kept.',
  },
  sendPicture: { vi: 'Gửi ảnh làm ảnh đại diện', en: 'Send a picture as the thumbnail' },
  sendPictureHow: {
    vi: 'JPEG, PNG, WebP hoặc AVIF, tối đa 60 MB. Gửi xong, chọn ảnh ở từng kênh.',
    en: 'JPEG, PNG, WebP or AVIF, 60 MB at most. When it is sent, choose it on each channel.',
  },
  pictureSent: {
    vi: 'Đã nhận. Vài giây nữa ảnh hiện ở phần Ảnh đại diện của từng kênh.',
    en: 'Received. In a few seconds it appears among the thumbnails of each channel.',
  },
  pictureLost: {
    vi: 'Ảnh chưa gửi được. Kiểm tra mạng rồi chọn lại ảnh.',
    en: 'The picture was not sent. Check the connection and choose it again.',
  },
  extras: { vi: 'Tư liệu kèm theo', en: 'Material beside the clip' },
  extraComing: { vi: 'đang xử lý', en: 'being processed' },
  extraFailed: { vi: 'không chuyển mã được', en: 'could not be processed' },
  returned: { vi: 'Yêu cầu sửa: {reason}', en: 'Sent back: {reason}' },
  whyNot: { vi: 'Việc chưa làm được, và vì sao', en: 'What cannot be done yet, and why' },
  more: { vi: 'Khác', en: 'More' },
  tabChanges: { vi: 'Thay đổi {n}', en: 'Changes {n}' },
  tabChannels: { vi: 'Kênh {n}', en: 'Channels {n}' },
  parts: { vi: 'Các phần', en: 'Parts' },
}

export const CHECKS = {
  made: { vi: 'Bản chuyển mã đã xong', en: 'Renditions are ready' },
  making: { vi: 'Bản chuyển mã chưa xong', en: 'Renditions are not ready' },
  makingFor: { vi: 'Đang chuyển mã cho {name}: {n} %', en: 'Processing for {name}: {n} %' },
  broken: { vi: 'Chuyển mã hỏng: {why}', en: 'Processing failed: {why}' },
  noClip: { vi: 'Clip chưa có tệp', en: 'The clip has no file' },
  sound: { vi: 'Âm lượng {value} LUFS, đạt', en: 'Loudness {value} LUFS, good' },
  watched: { vi: 'Đã xem hết clip', en: 'The clip was watched to the end' },
  unwatched: { vi: 'Chưa xem hết clip: còn {n} giây', en: 'Not watched to the end: {n} s left' },
  goOn: { vi: 'Xem tiếp', en: 'Go on watching' },
  full: { vi: '{name}: đủ', en: '{name}: complete' },
  lacks: { vi: '{name}: {what}', en: '{name}: {what}' },
  mend: { vi: 'Sửa', en: 'Mend' },
  none: { vi: 'Chưa chọn kênh nào', en: 'No channel chosen' },
  add: { vi: 'Chọn kênh', en: 'Choose channels' },
}
