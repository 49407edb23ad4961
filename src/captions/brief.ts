import type { Payload } from 'payload'
import { captionsOf } from './rows'

/** How the captions of an asset stand, in a word each: for whoever decides on the story. */
export type CaptionsBrief = { language: string; state: string; origin: string; count: number }

export const captionsBrief = async (payload: Payload, asset: string): Promise<CaptionsBrief[]> =>
  (await captionsOf(payload, asset))
    .filter(({ count, state }) => (count ?? 0) > 0 || state === 'accepted')
    .map(({ language, state, origin, count }) => ({
      language,
      state,
      origin: origin ?? 'person',
      count: count ?? 0,
    }))
