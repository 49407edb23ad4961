import { nowMs } from '@/clock'
import { env } from '@/env'
import { act, type Asking, type Decided } from './act'
import type { Refusal } from '@/errors'
import { no } from './refusals'
import { restColumns } from './rest'

const isAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, username } = new URL(text)
  return username === '' && (protocol === 'https:' || (env.DEMO_PLATFORMS && protocol === 'http:'))
}

/**
 * A person looked at the account where the platform could not be asked. "Out" is still shown by a stranger's read;
 * "not out" holds the delivery: sending again is a second deliberate act.
 */
export const resolve = (
  args: Asking & { delivery: string; revision: number; outcome: unknown; url?: unknown },
) =>
  act({
    ...args,
    action: 'resolve',
    decide: async (row): Promise<Decided | Refusal> => {
      const { outcome, url } = args
      if (outcome === 'not-out') {
        const state = row.wanted === 'gone' ? 'cancelled' : 'held'
        return { set: restColumns(row, { state, code: 'not-out', line: '' }), detail: { outcome } }
      }
      if (outcome !== 'out') return no('bad-outcome')
      const given = typeof url === 'string' ? url.trim() : ''
      if (given !== '' && !isAddress(given)) return no('bad-url')
      return {
        set: {
          state: row.wanted === 'gone' ? 'withdrawing' : 'confirming',
          url: given || (row.url ?? ''),
          armed: false,
          goal: '',
          code: '',
          line: '',
          tries: 0,
          nextAt: nowMs(),
        },
        detail: { outcome, url: given },
      }
    },
  })
