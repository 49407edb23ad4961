import type { Help } from '@/errors'
import type { ClipFacts } from './material'

/** How long a text may be, and what the platform counts. */
export type Bound = { max: number; unit: string }

/** What a platform takes, as far as sign-off asks. Sign-off may not import publishers; the switchboard hands it in. */
export type Takes = {
  kinds: readonly string[]
  rendition: string | null
  binds: readonly string[]
  title: Bound | null
  text: Bound | null
  tags: Bound | null
}

export type Problem = { field: string; code: string; help: Help }

export type Given = {
  variant: { title: string; text: string; tags: string[] }
  facts: ClipFacts | null
  bytes: number | null
}

export type Hands = {
  takes: (platform: string) => Takes | null
  problems: (platform: string, given: Given) => Problem[]
}

/** Makes one pair of hands of what the publishers export. */
export const handsOf = <A extends Takes>(given: {
  acceptsOf: (platform: string) => A | null
  limitProblems: (accepts: A, given: Given) => Problem[]
}): Hands => ({
  takes: given.acceptsOf,
  problems: (platform, work) => {
    const accepts = given.acceptsOf(platform)
    return accepts ? given.limitProblems(accepts, work) : []
  },
})
