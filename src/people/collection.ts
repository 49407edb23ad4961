import type { CollectionConfig } from 'payload'
import { env } from '@/env'
import { ADMIN_ROLES, nobody, only, onlyField } from './access'
import { holds, personOf } from './person'
import { ROLE_IDS, ROLES } from './roles'

const roleOptions = ROLE_IDS.filter((id) => id !== 'service').map((id) => ({
  value: id,
  label: ROLES[id],
}))

export const users: CollectionConfig = {
  slug: 'users',
  labels: { singular: { vi: 'Người', en: 'Person' }, plural: { vi: 'Người', en: 'People' } },
  admin: { useAsTitle: 'name', defaultColumns: ['name', 'email', 'roles', 'active'] },
  auth: {
    tokenExpiration: 12 * 60 * 60,
    // Payload's own lock would let any stranger keep anybody out; `guesses.ts` counts instead.
    maxLoginAttempts: 0,
    cookies: { sameSite: 'Lax', secure: env.COOKIE_SECURE },
  },
  access: {
    admin: ({ req }) => holds(personOf(req.user), ...ADMIN_ROLES),
    create: only('admin'),
    delete: nobody,
    read: ({ req }) => {
      const person = personOf(req.user)
      if (!person || person.kind === 'service') return false
      if (holds(person, ...ADMIN_ROLES)) return true
      return { id: { equals: person.id } }
    },
    update: ({ req }) => {
      const person = personOf(req.user)
      if (holds(person, 'admin')) return true
      return person && person.kind === 'person' ? { id: { equals: person.id } } : false
    },
    unlock: only('admin'),
  },
  disableDuplicate: true,
  disableBulkEdit: true,
  fields: [
    {
      name: 'name',
      type: 'text',
      required: true,
      label: { vi: 'Tên', en: 'Name' },
      access: { update: onlyField('admin') },
    },
    {
      name: 'roles',
      type: 'select',
      hasMany: true,
      required: true,
      options: roleOptions,
      saveToJWT: true,
      label: { vi: 'Vai trò', en: 'Roles' },
      access: { update: onlyField('admin') },
    },
    {
      name: 'active',
      type: 'checkbox',
      defaultValue: true,
      label: { vi: 'Đang hoạt động', en: 'Active' },
      access: { update: onlyField('admin') },
    },
  ],
}

/** Machines with a key. Their rights are narrow words, and no role of a person. */
export const serviceAccounts: CollectionConfig = {
  slug: 'service-accounts',
  labels: {
    singular: { vi: 'Tài khoản dịch vụ', en: 'Service account' },
    plural: { vi: 'Tài khoản dịch vụ', en: 'Service accounts' },
  },
  admin: { useAsTitle: 'name', group: { vi: 'Hệ thống', en: 'System' } },
  auth: { useAPIKey: true, disableLocalStrategy: true },
  access: {
    create: only('admin'),
    read: only('admin'),
    update: only('admin'),
    delete: nobody,
    admin: () => false,
  },
  disableDuplicate: true,
  disableBulkEdit: true,
  fields: [
    { name: 'name', type: 'text', required: true, label: { vi: 'Tên', en: 'Name' } },
    {
      name: 'rights',
      type: 'select',
      hasMany: true,
      options: [{ value: 'read-editions', label: { vi: 'Đọc bản đăng', en: 'Read editions' } }],
      label: { vi: 'Quyền', en: 'Rights' },
    },
    {
      name: 'active',
      type: 'checkbox',
      defaultValue: true,
      label: { vi: 'Đang hoạt động', en: 'Active' },
    },
  ],
}
