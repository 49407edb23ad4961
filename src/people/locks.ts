import type { SanitizedConfig } from 'payload'
import { ADMIN_ROLES, only } from './access'

const LOCKS = 'payload-locked-documents'

/**
 * Payload lets everybody who is signed in, a key too, lock any document in anybody's name: one reporter could keep
 * the whole desk from saving (seen on 3.90.1). Locks are for those who work in the admin, each in their own name.
 */
export const withOwnLocks = (config: SanitizedConfig): SanitizedConfig => {
  const locks = config.collections.find(({ slug }) => slug === LOCKS)
  if (!locks) return config
  const mine = only(...ADMIN_ROLES)
  Object.assign(locks.access, { create: mine, read: mine, update: mine, delete: mine })
  locks.hooks.beforeChange.push(({ data, req }) =>
    req.user ? { ...data, user: { relationTo: req.user.collection, value: req.user.id } } : data,
  )
  return config
}
