/** What a stranger saw, when and where: kept on the delivery, shown with the story. */
export type Proof = {
  at: string
  what: 'seen' | 'gone'
  status: number
  url: string
  digest: string
}

const MOST = 40

export const proofsOf = (row: { proof?: string | null }): Proof[] => {
  const parsed: unknown = JSON.parse(row.proof || '[]')
  return Array.isArray(parsed) ? parsed.filter(isProof) : []
}

const isProof = (value: unknown): value is Proof =>
  typeof value === 'object' && value !== null && 'at' in value && 'what' in value

export const withProof = (
  row: { proof?: string | null; url?: string | null },
  seen: Omit<Proof, 'url'>,
): string => JSON.stringify([...proofsOf(row), { ...seen, url: row.url ?? '' }].slice(-MOST))

/** The run of "gone" at the end: two of them, apart, end a takedown. */
export const lastGone = (row: { proof?: string | null }): Proof | null => {
  const last = proofsOf(row).at(-1)
  return last?.what === 'gone' ? last : null
}
