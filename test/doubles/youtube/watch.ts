import type { Asked, Reply } from './reply'
import { headerOf } from './reply'
import type { State, Video } from './state'
import { isDeleted, visibilityOf } from './state'

const html = (status: number, body: string): Reply => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache, no-store, max-age=0',
  },
  text: body,
})

const find = (state: State, id: string): Video | undefined => {
  const video = state.videos.get(id)
  return video && !isDeleted(video) ? video : undefined
}

const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')

/** What a stranger's player would be told (RULE 81). */
const playability = (video: Video | undefined): { status: string; reason?: string } => {
  if (!video) return { status: 'ERROR', reason: 'Video unavailable' }
  if (visibilityOf(video) === 'private')
    return { status: 'LOGIN_REQUIRED', reason: 'Private video' }
  return { status: 'OK' }
}

/** The watch page answers 200 to everything; only its inside tells (RULES 80-81). */
export const watchPage = (state: State, asked: Asked): Reply => {
  const video = find(state, asked.url.searchParams.get('v') ?? '')
  const playabilityStatus = playability(video)
  const open = playabilityStatus.status === 'OK'
  const title = open ? escape(String(video?.parts.snippet?.title ?? '')) : ''
  const data = JSON.stringify({ playabilityStatus })
  return html(
    200,
    `<!doctype html><html><head><title>${title} - YouTube</title></head><body>` +
      `<script>var ytInitialPlayerResponse = ${data};</script></body></html>`,
  )
}

/** The anonymous summary: its status code does tell (RULES 82-85). */
export const oembed = (state: State, asked: Asked): Reply => {
  if (headerOf(asked, 'authorization')) return { status: 400, text: 'Bad Request' }
  const target = asked.url.searchParams.get('url') ?? ''
  const id = URL.canParse(target) ? new URL(target).searchParams.get('v') : null
  if (!id) return { status: 400, text: 'Bad Request' }
  const video = find(state, id)
  if (!video) return { status: 404, text: 'Not Found' }
  if (visibilityOf(video) === 'private') return { status: 403, text: 'Forbidden' }
  if (video.parts.status?.embeddable === false) return { status: 401, text: 'Unauthorized' }
  return {
    status: 200,
    json: {
      title: video.parts.snippet?.title,
      author_name: state.channel.title,
      type: 'video',
      provider_name: 'YouTube',
      thumbnail_url: `${state.url}/vi/${video.id}/hqdefault.jpg`,
    },
  }
}
