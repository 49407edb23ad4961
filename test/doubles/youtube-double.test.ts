import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { clipBytes, GRAIN, sha256 } from '../publishers/support'
import { contractProblems } from './youtube/contract-check'
import type { DoubleSettings, YouTubeDouble } from './youtube/double'
import { manualClock, startYouTubeDouble } from './youtube/double'

const opened: YouTubeDouble[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((double) => double.close()))
})

const start = async (settings: Partial<DoubleSettings> = {}) => {
  const clock = manualClock()
  const double = await startYouTubeDouble({ clock, settings })
  opened.push(double)
  const token = await accessOf(double)
  const api = (method: string, at: string, init: RequestInit = {}) =>
    fetch(at.startsWith('http') ? at : `${double.url}${at}`, {
      method,
      ...init,
      headers: { authorization: `Bearer ${token}`, ...init.headers },
    })
  const json = (method: string, at: string, body: unknown, headers = {}) =>
    api(method, at, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    })
  return { clock, double, api, json }
}

const accessOf = async (
  double: YouTubeDouble,
  grant: Record<string, string> = {},
): Promise<string> => {
  const { refreshToken, clientId, clientSecret } = JSON.parse(double.token)
  const form = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    client_secret: clientSecret,
  }
  const answer = await fetch(`${double.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...form, ...grant }),
  })
  const body = await answer.json()
  return body.access_token ?? body.error
}

const INSERT = '/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status'
const clip = clipBytes(GRAIN + 1000)
const resource = { snippet: { title: 'Tin' }, status: { privacyStatus: 'private' } }

type Stage = Awaited<ReturnType<typeof start>>
const open = async ({ json }: Stage, body: object = resource): Promise<string> => {
  const headers = {
    'x-upload-content-length': String(clip.length),
    'x-upload-content-type': 'video/mp4',
  }
  const answer = await json('POST', INSERT, body, headers)
  return answer.headers.get('location') ?? (await answer.json()).error.errors[0].reason
}
const put = (on: Stage, uri: string, from: number, to: number, bytes = clip.subarray(from, to)) =>
  on.api('PUT', uri, {
    body: new Uint8Array(bytes),
    headers: { 'content-range': `bytes ${from}-${to - 1}/${clip.length}` },
  })
const upload = async (on: Stage, body: object = resource): Promise<string> => {
  const answer = await put(on, await open(on, body), 0, clip.length)
  return (await answer.json()).id
}
const update = async (on: Stage, part: string, body: object): Promise<string> => {
  const answer = await on.json('PUT', `/youtube/v3/videos?part=${part}`, body)
  const read = await answer.json()
  return answer.ok ? 'ok' : read.error.errors[0].reason
}

test('the tables of the double agree with the platform’s discovery document', () => {
  const file = path.resolve('../shared/contracts/youtube.v3.json')
  if (!existsSync(file)) {
    process.stderr.write('skipped: the discovery document is not on this machine\n')
    return
  }
  expect(contractProblems(JSON.parse(readFileSync(file, 'utf8')))).toEqual([])
})

describe('resumable upload', () => {
  test('chunks are asked for one after the other, and the hash of what arrived is kept', async () => {
    const on = await start()
    const uri = await open(on)
    const first = await put(on, uri, 0, GRAIN)
    expect([first.status, first.headers.get('range')]).toEqual([308, `bytes=0-${GRAIN - 1}`])
    expect((await put(on, uri, GRAIN, clip.length)).status).toBe(201)
    expect(on.double.ledger.videos().map((video) => video.sha256)).toEqual([sha256(clip)])
  })

  test.each([
    ['a chunk that is no multiple of 256 KiB', 0, 1000, undefined],
    ['a gap', GRAIN, clip.length, undefined],
    ['a body shorter than its range', 0, GRAIN, Buffer.alloc(10)],
    ['a range beyond the end', 0, GRAIN * 2, clipBytes(GRAIN * 2)],
  ])('%s is refused', async (_name, from, to, bytes) => {
    const on = await start()
    expect((await put(on, await open(on), from, to, bytes)).status).toBe(400)
    expect(on.double.ledger.videos()).toEqual([])
  })

  test('a session tells how far it came, before, in between, after, and 404 once it is forgotten', async () => {
    const on = await start()
    const uri = await open(on)
    const ask = () => on.api('PUT', uri, { headers: { 'content-range': `bytes */${clip.length}` } })
    const before = await ask()
    expect([before.status, before.headers.get('range')]).toEqual([308, null])
    await put(on, uri, 0, clip.length)
    expect((await ask()).status).toBe(200)
    on.clock.advance(8 * 24 * 3600_000)
    expect((await ask()).status).toBe(401)
    on.double.expireSessions()
    const token = await accessOf(on.double)
    const headers = { authorization: `Bearer ${token}`, 'content-range': `bytes */${clip.length}` }
    expect((await on.api('PUT', uri, { headers })).status).toBe(404)
  })
})

describe('strictness', () => {
  test('unknown paths, parameters, parts, fields and enum words are refused with the real envelope', async () => {
    const on = await start()
    const id = await upload(on)
    const answer = await on.api('GET', '/youtube/v3/videos?part=status&id=x&nonsense=1')
    expect([answer.status, (await answer.json()).error]).toMatchObject([
      400,
      { code: 400, errors: [{ domain: 'youtube.api', reason: 'unexpectedParameter' }] },
    ])
    expect((await on.api('GET', '/youtube/v3/search?part=id')).status).toBe(404)
    expect((await on.api('GET', '/youtube/v3/videos?part=wonder&id=x')).status).toBe(400)
    expect(await update(on, 'status', { id, status: { privacy: 'public' } })).toBe('badRequest')
    expect(await update(on, 'status', { id, status: { privacyStatus: 'secret' } })).toBe(
      'badRequest',
    )
  })

  test('text is limited as the platform limits it', async () => {
    const on = await start()
    const status = { privacyStatus: 'private' }
    expect(await open(on, { status, snippet: { title: 'á'.repeat(101) } })).toBe('invalidTitle')
    expect(await open(on, { status, snippet: { title: 'a', description: 'á'.repeat(2501) } })).toBe(
      'invalidDescription',
    )
    expect(await open(on, { status, snippet: { title: 'a', tags: ['b'.repeat(501)] } })).toBe(
      'invalidTags',
    )
  })

  test('an update of status without privacyStatus makes the video public: never leave it out', async () => {
    const on = await start()
    const id = await upload(on)
    expect(await update(on, 'status', { id, status: { embeddable: true } })).toBe('ok')
    expect(on.double.ledger.madePublic()).toBe(1)
  })

  test('a timer is taken for a private video that was never public, and goes off by the clock', async () => {
    const on = await start()
    const id = await upload(on)
    const status = { privacyStatus: 'private', publishAt: '2026-03-02T04:00:00Z' }
    expect(await update(on, 'status', { id, status: { ...status, privacyStatus: 'public' } })).toBe(
      'invalidPublishAt',
    )
    expect(await update(on, 'status', { id, status })).toBe('ok')
    expect(on.double.ledger.madePublic()).toBe(0)
    on.clock.advance(3600_000)
    expect(on.double.ledger.video(id)?.history.map((visit) => visit.by)).toEqual([
      'upload',
      'timer',
    ])
    await on.double.close()
  })

  test('expired tokens, missing scopes and used-up quota are refused in the platform’s words', async () => {
    const on = await start({
      quotaUnits: 2,
      scopes: ['https://www.googleapis.com/auth/youtube.readonly'],
    })
    const list = () => on.api('GET', '/youtube/v3/channels?part=id&mine=true')
    expect((await on.json('PUT', '/youtube/v3/videos?part=status', { id: 'x' })).status).toBe(403)
    expect([(await list()).status, (await list()).status, (await list()).status]).toEqual([
      200, 200, 403,
    ])
    on.clock.advance(24 * 3600_000)
    expect((await list()).status).toBe(401)
    expect(await accessOf(on.double, { refresh_token: 'other' })).toBe('invalid_grant')
    expect(await accessOf(on.double, { client_secret: 'other' })).toBe('invalid_client')
  })
})

describe('a stranger', () => {
  test('the watch page answers 200 to everything; the summary tells public from private from deleted', async () => {
    const on = await start()
    const id = await upload(on)
    const page = async () =>
      (await (await fetch(`${on.double.url}/watch?v=${id}`)).text()).match(/"status":"(\w+)"/)?.[1]
    const target = encodeURIComponent(`${on.double.url}/watch?v=${id}`)
    const summary = async () =>
      (await fetch(`${on.double.url}/oembed?url=${target}&format=json`)).status
    expect([await page(), await summary()]).toEqual(['LOGIN_REQUIRED', 403])
    await update(on, 'status', { id, status: { privacyStatus: 'public' } })
    expect([await page(), await summary()]).toEqual(['OK', 200])
    expect((await on.api('DELETE', `/youtube/v3/videos?id=${id}`)).status).toBe(204)
    expect((await on.api('DELETE', `/youtube/v3/videos?id=${id}`)).status).toBe(404)
    expect([await page(), await summary()]).toEqual(['ERROR', 404])
  })

  test('the list of uploads shows private ones to the owner, and shows them late', async () => {
    const on = await start()
    const id = await upload(on)
    const mine = await (
      await on.api('GET', '/youtube/v3/channels?part=contentDetails&mine=true')
    ).json()
    const { uploads } = mine.items[0].contentDetails.relatedPlaylists
    const listed = async () => {
      const at = `/youtube/v3/playlistItems?part=contentDetails&playlistId=${uploads}`
      return (await (await on.api('GET', at)).json()).items.map(
        (item: { contentDetails: { videoId: string } }) => item.contentDetails.videoId,
      )
    }
    expect(await listed()).toEqual([])
    on.clock.advance(31_000)
    expect(await listed()).toEqual([id])
  })
})
