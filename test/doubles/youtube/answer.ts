import type { Fault } from './faults'
import { listChannels, listPlaylistItems } from './lists'
import { charge, quotaExceeded } from './quota'
import type { Asked, Reply } from './reply'
import { apiError } from './reply'
import { putSession, startSession } from './resumable'
import type { Method, Route } from './rules'
import { METHODS } from './rules'
import type { State } from './state'
import { setThumbnail } from './thumbnails'
import { answerToken, notAuthorised, refuseCaller } from './tokens'
import { badParams } from './validate'
import { deleteVideo, listVideos, updateVideo } from './videos'
import { oembed, watchPage } from './watch'

/** Discovery names two upload paths for the same method; both are served (RULE 10). */
const plainPath = (asked: Asked): string => asked.url.pathname.replace(/^\/resumable/, '')

export const routeOf = (asked: Asked): Route | null => {
  const path = plainPath(asked)
  if (path === '/token' && asked.method === 'POST') return 'token'
  if (path === '/watch' && asked.method === 'GET') return 'watch'
  if (path === '/oembed' && asked.method === 'GET') return 'oembed'
  if (asked.method === 'PUT' && asked.url.searchParams.has('upload_id')) return 'session.put'
  return methodOf(asked)?.route ?? null
}

const methodOf = (asked: Asked): Method | undefined =>
  METHODS.find((method) => method.verb === asked.method && method.path === plainPath(asked))

const HANDLERS: Partial<Record<Route, (state: State, asked: Asked) => Reply>> = {
  'session.start': startSession,
  'videos.list': listVideos,
  'videos.update': updateVideo,
  'videos.delete': deleteVideo,
  'thumbnails.set': setThumbnail,
  'channels.list': listChannels,
  'playlistItems.list': listPlaylistItems,
}

/** The order of the platform: who asks, what it costs, whether it is well-formed, then the effect. */
const normally = (
  state: State,
  asked: Asked,
  route: Route | null,
  keepAtMost: number | null,
): Reply => {
  if (route === 'token') return answerToken(state, asked)
  if (route === 'watch') return watchPage(state, asked)
  if (route === 'oembed') return oembed(state, asked)
  if (route === 'session.put') {
    return refuseCaller(state, asked, null) ?? putSession(state, asked, keepAtMost)
  }
  const method = methodOf(asked)
  const handler = route ? HANDLERS[route] : undefined
  if (!method || !handler) return apiError(404, 'notFound', 'Not Found')
  return (
    refuseCaller(state, asked, method) ??
    charge(state, method) ??
    badParams(asked, method) ??
    (asked.whole ? handler(state, asked) : apiError(400, 'badRequest', 'Body cut short.'))
  )
}

const serverFault = (status: number): Reply => apiError(status, 'backendError', 'Backend Error')

const instead = (fault: Fault): Reply | 'drop' | null => {
  if (fault.do === 'drop-before') return 'drop'
  if (fault.do === 'fail-before') return serverFault(fault.status ?? 503)
  if (fault.do === 'unauthorized') return notAuthorised()
  if (fault.do === 'quota') return quotaExceeded()
  if (fault.do === 'rate') return apiError(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded')
  if (fault.do === 'refuse')
    return apiError(fault.status ?? 400, fault.reason ?? 'badRequest', 'Refused')
  return null
}

/** Answers one call, with what the fault plan wants to go wrong. */
export const answer = async (args: {
  state: State
  asked: Asked
  route: Route | null
  faults: Fault[]
}): Promise<Reply | 'drop'> => {
  for (const fault of args.faults) {
    if (fault.do === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 0))
    const early = instead(fault)
    if (early) return early
  }
  const fewer = args.faults.find((fault) => fault.do === 'keep-fewer')
  const effect = normally(args.state, args.asked, args.route, fewer ? (fewer.bytes ?? 0) : null)
  const lost = args.faults.find((fault) => fault.do === 'drop-after')
  const failed = args.faults.find((fault) => fault.do === 'fail-after')
  if (lost) return 'drop'
  return failed ? serverFault(failed.status ?? 500) : effect
}
