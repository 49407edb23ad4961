import { refuse, type Help, type Refusal } from '../errors'

/** Every reason for which a file is not taken, with what the sender may do about it. */
const helps = {
  'not-media': {
    vi: 'Không nhận kiểu tệp này. Hãy gửi video MP4 hoặc MOV, âm thanh MP3, M4A, WAV, FLAC, OGG, hoặc ảnh JPEG, PNG, WebP, AVIF.',
    en: 'This kind of file is not taken. Send video (MP4, MOV), sound (MP3, M4A, WAV, FLAC, OGG) or a picture (JPEG, PNG, WebP, AVIF).',
  },
  playlist: {
    vi: 'Tệp này là danh sách phát, không phải video. Hãy gửi chính tệp video.',
    en: 'This file is a playlist, not a video. Send the video file itself.',
  },
  svg: {
    vi: 'Ảnh SVG có thể mang mã lệnh nên không nhận. Hãy xuất ra PNG rồi gửi lại.',
    en: 'An SVG may carry a program and is not taken. Export it as PNG and send that.',
  },
  heic: {
    vi: 'Chưa đọc được ảnh HEIC. Trên iPhone: Cài đặt > Camera > Định dạng > Tương thích nhất; hoặc xuất ra JPEG rồi gửi lại.',
    en: 'HEIC pictures can not be read yet. On an iPhone: Settings > Camera > Formats > Most Compatible; or export a JPEG and send that.',
  },
  polyglot: {
    vi: 'Tệp này vừa là video hay ảnh, vừa giấu một loại tệp khác (ZIP, PDF, trang web). Hãy gửi tệp gốc từ máy.',
    en: 'This file hides another kind of file in it (ZIP, PDF, web page). Send the original from the device.',
  },
  attachments: {
    vi: 'Video có đính kèm tệp khác (phông chữ, ảnh). Hãy xuất lại MP4 rồi gửi lại.',
    en: 'The video carries other files (fonts, pictures). Export it again as MP4 and send that.',
  },
  animated: {
    vi: 'Chưa nhận ảnh động. Hãy gửi ảnh tĩnh, hoặc video.',
    en: 'Moving pictures of this kind are not taken. Send a still picture, or a video.',
  },
  'image-too-large': {
    vi: 'Ảnh lớn quá 60 triệu điểm ảnh. Hãy thu nhỏ rồi gửi lại.',
    en: 'The picture has more than 60 million points. Make it smaller and send it again.',
  },
  'image-too-heavy': {
    vi: 'Tệp ảnh nặng quá 60 MB. Hãy xuất ra JPEG rồi gửi lại.',
    en: 'The picture is heavier than 60 MB. Export it as JPEG and send that.',
  },
  'bad-sound': {
    vi: 'Thông số âm thanh không dùng được (cần 8–192 kHz, 1–8 kênh). Hãy xuất lại âm thanh.',
    en: 'The sound is not usable (8 to 192 kHz and 1 to 8 channels are). Export it again.',
  },
  infected: {
    vi: 'Máy quét virus báo tệp này có mã độc nên đã bỏ. Hãy quét máy của bạn, báo kỹ thuật, rồi gửi tệp khác.',
    en: 'The virus scanner found something harmful in this file; it was dropped. Scan your device, tell the technicians, then send another file.',
  },
  'scan-limit': {
    vi: 'Tệp lớn hơn mức máy quét virus nhận nên chưa nhận được. Báo quản trị tăng giới hạn của máy quét, rồi gửi lại.',
    en: 'The file is larger than the virus scanner takes. Ask the administrator to raise its limits, then send it again.',
  },
  broken: {
    vi: 'Tệp hỏng hoặc chưa đủ. Hãy chép lại từ máy và gửi lại.',
    en: 'The file is damaged or incomplete. Copy it from the device again and send it again.',
  },
  'too-long': {
    vi: 'Tệp dài quá 4 giờ. Hãy cắt ngắn rồi gửi lại.',
    en: 'It is longer than 4 hours. Cut it and send it again.',
  },
  'too-short': {
    vi: 'Tệp ngắn dưới 0,2 giây. Hãy kiểm tra lại.',
    en: 'It is shorter than 0.2 seconds. Check the file.',
  },
  'too-large': {
    vi: 'Khung hình lớn quá 40 triệu điểm ảnh. Hãy xuất lại ở 4K trở xuống.',
    en: 'The picture is larger than 40 megapixels. Export it again at 4K or less.',
  },
  'too-many-streams': {
    vi: 'Tệp có quá nhiều luồng hình hoặc tiếng. Hãy xuất lại với một hình, một tiếng.',
    en: 'The file holds too many streams. Export it again with one picture and one sound track.',
  },
  'bad-dimensions': {
    vi: 'Kích thước hình không dùng được. Hãy xuất lại.',
    en: 'The size of the picture is not usable. Export it again.',
  },
  'bad-frame-rate': {
    vi: 'Tốc độ khung hình không dùng được (1–240 hình/giây). Hãy xuất lại video.',
    en: 'The frame rate is not usable (1 to 240 a second). Export the video again.',
  },
  'unknown-codec': {
    vi: 'Chưa hỗ trợ kiểu mã hóa này. Hãy xuất lại MP4 (H.264, AAC).',
    en: 'This encoding is not supported. Export it again as MP4 (H.264, AAC).',
  },
  'no-picture': {
    vi: 'Tệp không có hình, và không phải kiểu âm thanh nhận được. Hãy gửi video, hoặc âm thanh MP3, M4A, WAV, FLAC, OGG.',
    en: 'The file has no picture and is no kind of sound that is taken. Send a video, or sound as MP3, M4A, WAV, FLAC or OGG.',
  },
  'too-slow': {
    vi: 'Đọc tệp quá lâu nên đã dừng. Hãy xuất lại MP4 rồi gửi lại.',
    en: 'Reading the file took too long and was stopped. Export it again as MP4 and send it again.',
  },
} as const satisfies Record<string, Help>

export type MediaReason = keyof typeof helps

export const refuseMedia = (reason: MediaReason, detail?: Record<string, unknown>): Refusal =>
  refuse(reason, helps[reason], detail)
