import type { Endpoint } from 'payload'
import { refuse } from '@/errors'
import { mayTrace, provenanceOf } from './provenance'
import { forPeople, no, ROLE } from './transcode-endpoints'

const ABSENT = refuse('absent', {
  vi: 'Tin này chưa có tệp nào.',
  en: 'This story has no file yet.',
})

/** GET /provenance/:story, for those who decide over it. */
export const provenanceEndpoint: Endpoint = {
  path: '/provenance/:story',
  method: 'get',
  handler: forPeople(async (req, person) => {
    if (!mayTrace(person)) return no(ROLE)
    const found = await provenanceOf(req.payload, person, String(req.routeParams?.story ?? ''))
    if (!found) return no(ABSENT)
    return Response.json({ ok: true, ...found }, { headers: { 'Cache-Control': 'no-store' } })
  }),
}
