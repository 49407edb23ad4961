import type { Endpoint } from 'payload'
import { findRow } from '@/records/db'

/** Says whether this process can serve: the database answers. Tells nothing of what is inside. */
export const healthEndpoint: Endpoint = {
  path: '/health',
  method: 'get',
  handler: async ({ payload }) => {
    try {
      await findRow({ payload, collection: 'leases', where: { name: { equals: 'health' } } })
      return Response.json({ ok: true })
    } catch {
      return Response.json({ ok: false, reason: 'database' }, { status: 503 })
    }
  },
}
