import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { openNewsroom } from '../support/newsroom'
import { giveClip, newStory, openDesk, reasonOf, type Desk } from '../signoff/support'
import { callersOf } from '../signoff/guard-suite'
import { startTranscriptionDouble, type TranscriptionDouble } from '../doubles/transcription/double'
import type { Transcriber } from '@/captions/transcriber'
import { auditOf, captionsRow, CUES, write } from './support'

let desk: Desk
let double: TranscriptionDouble
let shop: { at: (name: string) => string; close: () => Promise<void> }
let film: Buffer
let transcriber: Transcriber
const HEARD = [
  { start: 0.4, end: 1.9, text: ' Chè Tân Cương vào vụ.' },
  { start: 2, end: 2.9, text: ' Bốn mươi sáu tấn.' },
]

beforeAll(async () => {
  double = await startTranscriptionDouble()
  desk = await openDesk(
    await openNewsroom({
      TRANSCRIBE_URL: double.url,
      TRANSCRIBE_KEY: 'a-key-for-tests',
      LEASE_MS: '600',
    }),
  )
  // Not before the newsroom: it reads the settings.
  const { bareFfmpeg, workshop } = await import('../media/clips')
  shop = await workshop()
  await bareFfmpeg('-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=10:d=3', '-f', 'lavfi', '-i', 'sine=frequency=440:d=3', '-shortest', shop.at('proxy.mp4')) // prettier-ignore
  film = readFileSync(shop.at('proxy.mp4'))
  const { openAiTranscriber } = await import('@/captions/openai')
  const { env } = await import('@/env')
  transcriber = openAiTranscriber({ url: double.url, key: env.TRANSCRIBE_KEY, model: env.TRANSCRIBE_MODEL, fetchWithin: () => fetch }) // prettier-ignore
})
afterAll(async () => {
  await desk.room.close()
  await double.close()
  await shop.close()
})
beforeEach(() => {
  double.heard.length = 0
  double.say(HEARD)
})

/** A clip whose small copy really sounds. */
const soundingClip = async () => {
  const { asset } = await giveClip(desk, await newStory(desk))
  const prefix = `r/${asset}/`
  await desk.store.putBytes(`${prefix}proxy.mp4`, film, { mime: 'video/mp4' })
  const files = JSON.stringify([{ path: 'proxy.mp4', bytes: film.length, sha256: 'x', mime: 'video/mp4' }]) // prettier-ignore
  await desk.db.insertRow({ payload: desk.room.payload, collection: 'renditions', data: { key: `${asset}:proxy:1`, asset, recipe: 'proxy', prefix, files, sha256: 'x', bytes: film.length } }) // prettier-ignore
  return asset
}

const ask = (asset: string, as = desk.editor, language = 'vi') =>
  desk.room.call({ method: 'POST', path: '/captioning/transcribe', as, body: { asset, language } })

const hear = async (asset: string, by: Transcriber | null = transcriber, signal = AbortSignal.timeout(60_000)) => {
  const { hearCaptions } = await import('@/captions/hear')
  const { id } = await captionsRow(desk, asset)
  const { payload } = desk.room
  return hearCaptions({ payload, store: desk.store, captions: id, transcriber: by, signal }) // prettier-ignore
} // prettier-ignore

const set = async (asset: string, data: Record<string, string | number>) => {
  const { id } = await captionsRow(desk, asset)
  await desk.db.compareAndSet({ payload: desk.room.payload, collection: 'captions', id, expect: {}, set: data }) // prettier-ignore
}

const due = (asset: string) => set(asset, { leaseUntil: 0 })
const cuesOf = async (asset: string) => JSON.parse((await captionsRow(desk, asset)).cues ?? '[]') as { text: string }[] // prettier-ignore

