import { NEWSROOM_ZONE } from '@/clock'
import type { Snapshot } from './snapshot'

const partsOf = (iso: Date, options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('vi-VN', { timeZone: NEWSROOM_ZONE, ...options })
  const found = new Map(format.formatToParts(iso).map(({ type, value }) => [type, value]))
  return (name: Intl.DateTimeFormatPartTypes) => found.get(name) ?? ''
}

const two = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const day = { day: '2-digit', month: '2-digit', year: 'numeric' } as const

export const hourOf = (iso: string) => {
  const part = partsOf(new Date(iso), two)
  return `${part('hour')}:${part('minute')}`
}

export const dayOf = (iso: string) => {
  const part = partsOf(new Date(iso), day)
  return `${part('day')}/${part('month')}/${part('year')}`
}

/** 20:01, 21/11/2026 */
export const timeOf = (iso: string) => `${hourOf(iso)}, ${dayOf(iso)}`

/** In a list the hour is enough for today. */
export const shortTimeOf = (iso: string, today: Date) => {
  const date = dayOf(iso)
  return date === dayOf(today.toISOString()) ? hourOf(iso) : date.slice(0, 5)
}

/** Thứ Bảy, 21 tháng 11, 2026 */
export const longDayOf = (date: Date) => {
  const part = partsOf(date, { weekday: 'long', day: 'numeric', month: 'numeric', year: 'numeric' })
  return `${part('weekday')}, ${part('day')} tháng ${part('month')}, ${part('year')}`
}

/** 92 → 1:32 */
export const lengthOf = (seconds: number) => {
  const whole = Math.max(0, Math.floor(seconds)) // as players show it
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/** 92 → PT1M32S, as machines read it. */
export const isoLengthOf = (seconds: number) => {
  const whole = Math.max(0, Math.round(seconds))
  return `PT${Math.floor(whole / 60)}M${whole % 60}S`
}

const KIND_WORDS = { text: '', clip: 'Clip', audio: 'Nghe', photo: 'Ảnh' } as const

export const kindOf = ({ kind, facts }: Pick<Snapshot, 'kind' | 'facts'>) => {
  const timed = facts && (kind === 'clip' || kind === 'audio')
  return timed ? `${KIND_WORDS[kind]} ${lengthOf(facts.durationSeconds)}` : KIND_WORDS[kind]
}
