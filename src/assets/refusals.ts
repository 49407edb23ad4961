import { refuse, type Help, type Refusal } from '@/errors'

const MB = 1024 ** 2
const GB = 1024 ** 3
const sizeEn = (bytes: number) =>
  bytes < GB ? `${Math.ceil(bytes / MB)} MB` : `${(bytes / GB).toFixed(2)} GB`
/** Bytes as a person writes them in Vietnamese: 1,50 GB. */
const sizeVi = (bytes: number) => sizeEn(bytes).replace('.', ',')

/** A refusal that tus answers with this HTTP status. */
export type TusRefusal = Refusal & { status: number }

const no = (status: number, reason: string, help: Help): TusRefusal => ({
  ...refuse(reason, help),
  status,
})

export const REFUSED = {
  nobody: () =>
    no(401, 'nobody', {
      vi: 'Phiên đăng nhập đã hết. Đăng nhập lại, tệp sẽ gửi tiếp từ chỗ dừng.',
      en: 'You are signed out. Sign in again; the file goes on where it stopped.',
    }),
  role: () =>
    no(403, 'role', {
      vi: 'Vai trò của bạn không gửi tệp cho tin.',
      en: 'Your role does not send files.',
    }),
  absent: () =>
    no(404, 'absent', {
      vi: 'Không còn tệp gửi dở này. Hãy gửi lại từ đầu.',
      en: 'This unfinished upload is gone. Send the file from the start.',
    }),
  size: () =>
    no(400, 'size', {
      vi: 'Cần biết trước dung lượng tệp, lớn hơn 0.',
      en: 'The size of the file must be said first and be more than 0.',
    }),
  tooBig: (bytes: number, most: number) =>
    no(413, 'too-big', {
      vi: `Tệp ${sizeVi(bytes)}, nhiều nhất là ${sizeVi(most)}. Hãy cắt ngắn hoặc xuất lại nhỏ hơn.`,
      en: `The file is ${sizeEn(bytes)}; at most ${sizeEn(most)}. Cut it, or export it smaller.`,
    }),
  quota: (used: number, most: number) =>
    no(413, 'quota', {
      vi: `Bạn đang gửi dở và đã gửi trong 24 giờ qua ${sizeVi(used)}, nhiều nhất là ${sizeVi(most)}. Hãy bỏ bớt tệp gửi dở, hoặc nhờ quản trị nâng mức.`,
      en: `You have ${sizeEn(used)} under way and sent within 24 hours; at most ${sizeEn(most)}. Drop unfinished ones, or ask the administrator for more.`,
    }),
  total: (used: number, most: number) =>
    no(413, 'quota-total', {
      vi: `Cả tòa soạn đang gửi dở ${sizeVi(used)}, nhiều nhất là ${sizeVi(most)}. Chờ các tệp ấy tới rồi gửi lại.`,
      en: `The whole newsroom has ${sizeEn(used)} under way; at most ${sizeEn(most)}. Wait for those files, then send again.`,
    }),
  disk: (needed: number, free: number) =>
    no(507, 'disk', {
      vi: `Máy chủ cần trống ${sizeVi(needed)} cho tệp này và các tệp đang gửi dở, hiện còn ${sizeVi(free)}. Báo quản trị, rồi gửi lại.`,
      en: `The server needs ${sizeEn(needed)} free for this file and those under way; there is ${sizeEn(free)}. Tell the administrator, then send again.`,
    }),
  elsewhere: () =>
    no(503, 'elsewhere', {
      vi: 'Tệp gửi dở nằm ở máy chủ khác. Cứ để trang mở; trang sẽ tự thử lại.',
      en: 'The unfinished file lies on another server. Leave the page open; it tries again by itself.',
    }),
  busy: () =>
    no(503, 'busy', {
      vi: 'Máy chủ đang bận nhận tệp. Cứ để trang mở; trang sẽ tự thử lại.',
      en: 'The server is busy taking files. Leave the page open; it tries again by itself.',
    }),
  rate: () =>
    no(429, 'rate-limit', {
      vi: 'Gửi quá nhiều tệp cùng lúc. Chờ một phút rồi gửi lại.',
      en: 'Too many uploads at once. Wait a minute and send again.',
    }),
  story: () =>
    no(422, 'story', {
      vi: 'Không gửi tệp vào tin này được. Tin phải là của bạn và đang ở nháp hoặc yêu cầu sửa.',
      en: 'No file can be added to this story. It must be yours and in draft or sent back.',
    }),
  late: () =>
    no(422, 'story-closed', {
      vi: 'Tin đã biên tập xong trước khi tệp đến. Xin trả tin lại để thay tệp.',
      en: 'The story was cleared before the file arrived. Ask for it to be sent back to change the file.',
    }),
  checksum: () =>
    no(422, 'checksum', {
      vi: 'Tệp nhận được không giống tệp trên máy bạn. Hãy gửi lại.',
      en: 'What arrived is not what your device read. Send the file again.',
    }),
  changed: () =>
    no(422, 'changed', {
      vi: 'Tệp bị ghi đè sau khi đã kiểm tra nên không nhận. Hãy gửi lại từ đầu.',
      en: 'The file was written over after it had been checked, so it was not taken. Send it from the start.',
    }),
  lost: () =>
    no(410, 'lost', {
      vi: 'Máy chủ không còn giữ tệp này (máy hay ổ đĩa tạm đã mất). Hãy gửi lại.',
      en: 'The server no longer has this file (its machine or disk is gone). Send it again.',
    }),
  stuck: () =>
    no(422, 'stuck', {
      vi: 'Đã thử nhiều lần mà không kiểm tra được tệp này. Hãy xuất lại rồi gửi lại; vẫn vậy thì báo quản trị.',
      en: 'This file could not be checked after many tries. Export it anew and send it again; if that fails too, tell the administrator.',
    }),
  expired: (hours: number) =>
    no(410, 'expired', {
      vi: `Tệp gửi dở không nhận thêm được gì trong ${hours} giờ nên đã bỏ. Hãy gửi lại từ đầu.`,
      en: `Nothing more of the upload came for ${hours} hours, so it was dropped. Send it from the start.`,
    }),
  withdrawn: () => no(410, 'withdrawn', { vi: 'Bạn đã bỏ tệp này.', en: 'You dropped this file.' }),
}
