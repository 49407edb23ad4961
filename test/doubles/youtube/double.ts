import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answer, routeOf } from './answer'
import type { Fault } from './faults'
import { faultPlan } from './faults'
import type { Ledger } from './ledger'
import { ledgerOf } from './ledger'
import type { Asked, Reply } from './reply'
import type { Credentials, DoubleClock, DoubleSettings } from './state'
import { newState, settle } from './state'

export type { Fault } from './faults'
export type { Ledger } from './ledger'
export type { DoubleClock, DoubleSettings, Video } from './state'

export type YouTubeDouble = {
  url: string
  ledger: Ledger
  settings: DoubleSettings
  /** The token a channel would keep: what the publisher gets, decrypted, as `ctx.token`. */
  token: string
  faults: { plan: (faults: Fault[]) => void; unused: () => Fault[] }
  /** Every access token handed out is dead from now on. */
  expireAccess: () => void
  /** The person took the permission back: the refresh token is dead. */
  revoke: () => void
  /** The person gives the permission again; the token to connect with. */
  grantAgain: () => string
  /** Every upload session is forgotten, finished or not. */
  expireSessions: () => void
  close: () => Promise<void>
}

const DEMO: Credentials = {
  clientId: 'double-client.apps.example',
  clientSecret: 'double-secret',
  refreshToken: '1//double-refresh',
}

/** A clock that a test moves by hand. */
export const manualClock = (start = '2026-03-02T03:00:00.000Z') => {
  let at = Date.parse(start)
  return {
    now: () => new Date(at),
    advance: (ms: number) => {
      at += ms
    },
  }
}

/** Starts the double on 127.0.0.1. Its rules stand in RULES.md; what it saw stands in its ledger. */
export const startYouTubeDouble = async (
  options: {
    port?: number
    clock?: DoubleClock
    faults?: Fault[]
    settings?: Partial<DoubleSettings>
  } = {},
): Promise<YouTubeDouble> => {
  const clock = options.clock ?? { now: () => new Date() }
  const state = newState({ clock, settings: options.settings ?? {}, credentials: DEMO })
  const plan = faultPlan(options.faults ?? [])
  const server = createServer((request, response) => {
    void serve(request, response)
  })
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = await read(request, state.url)
    settle(state)
    const route = routeOf(asked)
    const outcome = await answer({ state, asked, route, faults: route ? plan.next(route) : [] })
    state.calls.push({
      route: route ?? 'unknown',
      status: outcome === 'drop' ? 'dropped' : outcome.status,
      at: clock.now().toISOString(),
      method: asked.method,
    })
    if (outcome === 'drop' || !asked.whole) request.socket.destroy()
    else send(response, outcome)
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const address = server.address()
  state.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return {
    url: state.url,
    ledger: ledgerOf(state),
    settings: state.settings,
    token: JSON.stringify(DEMO),
    faults: { plan: plan.plan, unused: plan.unused },
    expireAccess: () => state.access.clear(),
    revoke: () => {
      state.revoked = true
    },
    grantAgain: () => {
      state.revoked = false
      state.credentials = { ...DEMO, refreshToken: `${DEMO.refreshToken}-again` }
      return JSON.stringify(state.credentials)
    },
    expireSessions: () => state.sessions.clear(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

const read = async (request: IncomingMessage, base: string): Promise<Asked> => {
  const chunks: Buffer[] = []
  let whole = true
  try {
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
  } catch {
    whole = false
  }
  return {
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', base),
    headers: request.headers,
    body: Buffer.concat(chunks),
    whole,
  }
}

const send = (response: ServerResponse, outcome: Reply): void => {
  const body = outcome.json === undefined ? (outcome.text ?? '') : JSON.stringify(outcome.json)
  const type =
    outcome.json === undefined ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'
  response.writeHead(outcome.status, { 'content-type': type, ...outcome.headers })
  response.end(outcome.status === 204 ? undefined : body)
}
