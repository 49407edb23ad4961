import type { Help } from '@/errors'
import type { Why } from '../transcodes'

const words = (vi: string, en: string): Help => ({ vi, en })

export const TRANSCODES = {
  title: words('Chuyển mã', 'Transcoding'),
  loading: words('Đang tải…', 'Loading…'),
  nothing: words(
    'Không có tệp nào đang làm hay chờ. Tệp mới gửi lên sẽ hiện ở đây cho tới khi xong.',
    'Nothing is being made or waits. A file that is sent shows here until it is done.',
  ),
  running: words('Đang làm', 'Under way'),
  runningNone: words('Không có tệp nào đang làm.', 'Nothing is under way.'),
  waiting: words('Chờ tới lượt', 'Waiting'),
  waitingHow: words(
    'Tin nóng trước, rồi các ban lần lượt; trong một ban, tệp gửi trước làm trước. Ảnh và âm thanh có hàng riêng.',
    'Breaking news first, then desks in turn; within a desk, what was sent first. Stills and sound have a line of their own.',
  ),
  parked: words('Cần người xem', 'Needs a person'),
  parkedHow: words(
    'Máy không tự làm tiếp các tệp này. Đọc lý do, rồi chuyển mã lại hoặc gửi tệp khác.',
    'The machine does not go on with these by itself. Read why, then try again or send another file.',
  ),
  video: words('video', 'video'),
  light: words('ảnh, âm thanh', 'stills, sound'),
  noDesk: words('không thuộc tin nào', 'of no story'),
  untitled: words('Tệp không tên', 'File without a name'),
  turn: words('Lượt {n}', 'Turn {n}'),
  urgent: words('Tin nóng', 'Breaking'),
  done: words('Đã làm {share} %', '{share} % done'),
  stopping: words('Đang dừng…', 'Stopping…'),
  secondsLeft: words('còn khoảng {n} giây', 'about {n} s left'),
  minutesLeft: words('còn khoảng {n} phút', 'about {n} min left'),
  stop: words('Dừng', 'Stop'),
  stopWhat: words(
    'Máy dừng ngay và bỏ phần đang làm dở của «{title}». Bản đã xong thì giữ. Chuyển mã lại được bất cứ lúc nào.',
    'The machine stops at once and drops what is half made of “{title}”. What is done stays. It can be transcoded again at any time.',
  ),
  retry: words('Chuyển mã lại', 'Transcode again'),
  hurry: words('Làm trước', 'Put first'),
  calm: words('Trở về lượt', 'Back in turn'),
  hurried: words('«{title}» sẽ được làm trước.', '“{title}” goes first.'),
  calmed: words('«{title}» trở về đúng lượt.', '“{title}” is back in its turn.'),
  again: words('«{title}» được xếp lại vào hàng chờ.', '“{title}” waits again.'),
  stopped: words(
    '«{title}» đã được yêu cầu dừng. Muốn làm tiếp, bấm Chuyển mã lại ở mục Cần người xem.',
    '“{title}” was asked to stop. To go on, press Transcode again under Needs a person.',
  ),
  undo: words('Hoàn tác', 'Undo'),
} as const

export const PASSES: Record<string, Help> = {
  proxy: words('bản xem nhanh cho ban biên tập', 'quick copy for the desk'),
  renditions: words('các bản để đăng', 'the copies that go out'),
}

/** What waits outside says its own words; the rest is said here. */
export const WHY: Record<Exclude<Why, 'outside'>, Help> = {
  turn: words('Chờ máy rảnh.', 'Waits for a free machine.'),
  urgent: words('Tin nóng: làm ngay khi có máy rảnh.', 'Breaking news: begun as soon as a machine is free.'), // prettier-ignore
  lost: words(
    'Máy ngừng giữa chừng {n} lần khi đang làm; xếp sau các tệp khác của ban.',
    'The machine stopped in the middle of it {n} times; it goes after the other files of its desk.',
  ),
  failed: words('Lần trước bị lỗi; máy sẽ tự thử lại.', 'It failed the last time; it is tried again by itself.'), // prettier-ignore
  soon: words('Sắp được xếp lượt.', 'Gets its turn in a moment.'),
}
