import type { Help } from '@/errors'

/** Every role of the house, from the first commit. One person may hold several. */
export const ROLES = {
  contributor: { vi: 'Cộng tác viên', en: 'Contributor' },
  reporter: { vi: 'Phóng viên', en: 'Reporter' },
  producer: { vi: 'Kỹ thuật', en: 'Producer' },
  editor: { vi: 'Biên tập viên', en: 'Editor' },
  'desk-head': { vi: 'Trưởng ban', en: 'Desk head' },
  secretariat: { vi: 'Thư ký tòa soạn', en: 'Secretariat' },
  board: { vi: 'Bộ phận kiểm duyệt', en: 'Moderation board' },
  deputy: { vi: 'Phó Tổng biên tập', en: 'Deputy editor-in-chief' },
  head: { vi: 'Tổng biên tập', en: 'Editor-in-chief' },
  audience: { vi: 'Độc giả và nền tảng', en: 'Audience' },
  admin: { vi: 'Quản trị hệ thống', en: 'Administrator' },
  inspector: { vi: 'Thanh tra', en: 'Inspector' },
  service: { vi: 'Tài khoản dịch vụ', en: 'Service account' },
} as const satisfies Record<string, Help>

export type RoleId = keyof typeof ROLES

export const ROLE_IDS = Object.keys(ROLES) as RoleId[] // the keys of a const table are its ids

export const isRole = (value: unknown): value is RoleId =>
  typeof value === 'string' && Object.hasOwn(ROLES, value)
