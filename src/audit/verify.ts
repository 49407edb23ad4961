import type { Payload } from 'payload'
import { findRows } from '@/records/db'
import { GENESIS, linkHash } from './chain'

/** A head hash that left the database: what stood at `seq` then. */
export type Anchor = { seq: number; hash: string; at: string }

export type Verdict =
  | { ok: true; links: number; waiting: number; anchors: number; head: string }
  | { ok: false; seq: number; what: string }

const PAGE = 500

/**
 * Walks the whole chain: numbers without a gap, each link on the one before, each hash over its entry as it stands
 * now, no linked entry without its link; then each anchor against the link of its number.
 */
export const verifyChain = async (payload: Payload, anchors: Anchor[] = []): Promise<Verdict> => {
  const wanted = new Map(anchors.map((anchor) => [anchor.seq, anchor.hash]))
  let prev = GENESIS
  let seq = 0
  for (;;) {
    const links = await findRows({
      payload,
      collection: 'audit-links',
      where: { seq: { greater_than: seq } },
      sort: 'seq',
      limit: PAGE,
    })
    if (links.length === 0) break
    const entries = await entriesOf(
      payload,
      links.map((link) => link.entryKey),
    )
    for (const link of links) {
      const entry = entries.get(link.entryKey)
      if (link.seq !== seq + 1) return { ok: false, seq: seq + 1, what: 'a link is missing' }
      if (!entry) return { ok: false, seq: link.seq, what: 'the entry of this link is gone' }
      if (link.prev !== prev)
        return { ok: false, seq: link.seq, what: 'the link does not hang on the one before' }
      if (link.hash !== linkHash(prev, entry))
        return { ok: false, seq: link.seq, what: 'the entry was changed' }
      const anchored = wanted.get(link.seq)
      if (anchored !== undefined && anchored !== link.hash)
        return {
          ok: false,
          seq: link.seq,
          what: 'the chain was rewritten: it differs from its anchor',
        }
      wanted.delete(link.seq)
      prev = link.hash
      seq = link.seq
    }
  }
  const cut = [...wanted.keys()].sort((a, b) => a - b)[0]
  if (cut !== undefined)
    return { ok: false, seq: cut, what: 'the chain was cut: an anchored link is gone' }
  return rest(payload, { seq, prev, anchors: anchors.length })
}

const rest = async (
  payload: Payload,
  walked: { seq: number; prev: string; anchors: number },
): Promise<Verdict> => {
  const linked = await payload.count({
    collection: 'audit-entries',
    where: { linked: { equals: true } },
  })
  if (linked.totalDocs > walked.seq)
    return { ok: false, seq: walked.seq, what: 'an entry says that it is linked and is not' }
  const waiting = await payload.count({
    collection: 'audit-entries',
    where: { linked: { equals: false } },
  })
  return {
    ok: true,
    links: walked.seq,
    waiting: waiting.totalDocs,
    anchors: walked.anchors,
    head: walked.prev,
  }
}

const entriesOf = async (payload: Payload, keys: string[]) => {
  const entries = await findRows({
    payload,
    collection: 'audit-entries',
    where: { key: { in: keys } },
  })
  return new Map(entries.map((entry) => [entry.key, entry]))
}
