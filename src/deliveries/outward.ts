import type { Help } from '@/errors'

export const OUTWARD_STATES = {
  none: { vi: 'Chưa xếp', en: 'None' },
  planned: { vi: 'Đã xếp', en: 'Planned' },
  'partly-out': { vi: 'Đã lên một phần', en: 'Partly out' },
  out: { vi: 'Đã lên', en: 'Out' },
  correcting: { vi: 'Đang cải chính', en: 'Correcting' },
  withdrawn: { vi: 'Đã gỡ', en: 'Taken down' },
} as const satisfies Record<string, Help>

export type OutwardState = keyof typeof OUTWARD_STATES

const OUT = ['published', 'confirming']
const DEAD = ['cancelled', 'refused', 'replaced']
const BACK = ['withdrawn', 'withdrawing']

/** How a story stands toward the outside. Derived from its deliveries each time, stored nowhere. */
export const outwardOf = (
  deliveries: readonly { state: string; channel: string; replaces?: string | null }[],
): OutwardState => {
  const live = deliveries.filter((row) => !DEAD.includes(row.state))
  if (live.length === 0) return 'none'
  const out = live.filter((row) => OUT.includes(row.state))
  const open = live.filter((row) => !OUT.includes(row.state) && !BACK.includes(row.state))
  const channelsOut = new Set(out.map((row) => row.channel))
  if (open.some((row) => row.replaces && channelsOut.has(row.channel))) return 'correcting'
  if (out.length > 0) return open.length > 0 ? 'partly-out' : 'out'
  return open.length > 0 ? 'planned' : 'withdrawn'
}
