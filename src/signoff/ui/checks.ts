import type { Help } from '@/errors'
import { secondsLeft } from '../facts'
import type { Review, Variant } from './types'
import { CHECKS, REVIEW } from './words'

/** Something looked at before signing; `mend` says where the reader goes to put it right. */
export type Check = {
  key: string
  good: boolean
  words: Help
  fill?: Record<string, string | number>
  mend?: { label: Help; to: 'player' | 'channels' }
}

const MP4 = 'web-mp4'

const ofAsset = ({ asset, story }: Review, language: 'vi' | 'en'): Check[] => {
  if (!asset) {
    return story.kind === 'clip' ? [{ key: 'asset', good: false, words: CHECKS.noClip }] : []
  }
  // What goes out is there; what is still made is for a channel, and stands beside that channel.
  if (asset.goesOut) return [{ key: 'asset', good: true, words: CHECKS.made }]
  if (asset.state !== 'failed') return [{ key: 'asset', good: false, words: CHECKS.making }]
  return [
    {
      key: 'asset',
      good: false,
      words: CHECKS.broken,
      fill: { why: asset.failure?.[language] ?? '' },
    },
  ]
}

const ofSound = ({ renditions }: Review): Check[] => {
  const loudness = renditions.find(({ recipe }) => recipe === MP4)?.loudness
  if (loudness === undefined || loudness === null || Math.abs(loudness + 16) > 1) return []
  const value = loudness.toFixed(1).replace('.', ',').replace('-', '−')
  return [{ key: 'sound', good: true, words: CHECKS.sound, fill: { value } }]
}

const ofWatch = ({ watch }: Review): Check[] => {
  if (!watch) return []
  const left = secondsLeft(watch)
  if (left === 0) return [{ key: 'watch', good: true, words: CHECKS.watched }]
  const mend = { label: CHECKS.goOn, to: 'player' as const }
  return [{ key: 'watch', good: false, words: CHECKS.unwatched, fill: { n: left }, mend }]
}

const ofVariant = (variant: Variant, language: 'vi' | 'en', asset: Review['asset']): Check => {
  const name = variant.channelName
  const [first] = variant.problems
  // A failed clip has a line of its own.
  if (!first && variant.making && asset && asset.state !== 'failed') {
    const n = Math.round((asset.progress ?? 0) * 100)
    return { key: variant.id, good: false, words: CHECKS.makingFor, fill: { name, n } }
  }
  if (!first && variant.making && asset?.goesOut) {
    const what = asset.failure?.[language] ?? ''
    return { key: variant.id, good: false, words: CHECKS.lacks, fill: { name, what } }
  }
  if (!first) return { key: variant.id, good: true, words: CHECKS.full, fill: { name } }
  return {
    key: variant.id,
    good: false,
    words: CHECKS.lacks,
    fill: { name, what: first.help[language] },
    mend: { label: CHECKS.mend, to: 'channels' },
  }
}

export const checksOf = (review: Review, language: 'vi' | 'en'): Check[] => {
  const none: Check = {
    key: 'none',
    good: false,
    words: CHECKS.none,
    mend: { label: CHECKS.add, to: 'channels' },
  }
  const variants = review.variants.map((variant) => ofVariant(variant, language, review.asset))
  return [
    ...ofAsset(review, language),
    ...ofSound(review),
    ...ofWatch(review),
    ...(variants.length > 0 ? variants : [none]),
  ]
}

export const sealWord = (variant: Variant): Help | null => {
  if (variant.seal?.state === 'valid') return REVIEW.valid
  return variant.seal?.state === 'void' ? REVIEW.void : null
}
