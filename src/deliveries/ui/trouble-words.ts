import type { Help } from '@/errors'
import { OWN_SITE } from '../platforms'

type Trouble = {
  words: Help
  /** The row's line is what the platform answered: it is shown, small, as the platform's own. */
  platform?: true
}

const ours = (vi: string, en: string): Trouble => ({ words: { vi, en } })
const theirs = (vi: string, en: string): Trouble => ({ words: { vi, en }, platform: true })

/** Why a delivery does not go on, by the reason word on its row. The row's line is for the log, in the machine's English. */
export const TROUBLES: Record<string, Trouble> = {
  // The newsroom's own doing.
  unsigned: ours('Chưa có ấn còn hiệu lực. Ký duyệt thì mới đăng.', 'No seal holds. It goes out once it is signed.'),
  'signed-anew': ours('Đã ký lại. Đang chuẩn bị lại theo bản ký mới.', 'Signed anew. It is prepared again from what was signed last.'),
  'outward-held': ours('Toàn tòa soạn đang dừng đăng.', 'The whole newsroom holds everything.'),
  'channel-held': ours('Kênh đang được giữ.', 'The channel is held.'),
  'channel-off': ours('Kênh không còn dùng.', 'The channel is not in use.'),
  late: ours('Đã quá giờ khá lâu. Cần người quyết định.', 'Its hour is long past. A person decides.'),
  timer: ours('Đã quá giờ, nền tảng có hẹn giờ dự phòng. Đang hỏi nền tảng.', 'Its hour is past and the platform had a timer. The platform is being asked.'),
  cancelled: ours('Đã hủy.', 'Cancelled.'),
  'taken-down': ours('Tin đã được gỡ. Muốn đăng lại, hãy lập lượt đăng mới.', 'The story was taken down. To publish again, plan a new delivery.'),
  'source-out': ours('Nguồn của tin không còn hiệu lực.', 'The source of the story is no longer in force.'),
  'rights-expired': ours('Hết hạn bản quyền của clip hoặc ảnh đại diện. Gia hạn trong Kho tư liệu thì lượt này tự đi tiếp.', 'The rights in the clip or its thumbnail have ended. Extend them in the library and it goes on by itself.'),
  'rights-not-yet': ours('Chưa tới ngày được dùng clip hoặc ảnh đại diện. Dời giờ, hoặc sửa hạn trong Kho tư liệu.', 'The clip or its thumbnail may not be used yet. Move the hour, or change the dates in the library.'),
  'bytes-differ': ours('Tệp không còn đúng như lúc ký duyệt. Không đăng. Báo quản trị.', 'A file is no longer what was signed. Nothing went out. Tell the administrator.'),
  'no-rendition': ours('Không có tệp đã ký cho kênh này. Ký lại khi clip đã sẵn sàng.', 'There is no signed file for this channel. Sign again once the clip is ready.'),
  'no-publisher': ours('Hội Tụ không đăng được lên nền tảng này. Báo quản trị.', 'Nothing here can publish to this platform. Tell the administrator.'),
  cannot: ours('Nền tảng này không làm được việc đó.', 'The platform has no such thing.'),
  // What the platform's limits refuse before anything is sent.
  'title-empty': ours('Chưa có tiêu đề. Hãy viết tiêu đề.', 'There is no title. Write one.'),
  'title-too-long': ours('Tiêu đề dài quá mức nền tảng nhận. Hãy rút bớt.', 'The title is longer than the platform takes. Shorten it.'),
  'title-forbidden-characters': ours('Tiêu đề có ký tự mà nền tảng không nhận.', 'The title has characters that the platform does not take.'),
  'text-too-long': ours('Phần mô tả dài quá mức nền tảng nhận. Hãy rút bớt.', 'The description is longer than the platform takes. Shorten it.'),
  'text-forbidden-characters': ours('Phần mô tả có ký tự mà nền tảng không nhận.', 'The description has characters that the platform does not take.'),
  'tags-too-long': ours('Thẻ nhiều quá mức nền tảng nhận. Hãy bớt thẻ.', 'There are more tags than the platform takes. Use fewer.'),
  'duration-too-long': ours('Clip dài quá mức nền tảng nhận.', 'The clip is longer than the platform takes.'),
  'size-too-large': ours('Tệp lớn quá mức nền tảng nhận.', 'The file is larger than the platform takes.'),
  'thumbnail-unfit': ours('Ảnh đại diện phải là JPEG hoặc PNG, nhiều nhất 2 MB.', 'The thumbnail must be JPEG or PNG of at most 2 MB.'),
  // The newsroom's own site.
  'bad-path': ours('Địa chỉ của tin không dùng được. Sửa tên chuyên mục hoặc tít.', 'The address cannot be used. Change the section’s name or the title.'),
  'path-taken': ours('Địa chỉ này đã thuộc về một tin khác. Hãy đổi tít.', 'The address belongs to another story. Change the title.'),
  'copies-gone': ours('Tệp đã chép cho trang không còn đủ. Chưa đăng gì; hãy lập lại lượt đăng.', 'Files copied for the site are missing. Nothing went out; plan it again.'),
  withdrawn: ours('Lượt đăng này đã gỡ, không đăng lại được. Hãy lập lượt đăng mới.', 'This delivery was taken down and does not come back. Plan a new one.'),
  // What a platform answered, or did not.
  'answer-lost': theirs('Mất câu trả lời đúng lúc đăng. Không gửi lại; đang hỏi nền tảng.', 'The answer was lost at the commit. It is not sent again; the platform is being asked.'),
  'ask-a-person': theirs('Nền tảng không nói rõ được. Hãy tự xem trên kênh rồi cho biết.', 'The platform cannot tell. Look at the channel yourself and say.'),
  'not-out': ours('Đã xác định là chưa đăng. Thả ra nếu vẫn muốn đăng.', 'It is known not to be out. Release it if it should still go.'),
  'not-seen': theirs('Đã đăng nhưng người lạ chưa thấy. Hãy tự xem trên kênh.', 'It went out, but a stranger does not see it yet. Look at the channel.'),
  'no-answer': theirs('Nền tảng mãi không trả lời. Thả ra để thử lại.', 'The platform gives no answer. Release it to try again.'),
  'by-hand': theirs('Nền tảng không cho máy gỡ. Hãy gỡ bằng tay trên nền tảng; máy vẫn kiểm tra.', 'The platform does not let the machine take it back. Do it by hand there; it is still being checked.'),
  blocked: theirs('Nền tảng đã khóa tài khoản. Báo quản trị.', 'The platform blocked the account. Tell the administrator.'),
  quota: theirs('Hết hạn mức của nền tảng. Máy tự thử lại khi có hạn mức mới.', 'The platform’s quota is used up. It goes on by itself when there is a new one.'),
  reconnect: theirs('Nền tảng không còn nhận mã truy cập. Quản trị cần kết nối lại kênh.', 'The platform no longer takes the token. An administrator connects the channel again.'),
  'already-public': ours('Nền tảng đã tự đăng trước đó.', 'The platform made it public by itself before.'),
  'not-prepared': ours('Trên nền tảng chưa có gì của lượt này.', 'There is nothing of it on the platform yet.'),
  videoNotFound: theirs('Video không còn trên nền tảng.', 'The video is no longer on the platform.'),
} // prettier-ignore

const OTHER = {
  site: ours('Trang tin không nhận lượt đăng này. Báo quản trị, kèm mã “{code}”.', 'The site did not take this delivery. Tell the administrator, with the code “{code}”.'),
  platform: theirs('Nền tảng không nhận lượt đăng này (mã “{code}”).', 'The platform did not take this delivery (code “{code}”).'),
} // prettier-ignore

/** What to tell people of a row's trouble: our words, and the platform's own line where it is one. */
export const troubleOf = (row: {
  platform: string
  code?: string | null
  line: string | null
}): { words: Help; code: string; line: string } | null => {
  const { platform, code, line } = row
  if (!code) return null
  const ownSite = platform === OWN_SITE
  const known = Object.hasOwn(TROUBLES, code) ? TROUBLES[code] : undefined
  const { words, platform: says } = known ?? (ownSite ? OTHER.site : OTHER.platform)
  return { words, code, line: says && !ownSite ? (line ?? '') : '' }
}
