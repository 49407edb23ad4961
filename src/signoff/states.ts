import { CAPTIONERS } from '@/captions/captioners'
import type { Help } from '@/errors'
import type { RoleId } from '@/people/roles'

const say = (vi: string, en: string): Help => ({ vi, en })

/** Where a story can stand. The outward state is derived from deliveries and is not here. */
export const STATES = {
  assigned: say('Đã giao', 'Assigned'),
  draft: say('Bản nháp', 'Draft'),
  submitted: say('Chờ duyệt', 'Submitted'),
  'in-review': say('Đang biên tập', 'In review'),
  'changes-requested': say('Yêu cầu sửa', 'Changes requested'),
  cleared: say('Đã biên tập', 'Cleared'),
  signed: say('Đã duyệt', 'Signed'),
  spiked: say('Đã loại', 'Spiked'),
  archived: say('Lưu trữ', 'Archived'),
  killed: say('Đã hủy', 'Killed'),
} as const satisfies Record<string, Help>

export type StateId = keyof typeof STATES

export const STATE_IDS = Object.keys(STATES) as StateId[] // the keys of a const table are its ids

export const isState = (value: unknown): value is StateId =>
  typeof value === 'string' && Object.hasOwn(STATES, value)

export type Tone = 'primary' | 'seal' | 'danger' | 'plain'

/** What may be asked for. The edits are no buttons: every save goes through them. */
export const ACTIONS = {
  submit: { label: say('Gửi duyệt', 'Submit'), tone: 'primary', needsReason: false },
  withdraw: { label: say('Rút lại', 'Withdraw'), tone: 'plain', needsReason: false },
  take: { label: say('Nhận biên tập', 'Take'), tone: 'primary', needsReason: false },
  return: { label: say('Yêu cầu sửa', 'Send back'), tone: 'plain', needsReason: true },
  clear: { label: say('Biên tập xong', 'Clear'), tone: 'primary', needsReason: false },
  unclear: {
    label: say('Biên tập tiếp', 'Take back the clearing'),
    tone: 'plain',
    needsReason: false,
  },
  second: { label: say('Xác nhận lần hai', 'Second look'), tone: 'primary', needsReason: false },
  sign: { label: say('Ký duyệt', 'Sign'), tone: 'seal', needsReason: false },
  spike: { label: say('Loại', 'Spike'), tone: 'danger', needsReason: true },
  kill: { label: say('Hủy', 'Kill'), tone: 'danger', needsReason: true },
  archive: { label: say('Lưu trữ', 'Archive'), tone: 'plain', needsReason: false },
  reopen: { label: say('Mở lại', 'Reopen'), tone: 'plain', needsReason: false },
  'edit-story': { label: say('Sửa bài', 'Edit the story'), tone: 'plain', needsReason: false },
  'edit-variant': {
    label: say('Sửa bản kênh', 'Edit a variant'),
    tone: 'plain',
    needsReason: false,
  },
  'edit-captions': {
    label: say('Đổi phụ đề', 'Change the captions'),
    tone: 'plain',
    needsReason: false,
  },
  'edit-clip': {
    label: say('Che hình, tắt tiếng', 'Cover or mute'),
    tone: 'plain',
    needsReason: false,
  },
} as const satisfies Record<string, { label: Help; tone: Tone; needsReason: boolean }>

export type ActionId = keyof typeof ACTIONS

export const ACTION_IDS = Object.keys(ACTIONS) as ActionId[] // as above

export const isAction = (value: unknown): value is ActionId =>
  typeof value === 'string' && Object.hasOwn(ACTIONS, value)

export const PSEUDO: readonly ActionId[] = [
  'edit-story',
  'edit-variant',
  'edit-captions',
  'edit-clip',
]

/** Each guard is one function of `guards.ts`; a refusal carries its word. */
export type GuardId =
  | 'is-author'
  | 'not-author'
  | 'not-clearer'
  | 'not-last-editor'
  | 'not-clip-sender'
  | 'needs-head'
  | 'needs-reason'
  | 'needs-title'
  | 'needs-section'
  | 'source-in-force'
  | 'clip-sent'
  | 'clip-ready'
  | 'clip-as-cleared'
  | 'words-saved'
  | 'channels-complete'
  | 'chosen-complete'
  | 'second-eyes'
  | 'watched'

/** What a change does besides the state; `transition.ts` and the saves carry it out. */
export type EffectId =
  | 'note-editor'
  | 'note-clearing'
  | 'forget-clearing'
  | 'note-second'
  | 'note-reason'
  | 'seal-chosen'
  | 'void-all'
  | 'void-channel'

export type Rule = {
  action: ActionId
  from: readonly StateId[]
  to: StateId | 'same'
  roles: readonly RoleId[]
  guards: readonly GuardId[]
  effects: readonly EffectId[]
}

