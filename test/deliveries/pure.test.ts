import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { setTestSettings } from '../support/settings'

type Load = {
  vault: typeof import('@/deliveries/vault')
  next: typeof import('@/deliveries/next')
  states: typeof import('@/deliveries/states')
  outward: typeof import('@/deliveries/outward')
  due: typeof import('@/deliveries/due')
  demo: typeof import('@/deliveries/demo')
}
let is: Load
let restore = () => undefined as void

const NOW = Date.parse('2026-11-21T09:00:00.000Z')

beforeAll(async () => {
  setTestSettings()
  const { useClock } = await import('@/clock')
  restore = useClock({ now: () => new Date(NOW) })
  is = {
    vault: await import('@/deliveries/vault'),
    next: await import('@/deliveries/next'),
    states: await import('@/deliveries/states'),
    outward: await import('@/deliveries/outward'),
    due: await import('@/deliveries/due'),
    demo: await import('@/deliveries/demo'),
  }
})
afterAll(() => restore())

const row = (more: object) => ({
  state: 'ready',
  dueAt: '2026-11-21T10:00:00.000Z',
  nextAt: 1,
  leaseUntil: 0,
  ...more,
})

describe('the next step of a delivery', () => {
  it.each([
    [{ state: 'planned' }, 0, 'prepare'],
    [{ state: 'planned', nextAt: 0 }, 0, 'none'],
    [{ state: 'ready' }, -1, 'wait'],
    [{ state: 'ready' }, 1, 'arm'],
    [{ state: 'ready' }, 16 * 60_000, 'late'],
    [{ state: 'ready', leaseUntil: Number.MAX_SAFE_INTEGER }, 1, 'none'],
    [{ state: 'committing', leaseUntil: Number.MAX_SAFE_INTEGER }, 1, 'none'],
    [{ state: 'committing' }, 1, 'ask'],
    [{ state: 'committing', nextAt: 0 }, 1, 'ask'],
    [{ state: 'unconfirmed' }, 1, 'ask'],
    [{ state: 'confirming' }, 1, 'check'],
    [{ state: 'confirming', externalId: 'x' }, 1, 'look'],
    [{ state: 'held' }, 1, 'recheck'],
    [{ state: 'held', nextAt: 0 }, 1, 'none'],
    [{ state: 'withdrawing' }, 1, 'withdraw'],
    [{ state: 'disarming' }, 1, 'disarm'],
    [{ state: 'published' }, 1, 'none'],
    [{ state: 'late' }, 1, 'none'],
    [{ state: 'refused' }, 1, 'none'],
    [{ state: 'cancelled' }, 1, 'none'],
    [{ state: 'withdrawn' }, 1, 'none'],
  ])('%j at %i ms after its hour is “%s”', (more, after, step) => {
    expect(is.next.nextStep(row(more), Date.parse('2026-11-21T10:00:00.000Z') + after)).toBe(step)
  })

  it('never leads from “committing” to a second commit, whatever else stands on the row', () => {
    for (const nextAt of [0, 1, NOW])
      for (const leaseUntil of [0, 1, NOW])
        expect(['ask', 'none']).toContain(
          is.next.nextStep(row({ state: 'committing', nextAt, leaseUntil }), NOW + 1),
        )
  })
})

describe('the table of states', () => {
  it('lets nobody move, cancel or release what may be out', () => {
    for (const state of is.states.MAYBE_OUT)
      for (const action of ['move', 'cancel', 'release'] as const)
        expect(is.states.actionsIn(state)).not.toContain(action)
  })
  it('lets a takedown reach everything that is or may be out', () => {
    for (const state of is.states.MAYBE_OUT)
      expect(is.states.actionsIn(state)).toContain('takedown')
  })
})

