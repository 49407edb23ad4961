import { byId, say } from './dom'
import { hashOf } from './hash'
import { wait, waitNoMore } from './journal'
import { atOnce, isOver, mayBegin, together, type Phase } from './lanes'
import { makeRow, readingLine } from './row'
import { sendFile, type Sending, type Told } from './send'
import { OTHER_FILE, percent, size, timeLeft, UNREADABLE } from './words'

type Hooks = { signedOut: () => void; arrived: () => void }

export type Asked = {
  file: File
  story: string
  /** Material beside the story's clip. */
  extra: boolean
  /** Hands the story in once everything of it has arrived. */
  handIn: boolean
  /** What the server already has of it. */
  known?: { tusId: string; sha256: string }
}
type Task = Asked & {
  phase: Phase
  sent: number
  speed: number
  line: string
  sending: Sending | null
  row: ReturnType<typeof makeRow>
}

/** Every file that is on its way or waits for its turn, in the order in which they were given. */
let tasks: Task[] = []
let hooks: Hooks = { signedOut: () => undefined, arrived: () => undefined }

const live = () => tasks.filter((task) => !isOver(task))
export const isSending = (story: string) => live().some((task) => task.story === story)
/** A file of the story that stands for the story itself, not material beside it. */
export const isSendingMain = (story: string) =>
  live().some((task) => task.story === story && !task.extra)
export const isSendingAny = () => live().length > 0
export const isSendingUpload = (tusId: string) =>
  live().some((task) => task.known?.tusId === tusId || task.sending?.tusId() === tusId)

export const useTransfers = (given: Hooks) => {
  hooks = given
  window.addEventListener('beforeunload', (event) => {
    if (isSendingAny()) event.preventDefault()
  })
  // The browser lets go of it whenever the page is left for a moment.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && isSendingAny()) keepAwake()
  })
}

/** After signing in again: each goes on at its byte. */
export const goOn = () => {
  for (const task of tasks.filter(({ phase }) => phase === 'signed-out')) resume(task)
}

/** Puts a file into the queue. Whatever becomes of it is said in its own row. */
export const transfer = (asked: Asked): void => {
  const task: Task = {
    ...asked,
    ...{ phase: 'queued', sent: 0, speed: 0, line: '', sending: null },
    row: makeRow(asked.file.name, {
      pause: () => pause(task),
      resume: () => resume(task),
      drop: () => drop(task),
      close: () => forget(task),
    }),
  }
  // What was refused of the same story gives way to what is sent instead.
  const before = tasks.filter(({ phase }) => phase === 'refused')
  for (const one of before) if (one.story === asked.story && one.extra === asked.extra) forget(one)
  tasks = [...tasks, task]
  if (asked.handIn) wait(asked.story)
  byId('files').append(task.row.root)
  move(task, 'queued')
  if (tasks.length === 1) byId('sending').scrollIntoView({ block: 'nearest' })
  keepAwake()
  go()
}

const go = () => {
  for (const task of mayBegin(tasks, atOnce())) void begin(task)
}

const begin = async (task: Task): Promise<void> => {
  if (task.sending) {
    move(task, 'going')
    return task.sending.resume()
  }
  move(task, 'reading')
  const { file, story, extra, known } = task
  const gone = () => task.phase !== 'reading'
  const sha256 = await hashOf(file, {
    onProgress: (fraction) => move(task, 'reading', readingLine(fraction)),
    stopped: gone,
  }).catch(() => null)
  if (gone()) return
  if (sha256 === null) return fail(task, UNREADABLE)
  if (known?.sha256 && known.sha256 !== sha256) return fail(task, OTHER_FILE)
  move(task, 'going')
  const tell = (told: Told) => hear(task, told)
  const tusId = known ? { tusId: known.tusId } : {}
  task.sending = sendFile({ file, story, extra, sha256, tell, ...tusId })
}

const SAID: readonly Phase[] = ['waiting', 'paused', 'signed-out', 'refused']

const move = (task: Task, phase: Phase, line = '') => {
  const changed = task.phase !== phase
  Object.assign(task, { phase, line })
  task.row.show({ ...task, total: task.file.size })
  if (changed && SAID.includes(phase)) say(task.row.line())
  showAll()
}

/** The frame of the panel: gone when nothing is left to say, and one line for all when there are several. */
const showAll = () => {
  const done = tasks.filter(({ phase }) => phase === 'done').length
  const { sent, total, secondsLeft } = together(tasks)
  const rest = secondsLeft === null ? '' : ` · ${timeLeft(secondsLeft)}`
  byId('sending').hidden = tasks.length === done
  byId('all').hidden = tasks.length < 2
  byId('all').textContent =
    tasks.length < 2
      ? ''
      : `Đã xong ${done}/${tasks.length} tệp · ${size(sent)} / ${size(total)}${rest}`
}

let saidAt = -1
const hear = (task: Task, told: Told) => {
  // A late word of a line that was put down meanwhile.
  if (task.phase !== 'going' && task.phase !== 'waiting') return
  if (told.kind === 'going') {
    Object.assign(task, { sent: told.sent, speed: told.speed })
    move(task, 'going')
    const { sent, total } = together(tasks)
    const tenth = Math.floor((sent / total) * 10)
    if (tenth !== saidAt) say(`Đã gửi ${percent(sent / total)}`)
    saidAt = tenth
    return
  }
  if (told.kind === 'refused') return fail(task, told.help)
  if (told.kind === 'done') return finish(task)
  move(task, told.kind)
  if (told.kind === 'signed-out') hooks.signedOut()
  go()
}

const fail = (task: Task, line: string) => {
  move(task, 'refused', line)
  if (!task.extra) waitNoMore(task.story)
  go()
  hooks.arrived()
}

const finish = (task: Task) => {
  task.row.root.remove()
  Object.assign(task, { sent: task.file.size })
  move(task, 'done')
  say(`Tệp đã tới tòa soạn: ${task.file.name}`)
  // While others are under way it is counted with them.
  if (!isSendingAny()) tasks = tasks.filter(({ phase }) => phase === 'refused')
  leave()
}

const forget = (task: Task) => {
  task.row.root.remove()
  Object.assign(task, { phase: 'done' })
  tasks = tasks.filter((one) => one !== task)
  leave()
}

const leave = () => {
  showAll()
  go()
  hooks.arrived()
}

const pause = (task: Task) => {
  task.sending?.pause()
  move(task, 'paused')
  go()
}

/** Goes on in its turn: where others took its place meanwhile, it waits for one of them. */
const resume = (task: Task) => {
  move(task, 'queued')
  go()
}

const drop = (task: Task) => {
  if (!window.confirm('Bỏ tệp đang gửi? Phần đã gửi sẽ mất.')) return
  task.sending?.drop()
  if (!task.extra) waitNoMore(task.story)
  forget(task)
}

/** A phone that goes to sleep stops sending. Where the browser can not, nothing is lost but time. */
const keepAwake = () => {
  if ('wakeLock' in navigator) navigator.wakeLock.request('screen').catch(() => undefined)
}