const AUTHORS: RoleId[] = [
  'contributor',
  'reporter',
  'producer',
  'editor',
  'desk-head',
  'secretariat',
]
const EDITORS: RoleId[] = ['editor', 'desk-head', 'secretariat']
const COMPOSERS: RoleId[] = [...EDITORS, 'audience']
const CHIEFS: RoleId[] = ['secretariat', 'head']

const WHOLE: GuardId[] = ['words-saved', 'source-in-force', 'clip-ready']
/** Whoever brought the clip is an author of it, whatever the byline says. Changing words in review is an editor's work. */
const NO_AUTHOR: GuardId[] = ['not-author', 'not-clip-sender']
const STRANGERS: GuardId[] = [...NO_AUTHOR, 'not-clearer', 'not-last-editor']
const SIGNING: GuardId[] = ['needs-head', ...STRANGERS, 'second-eyes', ...WHOLE, 'clip-as-cleared', 'chosen-complete', 'watched'] // prettier-ignore

const rule = (
  action: ActionId,
  from: readonly StateId[],
  to: StateId | 'same',
  roles: readonly RoleId[],
  guards: readonly GuardId[] = [],
  effects: readonly EffectId[] = [],
): Rule => ({ action, from, to, roles, guards, effects })

/**
 * The one table. An edit leads to the earliest decision that it invalidates. An admin and a service account are in
 * no row: they never clear, sign or send.
 */
export const RULES: readonly Rule[] = [
  rule('submit', ['assigned', 'draft', 'changes-requested'], 'submitted', AUTHORS,
    ['is-author', 'needs-title', 'needs-section', 'source-in-force', 'clip-sent']), // prettier-ignore
  rule('withdraw', ['submitted'], 'draft', AUTHORS, ['is-author']),
  rule('take', ['submitted'], 'in-review', EDITORS, ['not-author'], ['note-editor']),
  rule(
    'return',
    ['submitted', 'in-review'],
    'changes-requested',
    EDITORS,
    ['needs-reason'],
    ['note-reason'],
  ),
  rule('return', ['cleared', 'signed'], 'changes-requested', [...EDITORS, 'deputy', 'head'], ['needs-reason'],
    ['note-reason', 'forget-clearing', 'void-all']), // prettier-ignore
  rule(
    'clear',
    ['in-review'],
    'cleared',
    EDITORS,
    [...NO_AUTHOR, ...WHOLE, 'channels-complete'],
    ['note-clearing'],
  ),
  rule('unclear', ['cleared'], 'in-review', EDITORS, [], ['forget-clearing']),
  rule('second', ['cleared'], 'same', [...EDITORS, 'board'], STRANGERS, ['note-second']),
  rule('sign', ['cleared', 'signed'], 'signed', ['head', 'deputy'], SIGNING, ['seal-chosen']),
  rule('spike', ['draft', 'submitted', 'in-review', 'changes-requested', 'cleared'], 'spiked', [...EDITORS, 'head'],
    ['needs-reason'], ['note-reason', 'forget-clearing', 'void-all']), // prettier-ignore
  rule('kill', ['cleared', 'signed'], 'killed', CHIEFS, ['needs-reason'],
    ['note-reason', 'forget-clearing', 'void-all']), // prettier-ignore
  rule('archive', ['draft', 'changes-requested', 'spiked', 'signed'], 'archived', ['desk-head', ...CHIEFS], [],
    ['forget-clearing', 'void-all']), // prettier-ignore
  rule('reopen', ['spiked', 'archived'], 'draft', ['desk-head', ...CHIEFS]),
  rule('reopen', ['killed'], 'draft', ['head']),

  rule('edit-story', ['assigned', 'draft'], 'draft', AUTHORS, ['is-author']),
  rule('edit-story', ['changes-requested'], 'same', AUTHORS, ['is-author']),
  rule('edit-story', ['submitted', 'in-review'], 'same', EDITORS),
  rule(
    'edit-story',
    ['cleared', 'signed'],
    'in-review',
    EDITORS,
    [],
    ['forget-clearing', 'void-all'],
  ),

  rule('edit-variant', ['submitted', 'in-review', 'changes-requested'], 'same', COMPOSERS),
  rule('edit-variant', ['cleared'], 'in-review', COMPOSERS, [], ['forget-clearing', 'void-all']),
  rule('edit-variant', ['signed'], 'same', COMPOSERS, [], ['void-channel']),

  rule(
    'edit-captions',
    ['assigned', 'draft', 'submitted', 'in-review', 'changes-requested'],
    'same',
    CAPTIONERS,
  ),
  rule('edit-captions', ['cleared'], 'in-review', CAPTIONERS, [], ['forget-clearing', 'void-all']),
  rule('edit-captions', ['signed'], 'same', CAPTIONERS, [], ['void-channel']),
  rule('edit-clip', ['submitted', 'in-review', 'changes-requested'], 'same', EDITORS),
  rule(
    'edit-clip',
    ['cleared', 'signed'],
    'in-review',
    EDITORS,
    [],
    ['forget-clearing', 'void-all'],
  ),
]
