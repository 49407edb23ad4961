import { inOrder, plainText, type Cue } from '@/media/captions'

/** What stands in the editor: the cues, which one is in hand, and the way back and forth. */
export type Edit = {
  cues: readonly Cue[]
  at: number
  past: readonly Moment[]
  future: readonly Moment[]
  /** What was done last and where; typing on in one cue is one step back, not one a letter. */
  last: string
}
type Moment = { cues: readonly Cue[]; at: number }

export type Doing =
  | { do: 'text'; at: number; text: string }
  | { do: 'time'; at: number; start?: number; end?: number }
  | { do: 'move'; at: number; by: number }
  /** `by` is where in the text the caret stood; the middle of the words when nobody stood in it. */
  | { do: 'split'; at: number; ms: number; by?: number }
  | { do: 'merge'; at: number }
  | { do: 'add'; ms: number }
  | { do: 'remove'; at: number }
  | { do: 'all'; cues: readonly Cue[] }
  | { do: 'pick'; at: number }
  | { do: 'undo' }
  | { do: 'redo' }

const STEPS_BACK = 300
const SHORTEST = 100
const NEW_MS = 2_000

export const beginEdit = (cues: readonly Cue[]): Edit => ({
  cues,
  at: 0,
  past: [],
  future: [],
  last: '',
})

const inside = (at: number, cues: readonly Cue[]) => Math.max(0, Math.min(at, cues.length - 1))

const onward = (edit: Edit, to: Moment, last: string): Edit => {
  const goesOn = last !== '' && last === edit.last
  const past = goesOn
    ? edit.past
    : [...edit.past, { cues: edit.cues, at: edit.at }].slice(-STEPS_BACK)
  return { cues: to.cues, at: inside(to.at, to.cues), past, future: [], last }
}

/** The cues again in order of time, and where the one in hand came to stand. */
const sorted = (cues: readonly Cue[], held: Cue): Moment => {
  const ordered = inOrder(cues)
  return { cues: ordered, at: ordered.indexOf(held) }
}

const swapped = (edit: Edit, at: number, cue: Cue): Moment =>
  sorted(
    edit.cues.map((one, i) => (i === at ? cue : one)),
    cue,
  )

/** Where words part when nobody says: at the space nearest to the middle. */
const middleOf = (text: string): number => {
  const half = text.length / 2
  const spaces = [...text.matchAll(/\s/g)].map(({ index }) => index)
  return spaces.sort((a, b) => Math.abs(a - half) - Math.abs(b - half))[0] ?? text.length
}

const split = (edit: Edit, { at, ms, by }: Extract<Doing, { do: 'split' }>): Moment | null => {
  const cue = edit.cues[at]
  if (!cue || cue.end - cue.start < 2 * SHORTEST) return null
  const within = ms > cue.start + SHORTEST && ms < cue.end - SHORTEST
  const cut = by ?? middleOf(cue.text)
  // Outside of its time the words say where: a third of the letters, a third of the seconds.
  const share = cue.text.length > 0 ? cut / cue.text.length : 0.5
  const guess = cue.start + (cue.end - cue.start) * Math.min(0.9, Math.max(0.1, share))
  const moment = Math.round(within ? ms : guess)
  const parts = [
    { start: cue.start, end: moment, text: cue.text.slice(0, cut).trim() },
    { start: moment, end: cue.end, text: cue.text.slice(cut).trim() },
  ]
  return { cues: [...edit.cues.slice(0, at), ...parts, ...edit.cues.slice(at + 1)], at: at + 1 }
}

const merge = (edit: Edit, at: number): Moment | null => {
  const [one, next] = [edit.cues[at], edit.cues[at + 1]]
  if (!one || !next) return null
  const joint = plainText(one.text + next.text).length > 42 ? '\n' : ' '
  const text = [one.text, next.text].filter((part) => part !== '').join(joint)
  const merged = { start: one.start, end: Math.max(one.end, next.end), text }
  return { cues: [...edit.cues.slice(0, at), merged, ...edit.cues.slice(at + 2)], at }
}