describe('the vault', () => {
  const place = { row: 'c1', column: 'token' } as const
  it('opens what it locked, for this row and column alone', () => {
    const locked = is.vault.lock('1//secret', place)
    expect(is.vault.unlock(locked, place)).toBe('1//secret')
    expect(() => is.vault.unlock(locked, { row: 'c2', column: 'token' })).toThrow()
    expect(() => is.vault.unlock(locked, { row: 'c1', column: 'checkpoint' })).toThrow()
  })
  it('never locks the same twice to the same text, and shows nothing of it', () => {
    const [one, two] = [is.vault.lock('1//secret', place), is.vault.lock('1//secret', place)]
    expect(one).not.toBe(two)
    expect(one).not.toContain('secret')
    expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('secret')
  })
  it('tells another key from a damaged value', () => {
    const other = randomBytes(32).toString('hex')
    const locked = is.vault.lock('x', place)
    const codeOf = (work: () => unknown) => {
      try {
        work()
      } catch (error) {
        return (error as { code?: string }).code
      }
      return 'opened'
    }
    expect(codeOf(() => is.vault.unlock(locked, place, other))).toBe('vault-key')
    const parts = locked.split('.')
    const [flipped] = [...(parts[4] ?? '')].map((char) => (char === 'A' ? 'B' : 'A'))
    const damaged = [...parts.slice(0, 4), `${flipped ?? ''}${(parts[4] ?? '').slice(1)}`].join('.')
    expect(codeOf(() => is.vault.unlock(damaged, place))).toBe('vault-damaged')
    expect(codeOf(() => is.vault.unlock('in the clear', place))).toBe('vault-format')
  })
})

describe('an hour', () => {
  it.each([
    ['2026-11-21T18:00:00+07:00', '2026-11-21T11:00:00.000Z'],
    ['2026-11-21T11:00Z', '2026-11-21T11:00:00.000Z'],
    ['now', '2026-11-21T09:00:00.000Z'],
  ])('%s is %s', (asked, dueAt) => {
    expect(is.due.dueOf(asked)).toEqual({ ok: true, dueAt })
  })
  it.each([
    ['2026-11-21T18:00:00', 'bad-time'],
    ['tonight', 'bad-time'],
    [1_800_000_000, 'bad-time'],
    [undefined, 'bad-time'],
    ['2026-13-40T18:00:00Z', 'bad-time'],
    ['2027-12-01T00:00:00Z', 'too-far'],
    ['2026-11-21T08:00:00Z', 'in-the-past'],
  ])('%s is refused as %s', (asked, reason) => {
    expect(is.due.dueOf(asked)).toMatchObject({ ok: false, reason })
  })
})

describe('how a story stands toward the outside', () => {
  const at = (state: string, channel = 'a', replaces = '') => ({ state, channel, replaces })
  it.each([
    [[], 'none'],
    [[at('cancelled'), at('refused')], 'none'],
    [[at('ready'), at('held', 'b')], 'planned'],
    [[at('published'), at('ready', 'b')], 'partly-out'],
    [[at('published'), at('published', 'b')], 'out'],
    [[at('published'), at('preparing', 'a', 'first')], 'correcting'],
    [[at('replaced'), at('published', 'a', 'first')], 'out'],
    [[at('withdrawn'), at('cancelled', 'b')], 'withdrawn'],
    [[at('withdrawn'), at('published', 'b')], 'out'],
  ])('%j is “%s”', (rows, state) => {
    expect(is.outward.outwardOf(rows)).toBe(state)
  })
})

describe('a demo newsroom and a real one', () => {
  const here = { endpoint: 'http://127.0.0.1:4000' }
  const there = { endpoint: 'https://platform.example' }
  it.each([
    [true, here, 'demo:{}', null],
    [true, here, 'ya29.real', 'demo-only'],
    [true, there, 'demo:{}', 'demo-only'],
    [true, {}, 'demo:{}', 'demo-only'],
    [true, { endpoint: 'http://127.0.0.1.platform.example' }, 'demo:{}', 'demo-only'],
    [false, here, '1//real', 'loopback-refused'],
    [false, { endpoint: 'http://[::1]:80' }, '1//real', 'loopback-refused'],
    [false, { endpoint: 'http://localhost' }, '1//real', 'loopback-refused'],
    [false, there, '1//real', null],
  ])(
    '(demo: %s) with %j and %s answers %s',
    (demo, settings: Record<string, string>, token, reason) => {
      expect(is.demo.demoRefusal({ demo, settings, token })?.reason ?? null).toBe(reason)
    },
  )
})
