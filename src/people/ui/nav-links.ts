import {
  BookMarked,
  Cog,
  Files,
  Film,
  LayoutDashboard,
  Newspaper,
  RadioTower,
  ScrollText,
  Send,
  Users,
  type LucideIcon,
} from 'lucide-react'
import type { Help } from '@/errors'

/** `needs` is the collection that one must be able to read; the server decides, this only spares dead ends. */
export type NavLink = { href: string; label: Help; icon: LucideIcon; needs: string }

export const WORK_LINKS: NavLink[] = [
  {
    href: '/admin',
    label: { vi: 'Bàn làm việc', en: 'Desk' },
    icon: LayoutDashboard,
    needs: 'desk-items',
  },
  {
    href: '/admin/collections/stories',
    label: { vi: 'Tin bài', en: 'Stories' },
    icon: Files,
    needs: 'stories',
  },
  {
    href: '/admin/deliveries',
    label: { vi: 'Lượt đăng', en: 'Deliveries' },
    icon: Send,
    needs: 'deliveries',
  },
  {
    href: '/admin/kho-tu-lieu',
    label: { vi: 'Kho tư liệu', en: 'Library' },
    icon: Film,
    needs: 'assets',
  },
  {
    href: '/admin/transcodes',
    label: { vi: 'Chuyển mã', en: 'Transcoding' },
    icon: Cog,
    // Read by the desk, the administrator and the inspector, as this list is.
    needs: 'deliveries',
  },
]

export const HOUSE_LINKS: NavLink[] = [
  {
    href: '/admin/collections/sources',
    label: { vi: 'Nguồn tin', en: 'Sources' },
    icon: BookMarked,
    needs: 'sources',
  },
  {
    href: '/admin/collections/sections',
    label: { vi: 'Chuyên mục', en: 'Sections' },
    icon: Newspaper,
    needs: 'sections',
  },
  {
    href: '/admin/channels',
    label: { vi: 'Kênh', en: 'Channels' },
    icon: RadioTower,
    needs: 'channels',
  },
  {
    href: '/admin/collections/audit-entries',
    label: { vi: 'Nhật ký', en: 'Audit' },
    icon: ScrollText,
    needs: 'audit-entries',
  },
  {
    href: '/admin/collections/users',
    label: { vi: 'Người', en: 'People' },
    icon: Users,
    needs: 'users',
  },
]