describe('the machine writes a draft', () => {
  it('of the clip’s own sound, made small; it is a draft, and says which machine wrote it', async () => {
    const asset = await soundingClip()
    expect((await ask(asset)).status).toBe(200)
    expect(await hear(asset)).toBe('done')
    const row = await captionsRow(desk, asset)
    expect([row.state, row.origin, row.model, row.count, row.hearing]).toEqual(['draft', 'machine', 'whisper-1', 2, '']) // prettier-ignore
    expect((await cuesOf(asset)).map(({ text }) => text)).toEqual(['Chè Tân Cương vào vụ.', 'Bốn mươi sáu tấn.']) // prettier-ignore
    // Three seconds at 24 kbit/s are 9 kB.
    expect(double.heard).toMatchObject([{ model: 'whisper-1', language: 'vi' }])
    expect(double.heard[0]?.bytes).toBeGreaterThan(6_000)
    expect(double.heard[0]?.bytes).toBeLessThan(14_000)
    expect(await auditOf(desk, 'captions.heard', row.id)).toHaveLength(1)
  })

  it('nothing of the sound stays behind, not even of a worker that was killed long ago', async () => {
    const { env } = await import('@/env')
    const folder = path.join(env.DATA_DIR, 'speech')
    const left = path.join(folder, 'of-killed')
    mkdirSync(left, { recursive: true })
    utimesSync(left, 1, 1)
    const asset = await soundingClip()
    await ask(asset)
    await hear(asset)
    expect(existsSync(left)).toBe(false)
    expect(readdirSync(folder)).toEqual([])
  })

  it('the sweep of assets takes no sound away that the machine listens to', async () => {
    const { sweepAssets } = await import('@/assets/sweep')
    const asset = await soundingClip()
    await ask(asset)
    const swept: Transcriber = {
      model: 'swept',
      transcribe: async ({ file }) => {
        await sweepAssets(desk.room.payload, desk.store)
        return existsSync(file) ? { is: 'done', heard: HEARD } : { is: 'later', afterMs: 0, line: 'gone' }
      },
    } // prettier-ignore
    expect([await hear(asset, swept), (await cuesOf(asset)).length]).toEqual(['done', 2])
  })

  it('what a person wrote meanwhile stays, and the machine’s lies beside it until one is chosen', async () => {
    const asset = await soundingClip()
    await ask(asset)
    const { id, revision } = await captionsRow(desk, asset)
    await write(desk, desk.editor, { asset, revision, cues: CUES })
    await hear(asset)
    const row = await captionsRow(desk, asset)
    expect([await cuesOf(asset), row.origin]).toEqual([CUES, 'person'])
    const body = { id, revision: row.revision, take: true }
    const taken = await desk.room.call({ method: 'POST', path: '/captioning/heard', as: desk.editor, body }) // prettier-ignore
    expect(taken.status).toBe(200)
    const now = await captionsRow(desk, asset)
    expect([now.origin, now.count, now.heard]).toEqual(['machine', 2, ''])
    expect((await cuesOf(asset))[0]?.text).toBe('Chè Tân Cương vào vụ.')
  })
})

describe('when it does not go well', () => {
  it('a worker that died in the middle: it is asked once more, and one draft comes', async () => {
    const asset = await soundingClip()
    await ask(asset)
    await set(asset, { leaseBy: 'dead', leaseUntil: Date.now() + 60_000, hearingTries: 1 })
    expect(await hear(asset)).toBe('later')
    expect(double.heard).toHaveLength(0)
    await due(asset)
    await Promise.all([hear(asset), hear(asset)])
    await hear(asset)
    const row = await captionsRow(desk, asset)
    expect([double.heard.length, row.count]).toEqual([1, 2])
    expect(await auditOf(desk, 'captions.heard', row.id)).toHaveLength(1)
  })

  it('one that was overtaken writes nothing when it comes back', async () => {
    const asset = await soundingClip()
    await ask(asset)
    const slow: Transcriber = {
      model: 'slow',
      transcribe: async () => {
        await set(asset, { leaseBy: 'another' })
        return { is: 'done', heard: HEARD }
      },
    }
    await hear(asset, slow)
    expect([await cuesOf(asset), (await captionsRow(desk, asset)).hearing]).toEqual([[], 'asked'])
  })

  it('while the service is busy it is asked again at the time it said, not before', async () => {
    const asset = await soundingClip()
    await ask(asset)
    double.fail({ is: 'status', status: 429, retryAfter: '30' })
    const calls = double.calls()
    expect([await hear(asset), await hear(asset), double.calls() - calls]).toEqual(['later', 'later', 1]) // prettier-ignore
    expect((await captionsRow(desk, asset)).leaseUntil ?? 0).toBeGreaterThan(Date.now() + 25_000)
    await due(asset)
    expect([await hear(asset), (await cuesOf(asset)).length]).toEqual(['done', 2])
  })

  it('after five tries it is given up in words, and may be asked anew', async () => {
    const asset = await soundingClip()
    await ask(asset)
    for (let tries = 0; tries < 5; tries += 1) {
      double.fail({ is: 'cut' })
      expect(await hear(asset)).toBe('later')
      await due(asset)
    }
    expect(await hear(asset)).toBe('done')
    const row = await captionsRow(desk, asset)
    expect([row.hearing, row.state, row.count]).toEqual(['failed', 'draft', 0])
    expect(row.hearingHelp).toContain('năm lần')
    expect((await ask(asset)).status).toBe(200)
    await hear(asset)
    expect((await captionsRow(desk, asset)).hearing).toBe('')
  })

  it('a refusal is told in words, and the key stands nowhere', async () => {
    const asset = await soundingClip()
    await ask(asset)
    double.fail({ is: 'status', status: 401, code: 'invalid_api_key' })
    expect(await hear(asset)).toBe('done')
    const row = await captionsRow(desk, asset)
    expect([row.hearing, row.hearingHelp?.includes('TRANSCRIBE_KEY')]).toEqual(['failed', true])
    const entries = await auditOf(desk, 'captions.failed', row.id)
    expect(entries.map(({ reason }) => reason)).toEqual(['http-401'])
    expect(JSON.stringify([row, entries])).not.toContain('a-key-for-tests')
  })

  it('a clip whose small copy is not there yet waits for it, however long, and the service is not asked', async () => {
    const { asset } = await giveClip(desk, await newStory(desk))
    const rows = await desk.db.findRows({ payload: desk.room.payload, collection: 'renditions', where: { and: [{ asset: { equals: asset } }, { recipe: { equals: 'web-mp4' } }] } }) // prettier-ignore
    await desk.db.compareAndSet({ payload: desk.room.payload, collection: 'renditions', id: rows[0]?.id ?? '', expect: {}, set: { asset: 'khac' } }) // prettier-ignore
    const state = (now: string) => desk.db.compareAndSet({ payload: desk.room.payload, collection: 'assets', id: asset, expect: {}, set: { state: now, leaseUntil: Date.now() + 60_000 } }) // prettier-ignore
    await state('processing')
    await ask(asset)
    for (let looks = 0; looks < 7; looks += 1) expect(await hear(asset)).toBe('later')
    const { hearing, hearingTries } = await captionsRow(desk, asset)
    expect([hearing, hearingTries, double.heard.length]).toEqual(['asked', 0, 0])
    // Made, and still there is none: nothing is left to wait for.
    await state('ready')
    expect(await hear(asset)).toBe('done')
    const row = await captionsRow(desk, asset)
    expect([row.hearing, row.hearingHelp?.includes('bản xem nhanh')]).toEqual(['failed', true])
  })

  it('a worker that is stopped in the middle has not tried', async () => {
    const asset = await soundingClip()
    await ask(asset)
    const stopping = new AbortController()
    const slow: Transcriber = {
      model: 'slow',
      transcribe: async () => {
        stopping.abort()
        return { is: 'later', afterMs: 0, line: 'aborted' }
      },
    }
    expect(await hear(asset, slow, stopping.signal)).toBe('later')
    expect((await captionsRow(desk, asset)).hearingTries).toBe(0)
    expect([await hear(asset), (await cuesOf(asset)).length]).toEqual(['done', 2])
  })

  it('an answer of more than a person could save again leaves the draft as it was, and says so', async () => {
    const asset = await soundingClip()
    const set = { durationSeconds: 7_000 }
    await desk.db.compareAndSet({ payload: desk.room.payload, collection: 'assets', id: asset, expect: {}, set }) // prettier-ignore
    await ask(asset)
    const heard = Array.from({ length: 10_001 }, (_, at) => ({ start: at / 2, end: at / 2 + 0.4, text: 'a' })) // prettier-ignore
    const endless: Transcriber = { model: 'x', transcribe: async () => ({ is: 'done', heard }) }
    expect([await hear(asset, endless), await cuesOf(asset)]).toEqual(['done', []])
    const row = await captionsRow(desk, asset)
    expect([row.hearing, row.origin]).toEqual(['failed', 'person'])
    expect((await auditOf(desk, 'captions.failed', row.id)).map(({ reason }) => reason)).toEqual(['too-many']) // prettier-ignore
  })
})

