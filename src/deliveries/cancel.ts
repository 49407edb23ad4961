import { act, type Asking } from './act'
import { restColumns } from './rest'

/** It will not go out. Counts as done only when the platform holds no timer of its own any more. */
export const cancel = (args: Asking & { delivery: string; revision: number }) =>
  act({
    ...args,
    action: 'cancel',
    decide: async (row) => ({
      set: restColumns(row, { state: 'cancelled', code: 'cancelled', line: '' }),
    }),
  })
