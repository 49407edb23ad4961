import type { Help } from '@/errors'
import type { PlatformId } from '../platforms'

export const CHANNELS = {
  title: { vi: 'Kênh', en: 'Channels' },
  connect: { vi: 'Kết nối kênh', en: 'Connect a channel' },
  connecting: { vi: 'Đang hỏi nền tảng…', en: 'Asking the platform…' },
  platform: { vi: 'Nền tảng', en: 'Platform' },
  name: { vi: 'Tên kênh trong tòa soạn', en: 'What the newsroom calls it' },
  token: { vi: 'Mã truy cập', en: 'Token' },
  tokenKept: {
    vi: 'Không ai xem lại được mã đã lưu. Để trống nếu không đổi.',
    en: 'A saved token is never shown again. Leave it empty to keep it.',
  },
  insurance: { vi: 'Hẹn giờ dự phòng trên nền tảng', en: 'The platform’s own timer as insurance' },
  insuranceWhat: {
    vi: 'Nếu máy này chết đúng giờ, nền tảng tự đăng sau mười phút.',
    en: 'If this machine is dead at the hour, the platform publishes ten minutes later.',
  },
  active: { vi: 'Đang dùng', en: 'In use' },
  held: { vi: 'Giữ mọi lượt đăng của kênh', en: 'Hold everything on this channel' },
  off: { vi: 'Không dùng', en: 'Not in use' },
  isHeld: { vi: 'Đang giữ', en: 'Held' },
  insured: { vi: 'Có hẹn giờ dự phòng', en: 'Insured' },
  noAccount: { vi: 'Trang của tòa soạn', en: 'The newsroom’s own site' },
  change: { vi: 'Sửa', en: 'Change' },
  save: { vi: 'Lưu', en: 'Save' },
  cancel: { vi: 'Thôi', en: 'Cancel' },
  trial: { vi: 'Chỉ khi chạy thử', en: 'For a demo only' },
  readOnly: {
    vi: 'Quản trị hệ thống kết nối và sửa kênh.',
    en: 'An administrator connects and changes channels.',
  },
  done: { vi: 'Đã nối {name}: {account}', en: '{name} is connected: {account}' },
  stale: {
    vi: 'Có người vừa sửa kênh này. Đã tải lại; xem rồi lưu.',
    en: 'Somebody just changed this channel. It was reloaded; look, then save.',
  },
  platformSays: { vi: 'Nền tảng trả lời: {line}', en: 'The platform says: {line}' },
  loading: { vi: 'Đang tải…', en: 'Loading…' },
}

/** One setting of a platform, as an admin is asked for it. */
export type SettingField = {
  key: string
  label: Help
  hint?: Help
  choices?: { value: string; label: Help }[]
  trial?: boolean
}

type Form = { settings: SettingField[]; token: Help | null; insurance: boolean }

const none: Form = { settings: [], token: null, insurance: false }

/** What each platform asks for besides its name. Empty leaves it to the adapter's own default. */
export const FORMS: Record<PlatformId, Form> = {
  website: none,
  'dry-run': none,
  youtube: {
    insurance: true,
    token: {
      vi: 'Dán nguyên văn: {"refreshToken":"…","clientId":"…","clientSecret":"…"}',
      en: 'Paste as it is: {"refreshToken":"…","clientId":"…","clientSecret":"…"}',
    },
    settings: [
      {
        key: 'takedown',
        label: { vi: 'Khi gỡ', en: 'On takedown' },
        choices: [
          { value: '', label: { vi: 'Chuyển riêng tư', en: 'Make it private' } },
          { value: 'delete', label: { vi: 'Xóa hẳn', en: 'Delete it' } },
        ],
      },
      {
        key: 'categoryId',
        label: { vi: 'Mã chuyên mục của nền tảng', en: 'The platform’s category' },
        hint: { vi: 'Để trống là 25, Tin tức.', en: 'Empty means 25, News.' },
      },
      { key: 'endpoint', label: { vi: 'Địa chỉ API', en: 'API address' }, trial: true },
      { key: 'watch', label: { vi: 'Địa chỉ trang xem', en: 'Watch page address' }, trial: true },
    ],
  },
}
