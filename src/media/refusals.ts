import { refuse, type Help, type Refusal } from '../errors'

/** Every reason for which a file is no clip, with what the sender may do about it. */
const helps = {
  'not-media': {
    vi: 'Tệp này không phải video. Hãy chọn tệp MP4 hoặc MOV từ máy quay hay điện thoại.',
    en: 'This file is not a video. Choose an MP4 or MOV from a camera or phone.',
  },
  playlist: {
    vi: 'Tệp này là danh sách phát, không phải video. Hãy gửi chính tệp video.',
    en: 'This file is a playlist, not a video. Send the video file itself.',
  },
  broken: {
    vi: 'Tệp hỏng hoặc chưa đủ. Hãy chép lại từ máy và gửi lại.',
    en: 'The file is damaged or incomplete. Copy it from the device again and send it again.',
  },
  'too-long': {
    vi: 'Video dài quá 4 giờ. Hãy cắt ngắn rồi gửi lại.',
    en: 'The video is longer than 4 hours. Cut it and send it again.',
  },
  'too-short': {
    vi: 'Video ngắn dưới 0,2 giây. Hãy kiểm tra lại tệp.',
    en: 'The video is shorter than 0.2 seconds. Check the file.',
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
    vi: 'Kích thước khung hình không dùng được. Hãy xuất lại video.',
    en: 'The size of the picture is not usable. Export the video again.',
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
    vi: 'Tệp không có hình. Hãy gửi tệp video.',
    en: 'The file has no picture. Send a video file.',
  },
  'too-slow': {
    vi: 'Đọc tệp quá lâu nên đã dừng. Hãy xuất lại MP4 rồi gửi lại.',
    en: 'Reading the file took too long and was stopped. Export it again as MP4 and send it again.',
  },
} as const satisfies Record<string, Help>

export type MediaReason = keyof typeof helps

export const refuseMedia = (reason: MediaReason, detail?: Record<string, unknown>): Refusal =>
  refuse(reason, helps[reason], detail)
