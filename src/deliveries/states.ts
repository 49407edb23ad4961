import type { Help } from '@/errors'
import type { RoleId } from '@/people/roles'

/** What a person may do to a delivery. */
export type PersonAction = 'move' | 'cancel' | 'release' | 'takedown' | 'resolve'

type State = {
  label: Help
  /** What a person may do here; the machine does everything else. */
  actions: readonly PersonAction[]
  /** Nothing of it is out and nothing will be: another delivery of the channel may be planned. */
  closed?: true
  /** The machine has something to do, now or at an hour. */
  driven?: true
}

const say = (vi: string, en: string): Help => ({ vi, en })

/** Where a delivery can stand. One table: screens, endpoints and the machine read it. */
export const STATES = {
  planned: {
    label: say('Đã xếp', 'Planned'),
    actions: ['move', 'cancel', 'takedown'],
    driven: true,
  },
  preparing: {
    label: say('Đang tải lên', 'Preparing'),
    actions: ['move', 'cancel', 'takedown'],
    driven: true,
  },
  ready: {
    label: say('Chờ giờ', 'Waiting'),
    actions: ['move', 'cancel', 'takedown'],
    driven: true,
  },
  committing: { label: say('Đang đăng', 'Going out'), actions: ['takedown'], driven: true },
  unconfirmed: {
    label: say('Chưa rõ', 'Not known'),
    actions: ['resolve', 'takedown'],
    driven: true,
  },
  confirming: {
    label: say('Đang xác nhận', 'Being confirmed'),
    actions: ['takedown'],
    driven: true,
  },
  published: { label: say('Đã đăng', 'Out'), actions: ['takedown'] },
  replaced: { label: say('Đã thay bản mới', 'Replaced'), actions: [], closed: true },
  held: {
    label: say('Đang giữ', 'Held'),
    actions: ['release', 'move', 'cancel', 'takedown'],
    driven: true,
  },
  late: { label: say('Quá giờ', 'Late'), actions: ['release', 'move', 'cancel', 'takedown'] },
  refused: { label: say('Bị từ chối', 'Refused'), actions: [], closed: true },
  disarming: { label: say('Đang hủy hẹn giờ', 'Disarming'), actions: ['takedown'], driven: true },
  cancelled: { label: say('Đã hủy', 'Cancelled'), actions: [], closed: true },
  withdrawing: { label: say('Đang gỡ', 'Being taken down'), actions: [], driven: true },
  withdrawn: { label: say('Đã gỡ', 'Taken down'), actions: [], closed: true },
} as const satisfies Record<string, State>

export type DeliveryState = keyof typeof STATES

const table: Record<DeliveryState, State> = STATES

export const STATE_IDS = Object.keys(STATES) as DeliveryState[] // the keys of a const table are its ids

export const isState = (value: unknown): value is DeliveryState =>
  typeof value === 'string' && Object.hasOwn(STATES, value)

export const actionsIn = (state: string): readonly PersonAction[] =>
  isState(state) ? table[state].actions : []

export const isClosed = (state: string): boolean => isState(state) && table[state].closed === true

export const DRIVEN: DeliveryState[] = STATE_IDS.filter((id) => table[id].driven === true)

/** States from which the commit was not yet called: a stop here means that nothing goes out. */
export const BEFORE_COMMIT: readonly DeliveryState[] = [
  'planned',
  'preparing',
  'ready',
  'held',
  'late',
]

/** Out, or perhaps out: only a takedown ends these. */
export const MAYBE_OUT: readonly DeliveryState[] = [
  'committing',
  'unconfirmed',
  'confirming',
  'published',
]

/** Who plans, moves, cancels, releases, resolves, takes down and holds. Never an admin. */
export const SENDERS: readonly RoleId[] = ['audience', 'secretariat', 'head']

/** Who may look. */
export const READERS: readonly RoleId[] = [
  ...SENDERS,
  'desk-head',
  'editor',
  'producer',
  'board',
  'deputy',
  'admin',
  'inspector',
]
