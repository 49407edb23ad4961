import { Forbidden, type CollectionBeforeOperationHook } from 'payload'

const WRITES = ['create', 'update', 'delete', 'restoreVersion']

/**
 * For rows that this room alone writes. Access rules close them to people; the Local API asks no access rule unless
 * it is told to, so one stray `payload.update` in a hook or a script would change a row without its event.
 */
const closedToApis: CollectionBeforeOperationHook = ({ args, operation }) => {
  if (WRITES.includes(operation)) throw new Forbidden()
  return args
}

export const closed = { beforeOperation: [closedToApis] }
