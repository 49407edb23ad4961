import { nowMs } from '@/clock'
import { act, type Asking } from './act'
import { dueOf } from './due'
import { rightsAt } from './rights'

/** Another hour, the words untouched. A timer that the platform holds for the old hour goes first. */
export const move = (args: Asking & { delivery: string; revision: number; dueAt: unknown }) =>
  act({
    ...args,
    action: 'move',
    decide: async (row) => {
      const due = dueOf(args.dueAt)
      if (!due.ok) return due
      const rights = await rightsAt(args.payload, row, due.dueAt)
      if (rights) return rights
      const detail = { from: row.dueAt, to: due.dueAt }
      const set = { dueAt: due.dueAt, code: '', line: '', tries: 0, nextAt: nowMs() }
      if (row.armed) return { set: { ...set, state: 'disarming', goal: 'planned' }, detail }
      // Prepared things stay prepared; what was held or late is checked from the start.
      if (row.state === 'ready')
        return { set: { ...set, nextAt: Math.max(1, Date.parse(due.dueAt)) }, detail }
      return { set: { ...set, state: row.state === 'preparing' ? 'preparing' : 'planned' }, detail }
    },
  })
