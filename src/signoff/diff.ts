import { diffWordsWithSpace } from 'diff'
import type { Help } from '@/errors'
import {
  SEALED_FIELDS,
  SEALED_VARIANT_FIELDS,
  sealedStory,
  sealedVariant,
} from '@/stories/fields-sealed'
import type { Cleared } from './gather'
import { wholeOf, type Material } from './material'

export type Part = { text: string; kind: 'same' | 'added' | 'removed' }
export type Change = { field: string; label: Help; parts: Part[] }

/** Texts above this, or with more changes, are shown as one whole change. */
const LONGEST = 60_000
/** Two texts of 30,000 letters without a word in common kept the web process busy for 10 s; so, 0.2 s (measured 2026-11-21). */
const MOST_EDITS = 1_000

export const wordDiff = (before: string, after: string): Part[] => {
  if (before === after) return after === '' ? [] : [{ text: after, kind: 'same' }]
  const short = before.length + after.length <= LONGEST
  const parts = short ? diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS }) : undefined
  if (!parts) {
    const whole: Part[] = [{ text: before, kind: 'removed' }, { text: after, kind: 'added' }] // prettier-ignore
    return whole.filter(({ text }) => text !== '')
  }
  return parts.map(({ value, added, removed }) => ({
    text: value,
    kind: added ? 'added' : removed ? 'removed' : 'same',
  }))
}

type Labelled = { id: string; label: Help }
type Words = Record<string, string>

const changed = (args: {
  fields: readonly Labelled[]
  before: Words
  after: Words
  field: (id: string) => string
  label: (label: Help) => Help
}): Change[] =>
  args.fields
    .filter(({ id }) => (args.before[id] ?? '') !== (args.after[id] ?? ''))
    .map(({ id, label }) => ({
      field: args.field(id),
      label: args.label(label),
      parts: wordDiff(args.before[id] ?? '', args.after[id] ?? ''),
    }))

/** What changed since it was last cleared: words of the story, then of each channel. Nothing before the first clearing. */
export const changesSince = (
  cleared: Cleared | null,
  material: Material,
  nameOf: (channel: string) => string,
): Change[] => {
  const whole = wholeOf(material)
  if (!cleared || !whole) return []
  const words = changed({
    fields: SEALED_FIELDS,
    before: cleared.fields,
    after: sealedStory(whole),
    field: (id) => id,
    label: (label) => label,
  })
  const now: Record<string, Words> = Object.fromEntries(
    material.variants.map((variant) => [
      variant.channel,
      sealedVariant(variant, material.story.kind),
    ]),
  )
  const channels = [...new Set([...Object.keys(cleared.variants), ...Object.keys(now)])]
  const variants = channels.flatMap((channel) =>
    changed({
      fields: SEALED_VARIANT_FIELDS,
      before: cleared.variants[channel] ?? {},
      after: now[channel] ?? {},
      field: (id) => `${channel}.${id}`,
      label: ({ vi, en }) => ({
        vi: `${nameOf(channel)} · ${vi}`,
        en: `${nameOf(channel)} · ${en}`,
      }),
    }),
  )
  return [...words, ...variants]
}
