import { isRole, type RoleId } from './roles'

/** Who is asking, as plain values. A service account is nobody's person: it holds rights, not roles. */
export type Person = {
  id: string
  kind: 'person' | 'service'
  name: string
  roles: RoleId[]
  rights: string[]
}

type Asking = {
  id: string | number
  collection?: string
  name?: string | null
  roles?: unknown
  rights?: unknown
  active?: boolean | null
}

const words = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : []

/** The person behind `req.user`; null for nobody and for a disabled account. */
export const personOf = (user: Asking | null | undefined): Person | null => {
  if (!user || user.active === false) return null
  const service = user.collection === 'service-accounts'
  return {
    id: String(user.id),
    kind: service ? 'service' : 'person',
    name: user.name ?? '',
    roles: service ? ['service'] : words(user.roles).filter(isRole),
    rights: service ? words(user.rights) : [],
  }
}

export const holds = (person: Person | null, ...roles: RoleId[]): boolean =>
  person !== null && person.roles.some((role) => roles.includes(role))
