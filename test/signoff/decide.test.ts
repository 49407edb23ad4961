import { describe, expect, it } from '@jest/globals'
import { decide } from '@/signoff/decide'
import type { ChannelFacts, DeskFacts, Facts } from '@/signoff/facts'
import { ACTION_IDS, isAction, isState, STATE_IDS } from '@/signoff/states'
import { isRole, ROLE_IDS } from '@/people/roles'
import { EDIT_LEADS, EVERY_ACTION, EVERY_STATE, LEADS, OWN, STRANGER } from './decide-expected'

const WEBSITE: ChannelFacts = {
  channel: 'w',
  name: 'Trang tin',
  open: true,
  saved: true,
  made: true,
  problems: 0,
  sealed: false,
}

const GOOD: Facts = {
  story: { revision: 3, kind: 'clip', political: false, title: 'Tít', section: true },
  source: { inForce: true },
  clip: 'ready',
  clipBy: ['author'],
  clipAsCleared: true,
  channels: [WEBSITE],
  watch: { needSeconds: 10, watchedSeconds: 10 },
  asked: { reason: 'Kiểm lại số', channels: ['w'] },
}

const deskIn = (state: string, more: Partial<DeskFacts> = {}): DeskFacts => {
  if (!isState(state)) throw new Error(state)
  return {
    state,
    author: 'author',
    clearer: 'clearer',
    seconder: '',
    lastEditor: 'clearer',
    contentRevision: 3,
    ...more,
  }
}

const person = (roles: string[], id = 'me') => ({
  id,
  kind: 'person' as const,
  name: id,
  roles: roles.filter(isRole),
  rights: [],
})

const ask = (
  roles: string[],
  action: string,
  state: string,
  more: { desk?: Partial<DeskFacts>; facts?: Partial<Facts> } = {},
) => {
  if (!isAction(action)) throw new Error(action)
  return decide({
    action,
    person: person(roles),
    desk: deskIn(state, more.desk),
    facts: { ...GOOD, ...more.facts },
  })
}

const reason = (...args: Parameters<typeof ask>) => {
  const decision = ask(...args)
  return decision.ok ? 'ok' : decision.reason
}

const cells = (grid: Record<string, Record<string, string>>) =>
  Object.entries(grid).flatMap(([role, states]) =>
    EVERY_STATE.map(
      (state) => [role, state, (states[state] ?? '').split(' ').filter(Boolean).sort()] as const,
    ),
  )

const allowed = (role: string, state: string, desk: Partial<DeskFacts>) =>
  EVERY_ACTION.filter((action) => ask([role], action, state, { desk }).ok).sort()

describe('who may do what, and where', () => {
  it('is asked of every role, every action and every state there is', () => {
    expect(Object.keys(STRANGER).sort()).toEqual([...ROLE_IDS].sort())
    expect([...EVERY_ACTION].sort()).toEqual([...ACTION_IDS].sort())
    expect([...EVERY_STATE].sort()).toEqual([...STATE_IDS].sort())
  })

  it.each(cells(STRANGER))('%s, with somebody else’s story in %s: %j', (role, state, expected) => {
    expect(allowed(role, state, {})).toEqual(expected)
  })

  it.each(cells(OWN))('%s, with their own story in %s: %j', (role, state, expected) => {
    expect(allowed(role, state, { author: 'me' })).toEqual(expected)
  })

  it('leads where the design says', () => {
    const led = Object.entries(STRANGER).flatMap(([role, states]) =>
      Object.entries(states).flatMap(([state, actions]) =>
        actions.split(' ').map((action) => {
          const decision = ask([role], action, state)
          return [action, state, decision.ok ? decision.to : decision.reason]
        }),
      ),
    )
    for (const [action = '', state = '', to] of led) {
      const wanted = LEADS[action] ?? EDIT_LEADS[action]?.[state]
      expect([action, state, to]).toEqual([action, state, wanted === 'same' ? state : wanted])
    }
  })
})

describe('separation of duties', () => {
  it.each([
    ['the author', { author: 'me' }, 'own-story'],
    ['who cleared it', { clearer: 'me' }, 'own-clearing'],
    ['who edited it last', { lastEditor: 'me' }, 'own-edit'],
  ])('%s may not sign, whatever other roles they hold', (_who, desk, word) => {
    const roles = ['head', 'editor', 'secretariat', 'reporter']
    expect(reason(roles, 'sign', 'cleared', { desk })).toBe(word)
  })

  it.each([['sent the clip', { facts: { clipBy: ['author', 'me'] } }, 'own-clip']] as const)(
    'who %s neither clears, seconds nor signs it',
    (_what, more, word) => {
      const given = more as unknown as Parameters<typeof ask>[3]
      expect(reason(['editor'], 'clear', 'in-review', given)).toBe(word)
      expect(reason(['board'], 'second', 'cleared', given)).toBe(word)
      expect(reason(['head'], 'sign', 'cleared', given)).toBe(word)
    },
  )

  it('an admin decides nothing that goes out, even one who is head or editor too', () => {
    expect(reason(['admin', 'head'], 'sign', 'cleared')).toBe('role')
    expect(reason(['admin', 'editor'], 'clear', 'in-review')).toBe('role')
  })

  it('a deputy without a delegation is told that the head must sign', () => {
    expect(reason(['deputy'], 'sign', 'cleared')).toBe('needs-head')
  })

  it('a political story needs a second pair of eyes before the head', () => {
    const facts = { story: { ...GOOD.story, political: true } }
    expect(reason(['head'], 'sign', 'cleared', { facts })).toBe('second-look-missing')
    expect(reason(['head'], 'sign', 'cleared', { facts, desk: { seconder: 'third' } })).toBe('ok')
    expect(reason(['editor'], 'second', 'cleared', { desk: { clearer: 'me' } })).toBe(
      'own-clearing',
    )
  })
})