const add = (edit: Edit, ms: number): Moment => {
  const start = Math.max(0, Math.round(ms))
  const next = edit.cues.find((cue) => cue.start > start)
  const end = Math.max(start + SHORTEST, Math.min(start + NEW_MS, next?.start ?? Infinity))
  const cue = { start, end, text: '' }
  return sorted([...edit.cues, cue], cue)
}

const timed = (edit: Edit, doing: Extract<Doing, { do: 'time' }>): Moment | null => {
  const cue = edit.cues[doing.at]
  if (!cue) return null
  const start = Math.max(0, Math.round(doing.start ?? cue.start))
  const end = Math.max(0, Math.round(doing.end ?? cue.end))
  return swapped(edit, doing.at, { ...cue, start, end })
}

const moved = (edit: Edit, { at, by }: Extract<Doing, { do: 'move' }>): Moment | null => {
  const cue = edit.cues[at]
  if (!cue) return null
  const step = Math.max(-cue.start, by)
  return swapped(edit, at, { ...cue, start: cue.start + step, end: cue.end + step })
}

const texted = (edit: Edit, { at, text }: Extract<Doing, { do: 'text' }>): Moment | null => {
  const cue = edit.cues[at]
  if (!cue || cue.text === text) return null
  return { cues: edit.cues.map((one, i) => (i === at ? { ...cue, text } : one)), at }
}

const removed = (edit: Edit, at: number): Moment | null =>
  edit.cues[at] ? { cues: edit.cues.filter((_, i) => i !== at), at } : null

const undone = (edit: Edit): Edit => {
  const before = edit.past.at(-1)
  if (!before) return edit
  const future = [{ cues: edit.cues, at: edit.at }, ...edit.future]
  return { ...before, past: edit.past.slice(0, -1), future, last: '' }
}

const redone = (edit: Edit): Edit => {
  const [next, ...future] = edit.future
  if (!next) return edit
  return { ...next, past: [...edit.past, { cues: edit.cues, at: edit.at }], future, last: '' }
}

type Changing = Exclude<Doing, { do: 'undo' | 'redo' | 'pick' }>

const HOW: { [D in Changing['do']]: (edit: Edit, doing: Extract<Changing, { do: D }>) => Moment | null } = {
  text: texted,
  time: timed,
  move: moved,
  split,
  merge: (edit, { at }) => merge(edit, at),
  add: (edit, { ms }) => add(edit, ms),
  remove: (edit, { at }) => removed(edit, at),
  all: (_edit, { cues }) => ({ cues, at: 0 }),
} // prettier-ignore

const JOINED: readonly string[] = ['text', 'move']

/** One thing done to the captions. Pure; what could not be done leaves everything as it was. */
export const edited = (edit: Edit, doing: Doing): Edit => {
  if (doing.do === 'undo') return undone(edit)
  if (doing.do === 'redo') return redone(edit)
  if (doing.do === 'pick') return { ...edit, at: inside(doing.at, edit.cues), last: '' }
  const how = HOW[doing.do] as (edit: Edit, doing: Changing) => Moment | null // each row takes its own
  const to = how(edit, doing)
  if (!to) return edit
  return onward(edit, to, JOINED.includes(doing.do) && 'at' in doing ? `${doing.do} ${to.at}` : '')
}

/** The cue that is on the screen at this moment, or -1. */
export const cueAt = (cues: readonly Cue[], ms: number): number =>
  cues.findIndex(({ start, end }) => ms >= start && ms < end)

/** Where two texts of captions differ: for the person who chooses between them. */
export const differing = (mine: readonly Cue[], theirs: readonly Cue[]) => {
  const line = ({ start, end, text }: Cue) => `${start} ${end} ${text}`
  const [ours, others] = [new Set(mine.map(line)), new Set(theirs.map(line))]
  return {
    mine: mine.filter((cue) => !others.has(line(cue))),
    theirs: theirs.filter((cue) => !ours.has(line(cue))),
  }
}
