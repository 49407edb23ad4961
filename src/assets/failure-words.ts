import type { Help } from '@/errors'
import type { Row } from '@/records/db'

/** The cells that say why a clip waits or is parked; with null they are empty again. Vietnamese stands apart, for lists. */
export const failureCells = (help: Help | null): { failure: string; failureHelp: string } => ({
  failure: help?.vi ?? '',
  failureHelp: help ? JSON.stringify(help) : '',
})

/** Why a clip waits or is parked, in both languages; null when nothing is wrong with it. */
export const failureOf = (row: Pick<Row<'assets'>, 'failure' | 'failureHelp'>): Help | null => {
  if (row.failureHelp) return JSON.parse(row.failureHelp) as Help // written by `failureCells` alone
  return row.failure ? { vi: row.failure, en: row.failure } : null
}
