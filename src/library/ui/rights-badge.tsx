'use client'

import { dayOf, daysBetween } from '@/assets/rights'
import type { RightsNow } from '@/assets/rights-of'
import { nowMs } from '@/clock'
import { Pill } from '@/people/ui/pieces'
import { useSay, type Say } from '@/people/ui/say'
import { RIGHTS_LINES, RIGHTS_WORDS } from './words'

/** 2026-11-21 as the newsroom writes it: 21/11/2026. */
export const dayWords = (day: string): string => day.split('-').toReversed().join('/')

/** How the rights stand, in the fewest words that say what to do. */
const rightsLine = (rights: RightsNow, say: Say): string => {
  const { state, from, to } = rights
  if (state === 'expired') return say(RIGHTS_LINES.ended, { day: dayWords(to) })
  if (state === 'not-yet') return say(RIGHTS_LINES.begins, { day: dayWords(from) })
  if (state === 'valid' && to) return say(RIGHTS_LINES.until, { day: dayWords(to) })
  if (state !== 'expiring') return say(RIGHTS_WORDS[state].label)
  const left = daysBetween(dayOf(nowMs()), to)
  return left <= 0 ? say(RIGHTS_LINES.today) : say(RIGHTS_LINES.left, { n: left })
}

export const RightsBadge = ({ rights }: { rights: RightsNow | null }) => {
  const say = useSay()
  if (!rights) return null
  return <Pill tone={RIGHTS_WORDS[rights.state].tone}>{rightsLine(rights, say)}</Pill>
}
