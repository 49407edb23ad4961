'use client'

import { useAuth } from '@payloadcms/ui'
import { isRole } from '@/people/roles'
import { SENDERS } from '../states'

/** Whether to offer what only senders may do; the server decides. */
export const useSender = (): boolean => {
  const { user } = useAuth()
  const roles: unknown[] = Array.isArray(user?.roles) ? user.roles : []
  return roles.filter(isRole).some((role) => SENDERS.includes(role))
}
