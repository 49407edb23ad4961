import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, symlink } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { runFfprobe } from '@/media/ffmpeg'
import { guardFor, guardLimits } from '@/media/guard'
import { probe } from '@/media/probe'
import { makeClip, run, until, workshop } from './clips'

let shop: Awaited<ReturnType<typeof workshop>>
beforeAll(async () => {
  shop = await workshop()
})
afterAll(() => shop.close())

/** What a program behind the guard sees of itself. */
const seen = async (words: string, limits: { cpuSeconds: number; fsizeBytes: number }) => {
  const { stdout } = await run(await guardFor('bash'), [guardLimits(limits), '-c', words])
  return stdout
}
const running = async (words: string) => {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(
    ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')),
  )
  return lines.filter((line) => line.includes(words) && line.startsWith('ffprobe')).length
}
const pipe = async (name: string) => {
  await run('mkfifo', [shop.at(name)])
  return shop.at(name)
}

describe('Lá chắn quanh ffmpeg', () => {
  it.each([
    ['Max cpu time', '7'],
    ['Max address space', '6000000000'],
    ['Max file size', '123456'],
    ['Max open files', '256'],
    ['Max core file size', '0'],
  ])('sets a limit: %s is %s', async (name, value) => {
    const limits = await seen('cat /proc/self/limits', { cpuSeconds: 7, fsizeBytes: 123_456 })
    const line = limits.split('\n').find((one) => one.startsWith(name)) ?? ''
    expect(line.slice(name.length).trim().split(/\s+/).slice(0, 2)).toEqual([value, value])
  })

  it('gives no new rights and a turn behind our own', async () => {
    const told = await seen('grep NoNewPrivs /proc/self/status; nice', {
      cpuSeconds: 7,
      fsizeBytes: 1e6,
    })
    const turn = Math.min(19, os.getPriority() + 10)
    expect(told.split(/\s+/).filter(Boolean)).toEqual(['NoNewPrivs:', '1', String(turn)])
  })

  it('ends ffprobe with the process that asked', async () => {
    const file = await pipe('waits.mp4')
    const worker = spawn(
      process.execPath,
      ['--import', 'tsx', path.resolve('test/media/probe-then-hang.ts'), file],
      { stdio: 'ignore' },
    )
    await until('ffprobe waits for its file', async () => (await running(file)) === 1)
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    await until('ffprobe is gone', async () => (await running(file)) === 0, 3_000)
  })

  it('ends ffprobe when it waits too long, and when nobody wants the answer any more', async () => {
    const file = await pipe('silent.mp4')
    const argv = ['-v', 'error', `file:${file}`]
    expect(await runFfprobe({ argv, timeoutMs: 1_000 })).toMatchObject({ timedOut: true })
    const cancel = new AbortController()
    const asked = runFfprobe({ argv, signal: cancel.signal })
    const ended = expect(asked).rejects.toMatchObject({ code: 'cancelled' })
    await until('ffprobe waits for its file', async () => (await running(file)) === 1)
    cancel.abort()
    await ended
    await until('ffprobe is gone', async () => (await running(file)) === 0, 3_000)
  })

  it.each([['http://127.0.0.1:9/a.mp4'], ['rtsp://127.0.0.1/'], ['concat:a|b'], ['-i']])(
    'never gives ffprobe %s to open',
    async (input) => {
      await expect(runFfprobe({ argv: ['-v', 'error', input] })).rejects.toMatchObject({
        code: 'not-a-file',
      })
    },
  )

  it('takes neither a pipe nor a link for an upload, and does not wait for one', async () => {
    await makeClip.silent(shop.at('good.mp4'))
    await symlink(shop.at('good.mp4'), shop.at('link.mp4'))
    for (const file of [await pipe('fifo.mp4'), shop.at('link.mp4')]) {
      expect(await probe(file)).toMatchObject({ ok: false, reason: 'not-media' })
    }
  })
})
