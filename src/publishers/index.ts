import { dryRunAccepts, dryRunPublisher } from './dry-run/publisher'
import type { Accepts, Publisher } from './publisher'
import type { WebsiteHands } from './website/publisher'
import { websiteAccepts, websitePublisher } from './website/publisher'
import { youtubeAccepts } from './youtube/accepts'
import { youtubePublisher } from './youtube/publisher'

export { limitProblems } from './check-limits'
export type { LimitProblem } from './check-limits'
export { guardedFetch, unguardedFetch } from './http'
export type * from './publisher'
export type { FoundEdition, SavedEdition, WebsiteHands } from './website/publisher'

export const PLATFORMS = ['website', 'youtube', 'dry-run'] as const
export type Platform = (typeof PLATFORMS)[number]

const ACCEPTS: Record<Platform, Accepts> = {
  website: websiteAccepts,
  youtube: youtubeAccepts,
  'dry-run': dryRunAccepts,
}

const isPlatform = (name: string): name is Platform => PLATFORMS.some((one) => one === name)

/** What a platform takes, without opening it; null for a platform we do not have. */
export const acceptsOf = (platform: string): Accepts | null =>
  isPlatform(platform) ? ACCEPTS[platform] : null

/** Every publisher by platform name; what they need from other rooms is handed in by the worker. */
export const publishersWith = (hands: { website: WebsiteHands }): Record<string, Publisher> => ({
  website: websitePublisher(hands.website),
  youtube: youtubePublisher,
  'dry-run': dryRunPublisher(),
})
