import { randomBytes, type Hash } from 'node:crypto'

export type DoubleClock = { now: () => Date }

export type Visibility = 'public' | 'unlisted' | 'private'
export type Visit = {
  at: string
  visibility: Visibility | 'deleted'
  by: 'upload' | 'update' | 'timer' | 'delete'
}
export type Fields = Record<string, unknown>

export type Video = {
  id: string
  fileName: string | null
  mime: string
  bytes: number
  sha256: string
  looksLikeVideo: boolean
  uploadedAt: number
  parts: Record<string, Fields>
  thumbnail: { sha256: string; bytes: number; mime: string } | null
  history: Visit[]
}

export type Session = {
  id: string
  total: number
  mime: string
  fileName: string | null
  parts: Record<string, Fields>
  received: number
  hash: Hash
  head: Buffer
  createdAt: number
  videoId: string | null
}

export type Call = { route: string; status: number | 'dropped'; at: string; method: string }

export type DoubleSettings = {
  /** How long processing takes by the double's clock; `never` never ends. */
  processing: { afterMs: number; end: 'succeeded' | 'failed' | 'rejected' | 'never' }
  /** False: the project is unaudited and everything stays private. */
  audited: boolean
  phoneVerified: boolean
  listLagMs: number
  sessionTtlMs: number
  accessTtlMs: number
  /** Refresh tokens of a consent screen in testing die after seven days. */
  testingTokens: boolean
  quotaUnits: number
  quotaInserts: number
  scopes: string[]
}

export type Credentials = { clientId: string; clientSecret: string; refreshToken: string }

export type State = {
  clock: DoubleClock
  startedAt: number
  settings: DoubleSettings
  credentials: Credentials
  revoked: boolean
  access: Map<string, number>
  sessions: Map<string, Session>
  videos: Map<string, Video>
  calls: Call[]
  quota: { day: string; units: number; inserts: number }
  counter: number
  channel: { id: string; title: string; uploads: string }
  url: string
}

export const defaultSettings = (): DoubleSettings => ({
  processing: { afterMs: 2_000, end: 'succeeded' },
  audited: true,
  phoneVerified: true,
  listLagMs: 30_000,
  sessionTtlMs: 7 * 24 * 3600_000,
  accessTtlMs: 3_599_000,
  testingTokens: false,
  quotaUnits: 10_000,
  quotaInserts: 100,
  scopes: ['https://www.googleapis.com/auth/youtube'],
})

/** Each double is an account of its own: a newsroom connects an account only once. */
const anAccount = (): State['channel'] => {
  const id = randomBytes(11).toString('hex')
  return { id: `UC${id}`, title: 'Kênh thử', uploads: `UU${id}` }
}

export const newState = (args: {
  clock: DoubleClock
  settings: Partial<DoubleSettings>
  credentials: Credentials
}): State => ({
  clock: args.clock,
  startedAt: args.clock.now().getTime(),
  settings: { ...defaultSettings(), ...args.settings },
  credentials: args.credentials,
  revoked: false,
  access: new Map(),
  sessions: new Map(),
  videos: new Map(),
  calls: [],
  quota: { day: '', units: 0, inserts: 0 },
  counter: 0,
  channel: anAccount(),
  url: '',
})

export const visibilityOf = (video: Video): Visibility | 'deleted' =>
  video.history.at(-1)?.visibility ?? 'private'

export const isDeleted = (video: Video): boolean => visibilityOf(video) === 'deleted'

export const wasEverPublic = (video: Video): boolean =>
  video.history.some((visit) => visit.visibility === 'public')

/** Moves a video to a visibility; a move to where it already is leaves no trace. */
export const show = (state: State, video: Video, to: Visit['visibility'], by: Visit['by']) => {
  if (visibilityOf(video) === to && video.history.length > 0) return
  video.history.push({ at: state.clock.now().toISOString(), visibility: to, by })
}

/** What the platform does on its own as time passes: its timers go off. */
export const settle = (state: State): void => {
  for (const video of state.videos.values()) {
    const status = video.parts.status ?? {}
    const due = typeof status.publishAt === 'string' ? Date.parse(status.publishAt) : Number.NaN
    const ripe = due <= state.clock.now().getTime() && visibilityOf(video) === 'private'
    if (!ripe || !state.settings.audited) continue
    video.parts.status = { ...status, privacyStatus: 'public', publishAt: undefined }
    show(state, video, 'public', 'timer')
  }
}
