import type { Endpoint } from 'payload'
import { personOf } from '@/people/person'
import { myStories } from './my-stories'
import { myUnfinished } from './my-unfinished'
import { REFUSED } from './refusals'
import { provenanceEndpoint } from './provenance-endpoint'
import { transcodeEndpoints } from './transcode-endpoints'

const myStoriesEndpoint: Endpoint = {
  path: '/my-stories',
  method: 'get',
  handler: async ({ payload, user }) => {
    const person = personOf(user)
    const headers = { 'Cache-Control': 'no-store' }
    if (!person || person.kind !== 'person') {
      const { ok, reason, help } = REFUSED.nobody()
      return Response.json({ ok, reason, help }, { status: 401, headers })
    }
    const [items, unfinished] = await Promise.all([
      myStories(payload, person),
      myUnfinished(payload, person),
    ])
    return Response.json({ ok: true, items, unfinished }, { headers })
  },
}

export const assetEndpoints: Endpoint[] = [
  myStoriesEndpoint,
  provenanceEndpoint,
  ...transcodeEndpoints,
]
