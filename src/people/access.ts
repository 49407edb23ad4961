import type { Access, FieldAccess } from 'payload'
import { holds, personOf } from './person'
import type { RoleId } from './roles'

/** The default of the house: no. */
export const nobody = () => false

export const desk: RoleId[] = [
  'producer',
  'editor',
  'desk-head',
  'secretariat',
  'board',
  'deputy',
  'head',
  'audience',
]

/** Roles that open the Payload admin. A reporter has a page of their own. */
export const ADMIN_ROLES: RoleId[] = [...desk, 'admin', 'inspector']

export const anyoneSignedIn: Access = ({ req }) => {
  const person = personOf(req.user)
  return person !== null && person.kind === 'person'
}

/** True for people who hold one of the roles. Never for a service account. */
export const only =
  (...roles: RoleId[]): Access =>
  ({ req }) =>
    holds(personOf(req.user), ...roles)

export const onlyField =
  (...roles: RoleId[]): FieldAccess =>
  ({ req }) =>
    holds(personOf(req.user), ...roles)

/** Desk people and inspectors read the machine's own rows; nobody writes them over an API. */
export const machineRows = {
  create: nobody,
  update: nobody,
  delete: nobody,
  read: only(...desk, 'admin', 'inspector'),
}