describe('what stops a step, each with its own word', () => {
  it.each([
    ['submit', 'draft', 'reporter', { story: { ...GOOD.story, title: ' ' } }, 'title-missing'],
    [
      'submit',
      'draft',
      'reporter',
      { story: { ...GOOD.story, section: false } },
      'section-missing',
    ],
    ['submit', 'draft', 'reporter', { source: null }, 'source-missing'],
    ['submit', 'draft', 'reporter', { source: { inForce: false } }, 'source-out'],
    ['submit', 'draft', 'reporter', { clip: 'none' }, 'clip-missing'],
    ['submit', 'draft', 'reporter', { clip: 'wrong-kind' }, 'clip-wrong-kind'],
    ['clear', 'in-review', 'editor', { clip: 'wrong-kind' }, 'clip-wrong-kind'],
    ['sign', 'cleared', 'head', { clip: 'wrong-kind' }, 'clip-wrong-kind'],
    ['submit', 'draft', 'reporter', { clip: 'arriving' }, 'clip-arriving'],
    ['submit', 'draft', 'reporter', { clip: 'failed' }, 'clip-failed'],
    ['submit', 'draft', 'reporter', { clip: 'processing' }, 'ok'],
    ['clear', 'in-review', 'editor', { clip: 'processing' }, 'clip-processing'],
    ['clear', 'in-review', 'editor', { source: { inForce: false } }, 'source-out'],
    ['clear', 'in-review', 'editor', { channels: [] }, 'no-channel'],
    ['clear', 'in-review', 'editor', { channels: [{ ...WEBSITE, open: false }] }, 'channel-off'],
    ['clear', 'in-review', 'editor', { channels: [{ ...WEBSITE, made: false }] }, 'ok'],
    ['sign', 'cleared', 'head', { channels: [{ ...WEBSITE, made: false }] }, 'renditions-missing'],
    ['clear', 'in-review', 'editor', { channels: [{ ...WEBSITE, problems: 1 }] }, 'limits'],
    ['clear', 'in-review', 'editor', { channels: [{ ...WEBSITE, saved: false }] }, 'not-saved'],
    ['clear', 'in-review', 'editor', { story: { ...GOOD.story, revision: 2 } }, 'not-saved'],
    ['sign', 'cleared', 'head', { story: { ...GOOD.story, revision: 2 } }, 'not-saved'],
    ['sign', 'cleared', 'head', { source: { inForce: false } }, 'source-out'],
    ['sign', 'cleared', 'head', { clip: 'processing' }, 'clip-processing'],
    ['sign', 'cleared', 'head', { clipAsCleared: false }, 'clip-changed'],
    ['sign', 'cleared', 'head', { asked: { reason: '', channels: [] } }, 'no-channel'],
    ['sign', 'cleared', 'head', { asked: { reason: '', channels: ['x', 'w'] } }, 'no-variant'],
    ['sign', 'signed', 'head', { channels: [{ ...WEBSITE, sealed: true }] }, 'already-signed'],
    ['sign', 'cleared', 'head', { channels: [{ ...WEBSITE, problems: 1 }] }, 'limits'],
    ['sign', 'cleared', 'head', { watch: { needSeconds: 10, watchedSeconds: 9.4 } }, 'not-watched'],
    ['sign', 'cleared', 'head', { watch: { needSeconds: 10, watchedSeconds: 9.5 } }, 'ok'],
    ['return', 'in-review', 'editor', { asked: { reason: ' ', channels: [] } }, 'reason-missing'],
    ['spike', 'submitted', 'editor', { asked: { reason: '', channels: [] } }, 'reason-missing'],
    ['kill', 'signed', 'head', { asked: { reason: '', channels: [] } }, 'reason-missing'],
  ] as const)('%s in %s by %s, given %j: %s', (action, state, role, facts, word) => {
    const own = action === 'submit' ? { author: 'me' } : {}
    expect(reason([role], action, state, { desk: own, facts: facts as Partial<Facts> })).toBe(word)
  })

  it('a text needs no clip and no watching', () => {
    const facts: Partial<Facts> = { story: { ...GOOD.story, kind: 'text' }, clip: 'none', clipAsCleared: false, watch: { needSeconds: 0, watchedSeconds: 0 } } // prettier-ignore
    expect(reason(['reporter'], 'submit', 'draft', { facts, desk: { author: 'me' } })).toBe('ok')
    expect(reason(['editor'], 'clear', 'in-review', { facts })).toBe('ok')
    expect(reason(['head'], 'sign', 'cleared', { facts })).toBe('ok')
  })
})
