import { el } from './dom'
import { isOver, type Phase } from './lanes'
import { AWAY, OFFLINE, percent, size, timeLeft } from './words'

type Hands = { pause: () => void; resume: () => void; drop: () => void; close: () => void }
export type Shown = {
  phase: Phase
  sent: number
  total: number
  speed: number
  /** Why it was refused, or how far it is read. */
  line: string
}

const WORDS: Partial<Record<Phase, string>> = {
  queued: 'Chờ tới lượt.',
  paused: 'Đang tạm dừng.',
  'signed-out': 'Phiên đăng nhập đã hết. Đăng nhập lại để gửi tiếp.',
}

const sentence = ({ phase, sent, total, speed, line }: Shown): string => {
  if (phase === 'waiting') return navigator.onLine ? AWAY : OFFLINE
  if (phase !== 'going') return WORDS[phase] ?? line
  const rest = speed > 0 ? ` · ${size(speed)}/giây · ${timeLeft((total - sent) / speed)}` : ''
  return `${size(sent)} / ${size(total)}${rest}`
}

/** One file in the panel: its name, how far it is, and what can be done about it. */
export const makeRow = (name: string, hands: Hands) => {
  const bar = el('progress', { max: 1, value: 0, 'aria-label': `Đã gửi ${name}` })
  const line = el('p', { class: 'faint' })
  const pause = el('button', { type: 'button', click: () => hands.pause() }, 'Tạm dừng')
  const resume = el('button', { type: 'button', click: () => hands.resume() }, 'Gửi tiếp')
  const drop = el(
    'button',
    { type: 'button', class: 'quiet', click: () => hands.drop() },
    'Bỏ tệp này',
  )
  const close = el('button', { type: 'button', class: 'quiet', click: () => hands.close() }, 'Đóng')
  const buttons = el('div', { class: 'row' }, pause, resume, drop, close)
  // A name may hold marks that turn the reading direction: they must not turn what stands beside it.
  const title = el('h2', {}, el('bdi', {}, name))
  const root = el('div', { class: 'transfer' }, title, bar, line, buttons)
  const show = (told: Shown) => {
    bar.value = told.total > 0 ? told.sent / told.total : 0
    bar.hidden = isOver(told)
    line.textContent = sentence(told)
    line.className = told.phase === 'refused' ? 'band red' : 'faint'
    pause.hidden = !['queued', 'going', 'waiting'].includes(told.phase)
    resume.hidden = told.phase !== 'paused'
    drop.hidden = isOver(told)
    close.hidden = told.phase !== 'refused'
  }
  return { root, show, line: () => line.textContent ?? '' }
}

export const readingLine = (fraction: number) => `Đang đọc tệp: ${percent(fraction)}`
