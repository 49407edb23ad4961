import type { Call, State, Video } from './state'
import { settle, visibilityOf } from './state'

/** What really happened on the platform, whatever our database believes. The oracle of every test. */
export type Ledger = {
  /** Every video that was ever created, deleted ones too. */
  videos: () => Video[]
  video: (id: string) => Video | undefined
  /** Those a stranger can see now. */
  visible: () => Video[]
  /** How often a video went public, over all videos or of one. */
  madePublic: (id?: string) => number
  calls: (route?: string) => Call[]
  units: () => number
  inserts: () => number
  sessions: () => number
}

export const ledgerOf = (state: State): Ledger => {
  const all = () => {
    settle(state)
    return [...state.videos.values()]
  }
  return {
    videos: all,
    video: (id) => all().find((video) => video.id === id),
    visible: () => all().filter((video) => visibilityOf(video) === 'public'),
    madePublic: (id) =>
      all()
        .filter((video) => id === undefined || video.id === id)
        .flatMap((video) => video.history)
        .filter((visit) => visit.visibility === 'public').length,
    calls: (route) => state.calls.filter((call) => route === undefined || call.route === route),
    units: () => state.quota.units,
    inserts: () => state.quota.inserts,
    sessions: () => state.sessions.size,
  }
}
