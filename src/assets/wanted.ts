import type { Facts, Kind } from '@/media/facts'
import { cannotMake } from '@/media/cannot-make'
import { isRecipe, profileOf, RECIPES, type Recipe } from '@/media/profiles'

/**
 * Made of every original, for the desk works with it and the site shows it. Everything else costs an encode that most
 * stories never need, and is made when a channel that needs it is chosen.
 */
const BASE: Record<Kind, readonly Recipe[]> = {
  video: ['proxy', 'web-hls', 'web-mp4', 'poster'],
  audio: ['audio'],
  image: ['poster'],
}

/**
 * Made with the base and asked for by nobody: what the desk scrubs and draws. No original waits for them, and one of
 * before them does without.
 */
const AIDS: Record<Kind, readonly Recipe[]> = {
  video: ['sprite', 'peaks'],
  audio: ['peaks'],
  image: [],
}
/** Made with the base and before the poster, to choose a picture from. A clip that has its poster is whole without. */
const CHOICE: Record<Kind, readonly Recipe[]> = { video: ['frames'], audio: [], image: [] }

const FITS: Record<Kind, (recipe: Recipe) => boolean> = {
  video: (recipe) => recipe !== 'cards',
  audio: (recipe) => ['sound', 'peaks'].includes(profileOf(recipe).how.by),
  image: (recipe) => recipe === 'poster' || recipe === 'cards',
}

export const baseOf = (kind: Kind): readonly Recipe[] => BASE[kind]

/** What an original needs for the channels that were chosen, each said as the renditions that it binds. */
export const wanted = (kind: Kind, channels: readonly (readonly string[])[]): Recipe[] => {
  const bound = new Set<string>([
    ...[...BASE[kind], ...AIDS[kind], ...CHOICE[kind]],
    ...channels.flat(),
  ])
  return RECIPES.filter((recipe) => bound.has(recipe) && FITS[kind](recipe))
}

/** Of these, what is not there yet and can be made: a clip too long for one channel holds up no other. */
export const missing = (
  recipes: readonly Recipe[],
  there: readonly string[],
  facts: Facts,
): Recipe[] => {
  // For their sake alone an old clip is not encoded again.
  const tooLate: readonly Recipe[] = there.includes('poster') ? CHOICE.video : []
  const open = recipes.filter((one) => !there.includes(one) && !tooLate.includes(one))
  return open.filter((one) => !cannotMake(one, facts))
}

/** True when all that every original of its kind gets is there. */
export const hasBase = (kind: Kind, there: readonly string[]): boolean =>
  BASE[kind].every((recipe) => there.includes(recipe))

/** Of what a channel binds, what no rendition is there for yet. */
export const unmade = (binds: readonly string[], there: readonly string[]): Recipe[] =>
  binds.filter(isRecipe).filter((recipe) => !there.includes(recipe))
