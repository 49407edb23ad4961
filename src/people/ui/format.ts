import { NEWSROOM_ZONE, nowMs } from '@/clock'

type Language = 'vi' | 'en'

/** Seconds as 1:32 or 1:02:03. */
export const clipLength = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds)) // as players show it
  const tail = String(whole % 60).padStart(2, '0')
  const minutes = Math.floor(whole / 60) % 60
  const hours = Math.floor(whole / 3600)
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`
}

export const numberIn = (language: Language, value: number, digits = 0): string =>
  new Intl.NumberFormat(language, {
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
  }).format(value)

const inZone = (language: Language, options: Intl.DateTimeFormatOptions, iso: string): string => {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return ''
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'vi', {
    timeZone: NEWSROOM_ZONE,
    ...options,
  }).format(date)
}

export const clockTime = (language: Language, iso: string): string =>
  inZone(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, iso)

/** 21/11: the newsroom writes a stroke, where the browser's own Vietnamese has a hyphen. */
export const dayMonth = (language: Language, iso: string): string =>
  inZone(language, { day: '2-digit', month: '2-digit' }, iso).replace('-', '/')

/** 19:42 of today, or 19:42 21/11 of another day; in the newsroom's zone. */
export const moment = (language: Language, iso: string): string => {
  const day = dayMonth(language, iso)
  const today = dayMonth(language, new Date(nowMs()).toISOString())
  return day === today ? clockTime(language, iso) : `${clockTime(language, iso)} ${day}`
}

export const longDay = (language: Language): string =>
  inZone(
    language,
    { weekday: 'long', day: 'numeric', month: 'numeric' },
    new Date(nowMs()).toISOString(),
  )

/** 19:42 21/11/2026, in the newsroom's zone. */
export const fullMoment = (language: Language, iso: string): string => {
  const day = inZone(language, { day: '2-digit', month: '2-digit', year: 'numeric' }, iso)
  return day && `${clockTime(language, iso)} ${day}`
}

const MINUTE = 60_000
const UNITS = {
  vi: { now: 'vừa xong', minute: 'ph', hour: 'giờ', day: 'ngày' },
  en: { now: 'just now', minute: 'min', hour: 'h', day: 'd' },
}

export const ago = (language: Language, iso: string): string => {
  const passed = nowMs() - new Date(iso).getTime()
  const unit = UNITS[language]
  if (Number.isNaN(passed)) return ''
  if (passed < MINUTE) return unit.now
  if (passed < 60 * MINUTE) return `${Math.floor(passed / MINUTE)} ${unit.minute}`
  if (passed < 24 * 60 * MINUTE) return `${Math.floor(passed / (60 * MINUTE))} ${unit.hour}`
  return `${Math.floor(passed / (24 * 60 * MINUTE))} ${unit.day}`
}

/** No line breaks here. */
const JOINED = '\u2060'

/** A digest short enough to compare by eye: 9f2c…e1. */
export const shortDigest = (digest: string): string =>
  digest.length > 8 ? `${digest.slice(0, 4)}${JOINED}…${JOINED}${digest.slice(-2)}` : digest

/** Without diacritics and case: "dong bao" finds "Đồng bào". */
export const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').toLowerCase()
