import type { Payload } from 'payload'
import { nowIso } from '@/clock'
import { refuse, type Outcome, type Refusal } from '@/errors'
import type { CaptionLanguage } from '@/media/caption-languages'
import { LONGEST_SPEECH_SECONDS } from '@/media/speech'
import { holds, type Person } from '@/people/person'
import { changeLatest } from '@/records/change'
import { insertRow, rowById, type Row } from '@/records/db'
import type { RowEvent } from '@/records/event'
import { CAPTIONERS } from './captioners'
import { NO } from './refusals'
import { actorOf, captionsIn, emptyRow, type CaptionRow } from './rows'

type Asking = {
  payload: Payload
  person: Person
  asset: string
  language: CaptionLanguage
  /** Whether there is a service to ask. */
  machine: boolean
}

const TOO_LONG = refuse('too-long', {
  vi: 'Máy chỉ chép tư liệu dài đến 2 giờ. Cắt ra từng phần, hoặc gõ tay.',
  en: 'The machine takes up to two hours. Cut it into parts, or type.',
})

const soundIn = ({ facts }: Row<'assets'>): boolean =>
  (JSON.parse(facts || '{}') as { hasSound?: boolean }).hasSound === true // written by `receive` alone

const never = (asset: Row<'assets'> | null): Refusal | null => {
  if (!asset) return NO.absent
  if (asset.kind !== 'video' && asset.kind !== 'audio') return NO.still
  if (!soundIn(asset)) return NO.silent
  return (asset.durationSeconds ?? 0) > LONGEST_SPEECH_SECONDS ? TOO_LONG : null
}

const notNow = (row: CaptionRow): Refusal | null => {
  if (row.hearing === 'asked') return NO.hearing
  return (row.count ?? 0) > 0 || row.state !== 'draft' ? NO.hasText : null
}

/** An empty row to write into, where there is none; of two who ask at once both get the one. */
const rowFor = async ({ payload, asset, language }: Asking): Promise<CaptionRow | null> => {
  const there = await captionsIn(payload, asset, language)
  if (there) return there
  await insertRow({ payload, collection: 'captions', data: { ...emptyRow(asset, language), revision: 0, pending: false } }) // prettier-ignore
  return captionsIn(payload, asset, language)
}

/** Asks the machine for a draft, where nobody has written one. The worker does the rest. */
export const askMachine = async (asking: Asking): Promise<Outcome<{ row: CaptionRow }>> => {
  const { payload, person, asset, language } = asking
  if (!holds(person, ...CAPTIONERS)) return NO.role
  if (!asking.machine) return NO.noMachine
  const refusal = never(await rowById(payload, 'assets', asset))
  if (refusal) return refusal
  const row = await rowFor(asking)
  if (!row) return NO.absent
  const event: RowEvent = {
    action: 'captions.ask',
    actor: actorOf(person),
    at: nowIso(),
    detail: { asset, language },
    tell: [{ job: 'captions.hear', payload: { captions: row.id } }],
  }
  const set = { hearing: 'asked', hearingHelp: '', hearingTries: 0, leaseBy: '', leaseUntil: 0 }
  const done = await changeLatest<'captions', Refusal>({
    payload,
    collection: 'captions',
    id: row.id,
    decide: async (now) => {
      const no = notNow(now)
      return no ? { stop: no } : { set, event }
    },
  })
  if (done.ok) return { ok: true, row: done.row }
  return 'stop' in done ? done.stop : NO.absent
}
