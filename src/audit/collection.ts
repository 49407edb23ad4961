import type { CollectionConfig, Field } from 'payload'
import type { Help } from '@/errors'
import { closed } from '@/records/closed'
import { indexedText } from '@/records/fields'

const no = () => false
const label = (vi: string, en: string) => ({ vi, en })

/** How the list draws the columns that hold bare words: components of the room that says them, handed in. */
type Cells = Record<'action' | 'outcome' | 'story', string>

/** Said in the list as people say it; the row itself keeps the bare word. */
const words = (name: string, said: Help, cell: string, required = false): Field => ({
  name,
  type: 'text',
  index: true,
  ...(required ? { required } : {}),
  label: said,
  admin: { components: { Cell: cell } },
})

const readers = new Set(['head', 'deputy', 'admin', 'inspector', 'secretariat'])

/** Only those who answer for the house read the audit. The room may not import people, so it reads the bare words. */
export const mayReadAudit = ({ req }: { req: { user?: unknown } }): boolean => {
  const user = req.user as { roles?: unknown; active?: boolean | null } | null | undefined // any auth collection
  return (
    user?.active !== false &&
    Array.isArray(user?.roles) &&
    user.roles.some((r) => readers.has(String(r)))
  )
}

/** Every action, refusal and login. Rows are written once, through `records`, and never changed. */
export const auditEntriesWith = (cells: Cells): CollectionConfig => ({
  slug: 'audit-entries',
  hooks: closed,
  labels: {
    singular: { vi: 'Dòng nhật ký', en: 'Audit entry' },
    plural: { vi: 'Nhật ký', en: 'Audit' },
  },
  admin: {
    useAsTitle: 'action',
    defaultColumns: ['at', 'actorName', 'action', 'outcome', 'reason', 'story'],
  },
  access: { create: no, update: no, delete: no, read: mayReadAudit },
  disableDuplicate: true,
  disableBulkEdit: true,
  fields: [
    indexedText('key', { unique: true, required: true, label: label('Mã', 'Code') }),
    indexedText('at', { required: true, label: label('Lúc', 'When') }),
    indexedText('actorId', { label: label('Mã người', 'Person’s id') }),
    { name: 'actorName', type: 'text', label: label('Ai', 'Who') },
    { name: 'actorRoles', type: 'text', label: label('Vai trò', 'Roles') },
    words('action', label('Việc', 'What'), cells.action, true),
    words('outcome', label('Kết quả', 'Outcome'), cells.outcome, true),
    { name: 'subject', type: 'text', label: label('Thuộc về', 'Belongs to') },
    indexedText('subjectId', { label: label('Mã dòng', 'Row') }),
    words('story', label('Tin', 'Story'), cells.story),
    { name: 'reason', type: 'text', label: label('Lý do', 'Reason') },
    { name: 'detail', type: 'textarea', label: label('Chi tiết', 'Detail') },
    // The one column outside the hash: whether the chain has this row already.
    { name: 'linked', type: 'checkbox', defaultValue: false, index: true, admin: { hidden: true } },
  ],
})

/** The chain over the entries: link N holds the hash of link N-1 and of one entry. One leaseholder writes it. */
export const auditLinks: CollectionConfig = {
  slug: 'audit-links',
  hooks: closed,
  admin: { hidden: true },
  access: { create: no, update: no, delete: no, read: mayReadAudit },
  fields: [
    { name: 'seq', type: 'number', required: true, unique: true, index: true },
    indexedText('entryKey', { unique: true, required: true }),
    { name: 'prev', type: 'text', required: true },
    { name: 'hash', type: 'text', required: true },
  ],
}
