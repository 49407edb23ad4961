/**
 * Who may do what, written by hand from the issue and the design, not from the table in `states.ts`.
 * Everything that stands here is allowed when all facts are good; everything else is refused.
 */
type Grid = Record<string, Record<string, string>>

const NOTHING = {}

const captioner = {
  assigned: 'edit-captions',
  draft: 'edit-captions',
  submitted: 'edit-captions',
  'in-review': 'edit-captions',
  'changes-requested': 'edit-captions',
  cleared: 'edit-captions',
  signed: 'edit-captions',
}

/** What two rows allow together. */
const both = (one: Record<string, string>, other: Record<string, string>) => {
  const states = new Set([...Object.keys(one), ...Object.keys(other)])
  return Object.fromEntries(
    [...states].map((state) => [state, [one[state], other[state]].filter(Boolean).join(' ')]),
  )
}

const editor = both(captioner, {
  draft: 'spike',
  submitted: 'take return spike edit-story edit-variant edit-clip',
  'in-review': 'return clear spike edit-story edit-variant edit-clip',
  'changes-requested': 'spike edit-variant edit-clip',
  cleared: 'return unclear second spike edit-story edit-variant edit-clip',
  signed: 'return edit-story edit-variant edit-clip',
})

/** Of somebody else's story. */
export const STRANGER: Grid = {
  contributor: NOTHING,
  reporter: NOTHING,
  producer: captioner,
  editor,
  'desk-head': both(captioner, {
    draft: 'spike archive',
    submitted: 'take return spike edit-story edit-variant edit-clip',
    'in-review': 'return clear spike edit-story edit-variant edit-clip',
    'changes-requested': 'spike archive edit-variant edit-clip',
    cleared: 'return unclear second spike edit-story edit-variant edit-clip',
    signed: 'return archive edit-story edit-variant edit-clip',
    spiked: 'archive reopen',
    archived: 'reopen',
  }),
  secretariat: both(captioner, {
    draft: 'spike archive',
    submitted: 'take return spike edit-story edit-variant edit-clip',
    'in-review': 'return clear spike edit-story edit-variant edit-clip',
    'changes-requested': 'spike archive edit-variant edit-clip',
    cleared: 'return unclear second spike kill edit-story edit-variant edit-clip',
    signed: 'return kill archive edit-story edit-variant edit-clip',
    spiked: 'archive reopen',
    archived: 'reopen',
  }),
  board: { cleared: 'second' },
  deputy: { cleared: 'return', signed: 'return' },
  head: {
    draft: 'spike archive',
    submitted: 'spike',
    'in-review': 'spike',
    'changes-requested': 'spike archive',
    cleared: 'return sign spike kill',
    signed: 'return sign kill archive',
    spiked: 'archive reopen',
    archived: 'reopen',
    killed: 'reopen',
  },
  audience: {
    submitted: 'edit-variant',
    'in-review': 'edit-variant',
    'changes-requested': 'edit-variant',
    cleared: 'edit-variant',
    signed: 'edit-variant',
  },
  admin: NOTHING,
  inspector: NOTHING,
  service: NOTHING,
}

const author = {
  assigned: 'submit edit-story',
  draft: 'submit edit-story',
  submitted: 'withdraw',
  'changes-requested': 'submit edit-story',
}

/** Of one's own story: nobody takes, clears or signs it oneself. */
export const OWN: Grid = {
  contributor: author,
  reporter: author,
  producer: both(captioner, author),
  editor: both(captioner, {
    assigned: 'submit edit-story',
    draft: 'submit spike edit-story',
    submitted: 'withdraw return spike edit-story edit-variant edit-clip',
    'in-review': 'return spike edit-story edit-variant edit-clip',
    'changes-requested': 'submit spike edit-story edit-variant edit-clip',
    cleared: 'return unclear spike edit-story edit-variant edit-clip',
    signed: 'return edit-story edit-variant edit-clip',
  }),
  head: {
    draft: 'spike archive',
    submitted: 'spike',
    'in-review': 'spike',
    'changes-requested': 'spike archive',
    cleared: 'return spike kill',
    signed: 'return kill archive',
    spiked: 'archive reopen',
    archived: 'reopen',
    killed: 'reopen',
  },
  admin: NOTHING,
  service: NOTHING,
}

/** Where each action leads. `same` stays. */
export const LEADS: Record<string, string> = {
  submit: 'submitted',
  withdraw: 'draft',
  take: 'in-review',
  return: 'changes-requested',
  clear: 'cleared',
  unclear: 'in-review',
  second: 'same',
  sign: 'signed',
  spike: 'spiked',
  kill: 'killed',
  archive: 'archived',
  reopen: 'draft',
}

export const EDIT_LEADS: Record<string, Record<string, string>> = {
  'edit-story': { assigned: 'draft', draft: 'draft', submitted: 'submitted', 'in-review': 'in-review', 'changes-requested': 'changes-requested', cleared: 'in-review', signed: 'in-review' }, // prettier-ignore
  'edit-variant': { submitted: 'submitted', 'in-review': 'in-review', 'changes-requested': 'changes-requested', cleared: 'in-review', signed: 'signed' }, // prettier-ignore
  'edit-captions': { assigned: 'assigned', draft: 'draft', submitted: 'submitted', 'in-review': 'in-review', 'changes-requested': 'changes-requested', cleared: 'in-review', signed: 'signed' }, // prettier-ignore
  'edit-clip': { submitted: 'submitted', 'in-review': 'in-review', 'changes-requested': 'changes-requested', cleared: 'in-review', signed: 'in-review' }, // prettier-ignore
}

export const EVERY_STATE = ['assigned', 'draft', 'submitted', 'in-review', 'changes-requested', 'cleared', 'signed', 'spiked', 'archived', 'killed'] // prettier-ignore
export const EVERY_ACTION = [...Object.keys(LEADS), ...Object.keys(EDIT_LEADS)]
