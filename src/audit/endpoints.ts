import type { Endpoint } from 'payload'
import { mayReadAudit } from './collection'
import { verifyChain } from './verify'

/** GET /audit/verify: walks the chain for those who may read it. 200 with the figures, 409 with the first break. */
export const auditEndpoints: Endpoint[] = [
  {
    path: '/audit/verify',
    method: 'get',
    handler: async (req) => {
      if (!mayReadAudit({ req }))
        return Response.json({ ok: false, reason: 'not-yours' }, { status: 403 })
      const verdict = await verifyChain(req.payload)
      return Response.json(verdict, { status: verdict.ok ? 200 : 409 })
    },
  },
]
