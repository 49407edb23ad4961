import type { Payload } from 'payload'
import { now, nowIso } from '@/clock'
import { lineOf, type Outcome, type Refusal } from '@/errors'
import { holds } from '@/people/person'
import { change } from '@/records/change'
import { insertRow, rowById } from '@/records/db'
import { MACHINE } from '@/records/event'
import {
  accountKeyOf,
  blank,
  byAccount,
  claimAccount,
  isMereClaim,
  takenBy,
  type Channel,
} from './accounts'
import { actorOf, refused, type Asking } from './act'
import { demoRefusal, plainToken } from './demo'
import { settingsOf, tokenOf } from './outbound'
import { isPlatform, OWN_SITE, PLATFORMS, withAccount } from './platforms'
import type { Connecting } from './publishers'
import { no } from './refusals'
import { lock } from './vault'

export type ChannelWish = {
  name?: string | undefined
  platform?: string | undefined
  settings?: Record<string, string> | undefined
  token?: string | undefined
  insurance?: boolean | undefined
  active?: boolean | undefined
  held?: boolean | undefined
}

const CONNECT = 'channel.connect'

type Args = Asking & { connecting: Connecting; wish: ChannelWish }

const adminOnly = ({ person }: Asking): Refusal | null => {
  if (!person) return no('nobody')
  return holds(person, 'admin') ? null : no('role')
}

type Proved = { account: string; accountKey: string; token: string | null }

/** Asks the platform whose account this is. The token may be renewed on the way: the newest is what is kept. */
const prove = async (
  args: Args,
  given: { platform: string; settings: Record<string, string>; token: string | null },
): Promise<Outcome<Proved>> => {
  let token = given.token === null ? null : plainToken(given.token)
  const connect = args.connecting.connectors[given.platform]
  if (!connect) return no('unknown-platform')
  try {
    const answer = await connect({
      settings: given.settings,
      token,
      keep: async () => undefined,
      keepToken: async (renewed) => {
        token = renewed
        return true
      },
      now,
      signal: AbortSignal.timeout(30_000),
      still: async () => false,
      fetch: args.connecting.fetch,
    })
    if (answer.is === 'done') {
      const { id, name } = answer.account
      return {
        ok: true,
        account: `${name} (${id})`,
        accountKey: accountKeyOf(given.platform, id),
        token,
      }
    }
    return no('not-connected', { line: 'line' in answer ? answer.line : answer.is })
  } catch (error) {
    return no('not-connected', { line: lineOf(error) })
  }
}

/** A new channel: proved first, then written; it can be used only once its event is on it. */
export const connectChannel = async (args: Args): Promise<Outcome<{ channel: Channel }>> => {
  const { payload, person, wish } = args
  const on = { action: CONNECT, subject: 'channels', id: wish.name ?? '' }
  const role = adminOnly(args)
  if (role || !person) return refused(args, on, role ?? no('nobody'))
  if (!wish.name || !isPlatform(wish.platform)) return refused(args, on, no('unknown-platform'))
  if (wish.platform === OWN_SITE) return refused(args, on, no('one-website'))
  const settings = withAccount(wish.platform, wish.settings ?? {}, wish.name)
  const token = wish.token || null
  if (PLATFORMS[wish.platform].needsToken && !token) return refused(args, on, no('token-needed'))
  const demo = demoRefusal({ demo: args.connecting.demo, settings, token })
  if (demo) return refused(args, on, demo)
  const proved = await prove(args, { platform: wish.platform, settings, token })
  if (!proved.ok) return refused(args, on, proved)
  const place = await claimAccount(payload, {
    name: wish.name,
    platform: wish.platform,
    settings: JSON.stringify(settings),
    accountKey: proved.accountKey,
  })
  if (!place.ok) return refused(args, on, place)
  return write(args, place.row, {
    action: on.action,
    set: {
      name: wish.name,
      settings: JSON.stringify(settings),
      active: true,
      insurance: wish.insurance === true,
      account: proved.account,
      token: proved.token ? lock(proved.token, { row: place.row.id, column: 'token' }) : '',
    },
  })
}

