import { nowIso, nowMs } from '@/clock'
import { act, type Asking } from './act'

/** A person lets a held or late delivery go on. A passed hour becomes now; everything is checked again first. */
export const release = (args: Asking & { delivery: string; revision: number }) =>
  act({
    ...args,
    action: 'release',
    decide: async (row) => ({
      set: {
        state: 'planned',
        dueAt: Date.parse(row.dueAt) < nowMs() ? nowIso() : row.dueAt,
        attempts: 0,
        code: '',
        line: '',
        tries: 0,
        nextAt: nowMs(),
      },
      detail: { was: row.code ?? '', due: row.dueAt },
    }),
  })
