import { refuse, type Help, type Refusal } from '../errors'

/** Every reason for which a file of captions is not taken. */
const helps = {
  'too-big': {
    vi: 'Tệp phụ đề nặng quá 2 MB. Hãy kiểm tra có đúng là tệp phụ đề SRT hay VTT không.',
    en: 'The file is heavier than 2 MB. Check that it really is an SRT or VTT file.',
  },
  'old-letters': {
    vi: 'Chữ trong tệp theo bảng mã cũ (TCVN3, VNI hoặc Windows-1258), đọc ra sẽ sai dấu. Mở tệp bằng phần mềm phụ đề hoặc UniKey, chuyển sang Unicode UTF-8, rồi gửi lại.',
    en: 'The letters are in an old table (TCVN3, VNI or Windows-1258) and would come out wrong. Convert the file to Unicode UTF-8 and send it again.',
  },
  'not-captions': {
    vi: 'Không đọc được tệp này như phụ đề. Chỉ nhận SRT và VTT (WebVTT).',
    en: 'This can not be read as captions. Only SRT and VTT (WebVTT) are taken.',
  },
  'no-cues': {
    vi: 'Tệp không có câu phụ đề nào.',
    en: 'There is no caption in the file.',
  },
  'bad-time': {
    vi: 'Dòng {line}: mốc giờ viết sai. Cần dạng 00:01:02,500 --> 00:01:04,000.',
    en: 'Line {line}: the times are not written right. It should look like 00:01:02,500 --> 00:01:04,000.',
  },
  'too-many': {
    vi: 'Tệp có hơn 10 000 câu. Hãy chia theo từng clip rồi gửi lại.',
    en: 'There are more than 10 000 captions. Split the file by clip and send it again.',
  },
  'too-long': {
    vi: 'Dòng {line}: một câu dài hơn 1 000 ký tự. Có lẽ thiếu dòng trống giữa hai câu.',
    en: 'Line {line}: one caption is longer than 1 000 characters. An empty line may be missing.',
  },
} as const satisfies Record<string, Help>

export type CaptionsRefused = keyof typeof helps

export const captionsRefused = (reason: CaptionsRefused, line?: number): Refusal => {
  const { vi, en } = helps[reason]
  const at = (text: string) => text.replace('{line}', String(line ?? ''))
  return refuse(reason, { vi: at(vi), en: at(en) }, line === undefined ? undefined : { line })
}
