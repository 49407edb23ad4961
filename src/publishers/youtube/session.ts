import { z } from 'zod'
import type { Context, SealedFile, Work } from '../publisher'
import type { Tried, YouTube } from './client'
import { call, isOurSession } from './client'
import { fileNameOf } from './memo'
import { snippetOf, statusOf } from './resource'

/** The resumable protocol by hand: the generated client only knows one-shot uploads. */
export type SessionSays = { is: 'created'; videoId: string } | { is: 'at'; offset: number }

const made = z.object({ id: z.string().min(1) })
const isFine = (status: number): boolean => status < 300 || status === 308

export const openSession = async (job: {
  yt: YouTube
  ctx: Context
  work: Work
  file: SealedFile
}): Promise<Tried<string>> => {
  const { yt, ctx, work, file } = job
  const { signal, timeout, retry } = yt.options
  const opened = await call(yt, 'none', () =>
    yt.oauth.request({
      url: `${yt.endpoint}/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status`,
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        'x-upload-content-length': String(file.bytes),
        'x-upload-content-type': file.mime,
        slug: fileNameOf(work),
      },
      data: JSON.stringify({ snippet: snippetOf(ctx, work), status: statusOf('private') }),
      responseType: 'text',
      signal,
      timeout,
      retry,
    }),
  )
  if (!opened.ok) return opened
  const uri = opened.value.headers.get('location') ?? ''
  if (isOurSession(yt, uri)) return { ok: true, value: uri }
  const line = 'the platform named no upload session of its own'
  return { ok: false, status: null, answer: { is: 'later', afterMs: 10_000, line } }
}

const put = async (
  yt: YouTube,
  uri: string,
  sent: { range: string; bytes: Buffer | null },
): Promise<Tried<SessionSays>> => {
  const { signal, timeout, retry } = yt.options
  const asked = await call(yt, 'none', () =>
    yt.oauth.request({
      url: uri,
      method: 'PUT',
      headers: { 'content-range': sent.range },
      ...(sent.bytes ? { data: sent.bytes } : {}),
      responseType: 'json',
      validateStatus: isFine,
      signal,
      timeout,
      retry,
    }),
  )
  if (!asked.ok) return asked
  if (asked.value.status === 308) {
    const kept = asked.value.headers.get('range')?.match(/(\d+)$/)?.[1]
    return { ok: true, value: { is: 'at', offset: kept === undefined ? 0 : Number(kept) + 1 } }
  }
  const video = made.safeParse(asked.value.data)
  if (video.success) return { ok: true, value: { is: 'created', videoId: video.data.id } }
  const line = 'the platform took the file and named no video'
  return { ok: false, status: null, answer: { is: 'later', afterMs: 10_000, line } }
}

/** Asks how far the session came. */
export const probe = (yt: YouTube, uri: string, total: number): Promise<Tried<SessionSays>> =>
  put(yt, uri, { range: `bytes */${total}`, bytes: null })

export const putChunk = (
  yt: YouTube,
  uri: string,
  chunk: { bytes: Buffer; start: number; total: number },
): Promise<Tried<SessionSays>> => {
  const end = chunk.start + chunk.bytes.length - 1
  return put(yt, uri, { range: `bytes ${chunk.start}-${end}/${chunk.total}`, bytes: chunk.bytes })
}
