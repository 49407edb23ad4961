import type { RightsState } from '@/assets/rights'
import type { Help } from '@/errors'
import type { Tone } from '@/people/ui/pieces'

export const LIBRARY = {
  title: { vi: 'Kho tư liệu', en: 'Library' },
  search: {
    vi: 'Tìm tên, người, nơi, tin… không cần dấu',
    en: 'Search name, person, place, story…',
  },
  loading: { vi: 'Đang tải…', en: 'Loading…' },
  count: { vi: '{n} tư liệu', en: '{n} assets' },
  near: {
    vi: 'Không tư liệu nào có đúng các chữ này. Dưới đây là những gì gần giống nhất.',
    en: 'Nothing has just these words. Below is what comes nearest.',
  },
  empty: {
    vi: 'Chưa có tư liệu nào. Tệp gửi kèm tin sẽ nằm ở đây.',
    en: 'No assets yet. Files sent with stories will lie here.',
  },
  none: { vi: 'Không thấy tư liệu nào khớp.', en: 'Nothing matches.' },
  clear: { vi: 'Bỏ hết điều kiện', en: 'Clear the filters' },
  more: { vi: 'Xem thêm', en: 'Show more' },
  again: { vi: 'Thử lại', en: 'Try again' },
  filters: { vi: 'Lọc', en: 'Filters' },
  keys: {
    vi: '/ tìm · mũi tên chuyển · Shift + ← → tua · Enter mở · Esc đóng',
    en: '/ search · arrows move · Shift + ← → scrub · Enter opens · Esc closes',
  },
  results: { vi: 'Kết quả', en: 'Results' },
  stories: { vi: '{n} tin', en: '{n} stories' },
  unused: { vi: 'chưa dùng', en: 'not used' },
  making: { vi: 'Đang chuyển mã', en: 'Processing' },
  failed: { vi: 'Tệp không dùng được', en: 'Not usable' },
} as const satisfies Record<string, Help>

export const KIND_WORDS: Record<string, Help> = {
  video: { vi: 'Clip', en: 'Clip' },
  audio: { vi: 'Tiếng', en: 'Sound' },
  image: { vi: 'Ảnh', en: 'Picture' },
}

export const FILTER = {
  kind: { vi: 'Loại', en: 'Kind' },
  section: { vi: 'Chuyên mục', en: 'Section' },
  rights: { vi: 'Bản quyền', en: 'Rights' },
  person: { vi: 'Người trong hình', en: 'Person' },
  place: { vi: 'Nơi', en: 'Place' },
  from: { vi: 'Từ ngày', en: 'From' },
  to: { vi: 'Đến ngày', en: 'To' },
  any: { vi: 'Tất cả', en: 'All' },
} as const satisfies Record<string, Help>

export const RIGHTS_WORDS: Record<RightsState, { label: Help; tone: Tone }> = {
  valid: { label: { vi: 'Được dùng', en: 'May be used' }, tone: 'green' },
  expiring: { label: { vi: 'Sắp hết hạn', en: 'Expiring soon' }, tone: 'amber' },
  expired: { label: { vi: 'Hết hạn', en: 'Expired' }, tone: 'red' },
  'not-yet': { label: { vi: 'Chưa tới ngày dùng', en: 'Not yet' }, tone: 'violet' },
  unknown: { label: { vi: 'Chưa rõ bản quyền', en: 'Rights not known' }, tone: 'grey' },
}

export const RIGHTS_LINES = {
  until: { vi: 'Được dùng đến {day}', en: 'May be used until {day}' },
  today: { vi: 'Hết hạn hôm nay', en: 'Expires today' },
  left: { vi: 'Còn {n} ngày', en: '{n} days left' },
  ended: { vi: 'Hết hạn {day}', en: 'Expired {day}' },
  begins: { vi: 'Dùng từ {day}', en: 'From {day}' },
} as const satisfies Record<string, Help>

export const PANEL = {
  close: { vi: 'Đóng', en: 'Close' },
  gone: { vi: 'Không mở được tư liệu này.', en: 'This asset can not be opened.' },
  keys: {
    vi: 'Cách phát/dừng · J lùi · K dừng · L phát, nhanh dần',
    en: 'Space play/pause · J back · K stop · L play, faster',
  },
  noPlay: { vi: 'Chưa có bản xem nhanh.', en: 'No quick copy yet.' },
  wave: { vi: 'Dạng sóng; bấm để tua', en: 'Waveform; click to seek' },
  about: { vi: 'Ghi chú', en: 'Notes' },
  rights: { vi: 'Bản quyền', en: 'Rights' },
  uses: { vi: 'Đã dùng ở', en: 'Where it was used' },
  noUses: { vi: 'Chưa nằm trong tin nào.', en: 'In no story yet.' },
  origin: { vi: 'Tệp gốc', en: 'Original' },
  cutFrom: { vi: 'Cắt từ “{title}”, {from} – {to}', en: 'Cut from “{title}”, {from} – {to}' },
  save: { vi: 'Lưu ghi chú', en: 'Save notes' },
  saving: { vi: 'Đang lưu…', en: 'Saving…' },
  saved: { vi: 'Đã lưu.', en: 'Saved.' },
  undo: { vi: 'Hoàn tác', en: 'Undo' },
  theirs: { vi: 'Bản vừa lưu: {text}', en: 'Saved just now: {text}' },
  blank: { vi: '(để trống)', en: '(empty)' },
  came: { vi: 'Về kho {time}', en: 'Came in {time}' },
} as const satisfies Record<string, Help>

export const USED_AS: Record<'clip' | 'extra' | 'cut', Help> = {
  clip: { vi: 'clip của tin', en: 'the story’s clip' },
  extra: { vi: 'tư liệu kèm', en: 'material beside it' },
  cut: { vi: 'đoạn cắt', en: 'a cut of it' },
}

export const NOTE_WORDS = {
  title: { vi: 'Tên dễ tìm', en: 'Name' },
  people: { vi: 'Người trong hình', en: 'People' },
  place: { vi: 'Nơi', en: 'Place' },
  takenOn: { vi: 'Ngày ghi hình', en: 'Taken on' },
  credit: { vi: 'Ghi nguồn là', en: 'Credit line' },
  basis: { vi: 'Căn cứ', en: 'Ground' },
  holder: { vi: 'Chủ sở hữu', en: 'Holder' },
  leaseFrom: { vi: 'Dùng từ ngày', en: 'From' },
  leaseTo: { vi: 'Dùng đến hết ngày', en: 'Until' },
  territory: { vi: 'Dùng ở đâu', en: 'Where' },
} as const satisfies Record<string, Help>

export const NO_BASIS: Help = { vi: 'Chưa rõ', en: 'Not known' }
