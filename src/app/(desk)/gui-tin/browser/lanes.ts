/** Where one file is on its way. */
export type Phase =
  'queued' | 'reading' | 'going' | 'waiting' | 'paused' | 'signed-out' | 'refused' | 'done'

/** What takes up the line, or will again without a hand: the next one must wait for it. */
const BUSY: readonly Phase[] = ['reading', 'going', 'waiting', 'signed-out']
const OVER: readonly Phase[] = ['refused', 'done']

export const isOver = ({ phase }: { phase: Phase }) => OVER.includes(phase)

/** A phone's line and memory carry two; more would only make each one slower. */
export const atOnce = () => (window.matchMedia('(pointer: coarse)').matches ? 2 : 3)

/** Those that may begin now: in the order in which they were given, while fewer than `most` are busy. */
export const mayBegin = <T extends { phase: Phase }>(tasks: readonly T[], most: number): T[] => {
  const busy = tasks.filter(({ phase }) => BUSY.includes(phase)).length
  return tasks.filter(({ phase }) => phase === 'queued').slice(0, Math.max(0, most - busy))
}

/** All together: what is sent of how much, and how fast. Files that were refused are no part of it. */
export const together = (
  tasks: readonly { phase: Phase; sent: number; speed: number; file: { size: number } }[],
) => {
  const counted = tasks.filter(({ phase }) => phase !== 'refused')
  const sum = (of: (task: (typeof counted)[number]) => number) =>
    counted.reduce((total, task) => total + of(task), 0)
  const [sent, total] = [sum((task) => task.sent), sum((task) => task.file.size)]
  const speed = sum((task) => (task.phase === 'going' ? task.speed : 0))
  return { sent, total, speed, secondsLeft: speed > 0 ? (total - sent) / speed : null }
}