/** Changes a channel; new settings or a new token are proved anew, and end a hold that the platform caused. */
export const updateChannel = async (
  args: Args & { channel: string; revision: number },
): Promise<Outcome<{ channel: Channel }>> => {
  const { payload, wish } = args
  const on = { action: 'channel.update', subject: 'channels', id: args.channel }
  const role = adminOnly(args)
  if (role) return refused(args, on, role)
  const row = await rowById(payload, 'channels', args.channel)
  if (!row) return refused(args, on, no('absent'))
  if (row.revision !== args.revision)
    return refused(args, on, no('stale', { revision: row.revision }))
  const proving = Boolean(wish.settings || wish.token)
  if (isMereClaim(row) && !proving) return refused(args, on, no('not-proved'))
  const set: Record<string, string | boolean> = {}
  if (wish.name) set.name = wish.name
  for (const flag of ['insurance', 'active', 'held'] as const) {
    const wanted = wish[flag]
    if (wanted !== undefined) set[flag] = wanted
  }
  if (proving) {
    const proved = await reprove(args, row)
    if (!proved.ok) return refused(args, on, proved)
    Object.assign(set, proved.set)
  }
  return write(args, row, { action: on.action, set })
}

const reprove = async (
  args: Args,
  row: Channel,
): Promise<Outcome<{ set: Record<string, string | boolean> }>> => {
  const { wish } = args
  const before = settingsOf(row)
  const settings = withAccount(row.platform, wish.settings ?? before, before.account)
  const demo = demoRefusal({ demo: args.connecting.demo, settings, token: wish.token || null })
  if (demo) return demo
  const proved = await prove(args, {
    platform: row.platform,
    settings,
    token: wish.token || tokenOf(row),
  })
  if (!proved.ok) return proved
  // A seal binds the channel, and an answer that was lost is looked for there: another account is another channel.
  // So the claim on an account never changes, and nothing can come to hold two.
  if (row.accountKey !== proved.accountKey) {
    const holder = await byAccount(args.payload, proved.accountKey)
    return holder ? takenBy(holder) : no('other-account')
  }
  const set: Record<string, string | boolean> = {
    settings: JSON.stringify(settings),
    account: proved.account,
  }
  if (proved.token) set.token = lock(proved.token, { row: row.id, column: 'token' })
  if (wish.held === undefined) set.held = false
  return { ok: true, set }
}

const write = async (
  args: Args,
  row: Channel,
  to: { action: string; set: Record<string, string | boolean> },
): Promise<Outcome<{ channel: Channel }>> => {
  const changed = await change({
    payload: args.payload,
    collection: 'channels',
    id: row.id,
    revision: row.revision,
    set: to.set,
    event: {
      action: to.action,
      actor: args.person ? actorOf(args.person) : MACHINE,
      at: nowIso(),
      // Names of what changed; the token itself is in no event.
      detail: { platform: row.platform, changed: Object.keys(to.set).join(',') },
    },
  })
  if (changed.ok) return { ok: true, channel: changed.row }
  const on = { action: to.action, subject: 'channels', id: row.id }
  // Two who connect one account at once may both find the unfinished claim: whoever wrote first has it.
  const holder = to.action === CONNECT ? await rowById(args.payload, 'channels', row.id) : null
  return refused(args, on, holder ? takenBy(holder) : no('stale'))
}

/** The newsroom's own site is a channel like any other; there is one, made at the first start. */
export const ensureWebsiteChannel = async (
  payload: Payload,
  name = 'Trang tin',
): Promise<Channel | null> => {
  const accountKey = accountKeyOf(OWN_SITE, 'own')
  const data = blank({ name, platform: OWN_SITE, settings: '{}', accountKey })
  const site = () => byAccount(payload, accountKey)
  const before = await site()
  if (!before) await insertRow({ payload, collection: 'channels', data }) // of several at once one is made
  const made = before ?? (await site())
  if (!made || made.revision > 0) return made
  const changed = await change({
    payload,
    collection: 'channels',
    id: made.id,
    revision: 0,
    set: { active: true },
    event: {
      action: 'channel.created',
      actor: MACHINE,
      at: nowIso(),
      detail: { platform: OWN_SITE },
    },
  })
  return changed.ok ? changed.row : site()
}
