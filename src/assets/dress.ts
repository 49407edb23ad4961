import type { Payload } from 'payload'
import { z } from 'zod'
import { nowIso } from '@/clock'
import { refuse, type Help, type Outcome, type Refusal } from '@/errors'
import { dressingOf, dressOf, type Dress } from '@/media/dress'
import { redactionProblem, type Redaction, type RedactionProblem } from '@/media/redact'
import type { Person } from '@/people/person'
import { changeLatest } from '@/records/change'
import { rowById, type Row } from '@/records/db'
import { factsOf } from './demand'
import { failureCells } from './failure-words'
import { actorOf } from './tus'

const share = z.number().min(0).max(1)
const span = { fromMs: z.number().int().min(0), toMs: z.number().int().min(0) }
const box = z.object({ x: share, y: share, width: share, height: share })

/** More than this is a clip to be cut anew: each costs the encoder a look at every frame. */
const MOST = 40

export const redactionsShape: z.ZodType<Redaction[]> = z
  .array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('blur'), ...span, box }),
      z.object({ kind: z.literal('mute'), ...span }),
    ]),
  )
  .max(MOST)

type Dressed = Pick<Row<'assets'>, 'redactions' | 'dressing'>

export const redactionsOf = (row: Pick<Row<'assets'>, 'redactions'>): Redaction[] =>
  redactionsShape.parse(JSON.parse(row.redactions || '[]'))

/** Throws rather than make a clip without what was ordered: a row that can not be read hides nobody's face. */
const wornIn = (row: Dressed): { dress: Dress | null; dressing: string } => {
  const dress = dressOf({ redactions: redactionsOf(row) })
  const dressing = row.dressing ?? ''
  if (dressingOf(dress) !== dressing) throw new Error('what is to be done to the clip is not what its row names') // prettier-ignore
  return { dress, dressing }
}

/** What is done to this clip now, and its name. */
export const wornBy = async (payload: Payload, asset: string) => {
  const row = await rowById(payload, 'assets', asset)
  return row ? wornIn(row) : { dress: null, dressing: '' }
}

const help = (vi: string, en: string): Help => ({ vi, en })

const CAN_NOT: Record<RedactionProblem, Help> = {
  'empty-span': help('Đoạn quá ngắn. Đặt lại điểm đầu và điểm cuối.', 'The span is too short. Set its ends again.'), // prettier-ignore
  'outside-clip': help('Đoạn nằm ngoài clip. Đặt lại điểm đầu và điểm cuối.', 'The span is outside the clip. Set its ends again.'), // prettier-ignore
  'bad-box': help('Khung quá nhỏ hoặc ra ngoài hình. Vẽ lại khung.', 'The box is too small or leaves the picture. Draw it again.'), // prettier-ignore
  'no-picture': help('Tệp này không có hình chạy để che.', 'This file has no running picture to cover.'), // prettier-ignore
  'no-sound': help('Tệp này không có tiếng để tắt.', 'This file has no sound to mute.'),
}

export const NO_DRESS = {
  absent: () => refuse('absent', help('Không có tư liệu này.', 'There is no such asset.')),
  stale: () => refuse('stale', help('Vừa có người đổi phần che của clip. Tải lại rồi làm tiếp.', 'Somebody just changed what is covered in this clip. Reload and go on.')), // prettier-ignore
  busy: () => refuse('busy', help('Tệp đang được chuyển. Chờ một lát rồi lưu lại.', 'The file is being moved. Wait a moment and save again.')), // prettier-ignore
  same: () => refuse('same', help('Không có gì mới để lưu.', 'There is nothing new to save.')),
}

const problemRefusal = (list: readonly Redaction[], row: Row<'assets'>): Refusal | null => {
  const found = redactionProblem(list, factsOf(row))
  return found ? refuse(found.problem, CAN_NOT[found.problem], { at: found.at }) : null
}

/** Work in any of these is given up, or begins anew, when what is done to the clip changes. */
const OPEN = ['stored', 'processing', 'ready', 'failed']

const judged = (row: Row<'assets'>, asked: { revision: number; redactions: Redaction[] }) => {
  if ((row.dressRevision ?? 0) !== asked.revision) return NO_DRESS.stale()
  if (!OPEN.includes(row.state)) return NO_DRESS.busy()
  if (JSON.stringify(asked.redactions) === JSON.stringify(redactionsOf(row))) return NO_DRESS.same()
  return problemRefusal(asked.redactions, row)
}

type Saving = { revision: number; redactions: Redaction[] }

/** Whether this could be saved now, without saving it. */
export const redactionRefusal = async (
  payload: Payload,
  asset: string,
  asked: Saving,
): Promise<Refusal | null> => {
  const row = await rowById(payload, 'assets', asset)
  return row ? judged(row, asked) : NO_DRESS.absent()
}

/**
 * Writes down what is to be covered. In the same write the clip takes another name for what was done to it, so that from
 * this instant nothing made before is a rendition of it, and it goes back to the queue: who works on it loses the lease.
 */
export const saveRedactions = async (
  args: Saving & { payload: Payload; person: Person; asset: string; story: string },
): Promise<Outcome<{ row: Row<'assets'> }>> => {
  const { payload, person, asset, story, redactions } = args
  const done = await changeLatest<'assets', Refusal>({
    payload,
    collection: 'assets',
    id: asset,
    decide: async (row) => {
      const refusal = judged(row, args)
      if (refusal) return { stop: refusal }
      const blurs = redactions.filter(({ kind }) => kind === 'blur').length
      return {
        set: {
          redactions: JSON.stringify(redactions),
          redactedBy: person.name,
          dressRevision: args.revision + 1,
          dressing: dressingOf(dressOf({ redactions })),
          ...AGAIN,
        },
        event: {
          action: 'asset.redact',
          actor: actorOf(person),
          at: nowIso(),
          story,
          detail: { blurs, mutes: redactions.length - blurs, revision: args.revision + 1 },
          tell: [
            { job: 'asset.process', payload: { asset } },
            { job: 'asset.redressed', payload: { asset } },
            // Captions are files beside one stream, and there will be another.
            { job: 'captions.make', payload: { asset } },
          ],
        },
      }
    },
  })
  if (done.ok) return { ok: true, row: done.row }
  return 'stop' in done ? done.stop : NO_DRESS.stale()
}

const AGAIN = { state: 'stored', pass: '', progress: 0, secondsLeft: null, failures: 0, losses: 0, unmade: '', waitUntil: 0, ...failureCells(null) } // prettier-ignore
