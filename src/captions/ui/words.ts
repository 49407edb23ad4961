import type { Help } from '@/errors'

const say = (vi: string, en: string): Help => ({ vi, en })

export const CAPTIONS = {
  title: say('Phụ đề', 'Captions'),
  loading: say('Đang tải…', 'Loading…'),
  back: say('Về phòng duyệt', 'Back to the review room'),
  language: say('Ngôn ngữ', 'Language'),
  none: say('chưa có', 'none'),
  draft: say('Bản nháp', 'Draft'),
  draftUnseen: say('Bản nháp, chưa ra trang', 'Draft, not for readers yet'),
  noneYet: say('Chưa có phụ đề', 'No captions yet'),
  accepted: say('Đã duyệt', 'Accepted'),
  acceptedBy: say('{who} duyệt {time}', 'accepted by {who} {time}'),
  machine: say('Máy tạo', 'Machine-made'),
  machineNote: say(
    'Bản này do máy chép ({model}). Người phải nghe lại, sửa rồi mới duyệt; độc giả cũng thấy chữ “máy tạo”.',
    'A machine wrote this ({model}). A person has to listen, mend and accept it; readers see “machine-made” too.',
  ),
  import: say('Nhập SRT/VTT', 'Import SRT/VTT'),
  importWhat: say('Thay mọi câu đang có; Ctrl+Z lấy lại.', 'Replaces what is there; Ctrl+Z takes it back.'), // prettier-ignore
  ask: say('Nhờ máy chép', 'Let the machine write'),
  askWhat: say('Dịch vụ {model} nghe và viết bản nháp; người soát rồi mới duyệt.', '{model} listens and writes a draft; a person checks it before it is accepted.'), // prettier-ignore
  hearing: say('Máy đang nghe và chép. Bạn vẫn gõ được; bản máy sẽ để riêng.', 'The machine is listening. You may type meanwhile; its draft will be put beside.'), // prettier-ignore
  heard: say('Máy đã chép xong {n} câu trong lúc bạn gõ.', 'The machine wrote {n} captions while you typed.'), // prettier-ignore
  takeHeard: say('Lấy bản máy', 'Take the machine’s'),
  dropHeard: say('Bỏ bản máy', 'Drop it'),
  accept: say('Duyệt phụ đề', 'Accept'),
  acceptAsk: say('Duyệt phụ đề này cho độc giả?', 'Accept these captions for readers?'),
  acceptWhat: say(
    'Phụ đề thành một phần của bài: ấn của trang tin (nếu đã ký) mất hiệu lực và phải ký lại.',
    'They become part of the story: the website’s seal, if there is one, falls and must be signed again.',
  ),
  reopen: say('Sửa lại', 'Reopen'),
  reopenAsk: say('Mở lại phụ đề đã duyệt?', 'Reopen accepted captions?'),
  reopenWhat: say(
    'Ấn của trang tin mất hiệu lực. Bản đang đăng vẫn giữ phụ đề cũ đến khi có bản mới được ký.',
    'The website’s seal falls. What is out keeps its captions until a newer edition is signed.',
  ),
  stops: say('{n} lỗi phải sửa', '{n} to mend'),
  warns: say('{n} chỗ nên xem', '{n} to look at'),
  clean: say('Không có lỗi', 'No problems'),
  firstProblem: say('Tới lỗi đầu tiên', 'Go to the first'),
  count: say('{n} câu', '{n} captions'),
  pace: say('{n} ký tự/giây', '{n} characters/s'),
  from: say('Từ', 'From'),
  to: say('Đến', 'To'),
  text: say('Chữ của câu {n}', 'Text of caption {n}'),
  cue: say('Câu {n}', 'Caption {n}'),
  empty: say(
    'Chưa có câu nào. Phát clip và nhấn N ở chỗ có tiếng nói, hoặc nhập tệp SRT/VTT.',
    'No captions yet. Play the clip and press N where somebody speaks, or import an SRT/VTT file.',
  ),
  noFilm: say(
    'Bản xem nhanh chưa xong. Vẫn sửa chữ và giờ được.',
    'The quick copy is not ready. Words and times can be edited all the same.',
  ),
  earlierOnes: say('Hiện {n} câu trước', 'Show {n} before'),
  laterOnes: say('Hiện {n} câu sau', 'Show {n} after'),
  keys: say('Phím tắt (thêm Alt khi đang gõ chữ)', 'Shortcuts (with Alt while typing)'),
  readOnly: say('Bạn xem được phụ đề, không sửa được.', 'You may read these captions, not change them.'), // prettier-ignore
  closed: say('Đã duyệt nên không sửa thẳng được.', 'Accepted, so not to be changed as it is.'),
  still: say('Chỉ video và âm thanh có phụ đề.', 'Only video and sound have captions.'),
} as const

export const SAVING = {
  saved: say('Đã lưu', 'Saved'),
  saving: say('Đang lưu…', 'Saving…'),
  dirty: say('Chưa lưu', 'Not saved yet'),
  away: say('Mất kết nối. Chữ còn trong trình duyệt này; có mạng là tự lưu.', 'Offline. Your words are kept in this browser and saved by themselves later.'), // prettier-ignore
  conflict: say('Có hai bản khác nhau', 'There are two versions'),
  closed: say('Người khác vừa duyệt bản này. Chữ bạn gõ còn trong trình duyệt.', 'Somebody has just accepted these. What you typed is kept in this browser.'), // prettier-ignore
  refused: say('Chưa lưu được', 'Could not be saved'),
} as const

export const CONFLICT = {
  title: say('Người khác đã sửa phụ đề này trong lúc bạn gõ', 'Somebody else changed these captions while you typed'), // prettier-ignore
  what: say('Không bản nào bị mất: bản bạn không chọn vẫn lấy lại được bằng Ctrl+Z.', 'Neither is lost: Ctrl+Z brings back the one you do not choose.'), // prettier-ignore
  mine: say('Của bạn ({n} câu khác)', 'Yours ({n} differ)'),
  theirs: say('Của họ ({n} câu khác)', 'Theirs ({n} differ)'),
  keepMine: say('Giữ bản của tôi', 'Keep mine'),
  keepTheirs: say('Lấy bản của họ', 'Take theirs'),
  more: say('và {n} câu nữa', 'and {n} more'),
} as const