describe('asking the machine', () => {
  it('is for those who write captions', async () => {
    const asset = await soundingClip()
    const found: Record<string, number> = {}
    for (const { name, as } of await callersOf(desk)) {
      if (['producer', 'editor', 'desk-head', 'secretariat'].includes(name)) continue
      found[name] = (await desk.room.call({ method: 'POST', path: '/captioning/transcribe', as, body: { asset, language: 'vi' } })).status // prettier-ignore
    }
    const { nobody, 'an API key': key, ...others } = found
    expect([nobody, key]).toEqual([401, 401])
    expect([...new Set(Object.values(others))]).toEqual([403])
  })

  it('twice, over words that are there, or of what has no sound, is refused', async () => {
    const asset = await soundingClip()
    await ask(asset)
    expect(reasonOf(await ask(asset))).toBe('hearing')
    await write(desk, desk.editor, { asset, language: 'en' })
    expect(reasonOf(await ask(asset, desk.editor, 'en'))).toBe('has-text')
    const { asset: silent } = await giveClip(desk, await newStory(desk))
    await desk.db.compareAndSet({ payload: desk.room.payload, collection: 'assets', id: silent, expect: {}, set: { facts: '{"hasSound":false}' } }) // prettier-ignore
    expect(reasonOf(await ask(silent))).toBe('no-sound')
    await desk.db.compareAndSet({ payload: desk.room.payload, collection: 'assets', id: asset, expect: {}, set: { durationSeconds: 7_201 } }) // prettier-ignore
    expect(reasonOf(await ask(asset, desk.editor, 'fr'))).toBe('too-long')
    expect((await ask('khong-co')).status).toBe(404)
  })

  it('without a service the job ends in words', async () => {
    const asset = await soundingClip()
    await ask(asset)
    await hear(asset, null)
    expect((await captionsRow(desk, asset)).hearingHelp).toContain('TRANSCRIBE_URL')
  })
})
