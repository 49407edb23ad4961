import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Command } from '@/media/command-parts'
import { runFfmpeg } from '@/media/ffmpeg'
import { guardFor } from '@/media/guard'
import { bareFfmpeg, run, until, workshop } from './clips'

let shop: Awaited<ReturnType<typeof workshop>>
beforeAll(async () => {
  shop = await workshop()
})
afterAll(() => shop.close())

/** An encode that takes as many seconds as it is told, at the speed of the clock. */
const slow = (cwd: string, seconds: number): Command => ({
  cwd,
  first: ['-nostdin', '-loglevel', 'error', '-y'],
  inputs: [{ file: path.join(cwd, 'in.mp4'), options: ['-re'] }],
  outputs: [
    { file: 'out.mkv', options: ['-t', String(seconds), '-c:v', 'ffv1', '-flush_packets', '1'] },
  ],
})

const folderWithClip = async (name: string) => {
  const cwd = shop.at(name)
  await mkdir(cwd)
  const clip = [
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=320x240:r=30:d=60',
    '-c:v',
    'mpeg4',
    path.join(cwd, 'in.mp4'),
  ]
  await run('ffmpeg', ['-nostdin', '-loglevel', 'error', ...clip])
  return cwd
}

const processesNaming = async (words: string) => {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(
    ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')),
  )
  return lines.filter((line) => line.includes(words) && line.startsWith('ffmpeg')).length
}

describe('Chạy ffmpeg', () => {
  it('tells how far it is, from its own clock', async () => {
    const cwd = await folderWithClip('progress')
    const seen: number[] = []
    const command = { ...slow(cwd, 2), inputs: [{ file: path.join(cwd, 'in.mp4'), options: [] }] }
    await runFfmpeg({ command, durationSeconds: 2, onProgress: (fraction) => seen.push(fraction) })
    expect(seen.at(-1)).toBeCloseTo(1, 1)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })

  it('stops at once when it is cancelled', async () => {
    const cwd = await folderWithClip('cancelled')
    const cancel = new AbortController()
    const ran = runFfmpeg({
      command: slow(cwd, 50),
      durationSeconds: 50,
      signal: cancel.signal,
      onProgress: () => cancel.abort(),
    })
    await expect(ran).rejects.toMatchObject({ code: 'cancelled' })
    await until('ffmpeg is gone', async () => (await processesNaming(cwd)) === 0)
  })

  it('does not start when it was cancelled before', async () => {
    const signal = AbortSignal.abort()
    const ran = runFfmpeg({ command: slow(shop.at('nowhere'), 1), durationSeconds: 1, signal })
    await expect(ran).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('names what went wrong by a code and its last line', async () => {
    const cwd = await folderWithClip('wrong')
    await shop.text('wrong/in.mp4', 'not a clip at all, only words')
    const ran = runFfmpeg({ command: slow(cwd, 1), durationSeconds: 1 })
    await expect(ran).rejects.toMatchObject({
      code: 'ffmpeg-bad-input',
      message: expect.stringContaining('Invalid data found'),
    })
  })

  it('can not fill the disk', async () => {
    const cwd = await folderWithClip('full')
    const command = { ...slow(cwd, 60), inputs: [{ file: path.join(cwd, 'in.mp4'), options: [] }] }
    const ran = runFfmpeg({ command, durationSeconds: 60, fsizeBytes: 200_000 })
    await expect(ran).rejects.toMatchObject({ code: 'ffmpeg-output-too-big' })
    expect((await stat(path.join(cwd, 'out.mkv'))).size).toBeLessThanOrEqual(200_000)
  })

  it('takes a title that says the disk is full for a title', async () => {
    const cwd = await folderWithClip('liar')
    const title = 'title=x: No space left on device\nError: No space left on device'
    await run('ffmpeg', ['-nostdin', '-v', 'error', '-i', path.join(cwd, 'in.mp4'), '-c', 'copy', '-metadata', title, path.join(cwd, 'said.mkv')]) // prettier-ignore
    const command = {
      cwd,
      first: ['-nostdin', '-loglevel', 'info', '-y'],
      inputs: [{ file: path.join(cwd, 'said.mkv'), options: [] }],
      outputs: [{ file: '-', options: ['-t', '1', '-f', 'null'] }],
    }
    const { lines } = await runFfmpeg({ command, durationSeconds: 1 })
    expect(lines.join('\n')).toContain('No space left on device')
  })

  it('can not take the processor for ever', async () => {
    const cwd = await folderWithClip('cpu')
    const heavy = ['-vf', 'scale=3840:2160', '-c:v', 'libx264', '-preset', 'veryslow']
    const command = {
      ...slow(cwd, 60),
      inputs: [{ file: path.join(cwd, 'in.mp4'), options: [] }],
      outputs: [{ file: 'out.mp4', options: heavy }],
    }
    const ran = runFfmpeg({ command, durationSeconds: 60, cpuSeconds: 1 })
    await expect(ran).rejects.toMatchObject({ code: 'ffmpeg-killed' })
  })

  /** A pipe in the file system: whoever reads it waits until somebody writes. */
  const folderWithPipe = async (name: string) => {
    const cwd = shop.at(name)
    await mkdir(cwd)
    await run('mkfifo', [path.join(cwd, 'in.mp4')])
    return cwd
  }
  const reading = (cwd: string): Command => ({
    ...slow(cwd, 50),
    inputs: [{ file: path.join(cwd, 'in.mp4'), options: ['-re', '-f', 'matroska'] }],
  })

  it('is ended when it never begins, and leaves no process', async () => {
    const cwd = await folderWithPipe('silent-source')
    const ran = runFfmpeg({ command: reading(cwd), durationSeconds: 50, stuckAfterMs: 1_000 })
    const ended = expect(ran).rejects.toMatchObject({
      code: 'ffmpeg-stuck',
      message: 'no progress for 1 seconds',
    })
    await until('ffmpeg waits for its source', async () => (await processesNaming(cwd)) === 1)
    await ended
    await until('ffmpeg is gone', async () => (await processesNaming(cwd)) === 0)
  })

  it('is ended when it stops half-way, and leaves no process', async () => {
    const cwd = await folderWithPipe('source-that-stops')
    const clip = path.join(cwd, 'whole.mkv')
    await bareFfmpeg('-f', 'lavfi', '-i', 'testsrc2=s=320x240:r=30:d=8', '-c:v', 'mpeg4', clip)
    const bytes = await readFile(clip)
    const seen: number[] = []
    const ran = runFfmpeg({
      command: reading(cwd),
      durationSeconds: 8,
      stuckAfterMs: 4_000,
      onProgress: (fraction) => seen.push(fraction),
    })
    const ended = expect(ran).rejects.toMatchObject({ code: 'ffmpeg-stuck' })
    const pipe = await open(path.join(cwd, 'in.mp4'), 'w')
    await pipe.write(bytes.subarray(0, Math.floor(bytes.length / 2)))
    await ended
    await pipe.close()
    expect(seen.at(-1)).toBeGreaterThan(0.1)
    expect(seen.at(-1)).toBeLessThan(0.9)
    await until('ffmpeg is gone', async () => (await processesNaming(cwd)) === 0)
  })

  it('is ended when it goes on and on, and leaves no process', async () => {
    const cwd = await folderWithClip('endless')
    const seen: number[] = []
    const ran = runFfmpeg({
      command: slow(cwd, 50),
      durationSeconds: 50,
      wallMs: 3_000,
      onProgress: (fraction) => seen.push(fraction),
    })
    await expect(ran).rejects.toMatchObject({
      code: 'ffmpeg-too-slow',
      message: 'not done after 3 seconds',
    })
    expect(seen.length).toBeGreaterThan(0)
    await until('ffmpeg is gone', async () => (await processesNaming(cwd)) === 0)
  })

  it('sees none of our secrets and no network', async () => {
    const text = await readFile(await guardFor('ffmpeg'), 'utf8')
    const shown = await shop.text(
      'shown',
      text.replace('\'ffmpeg\' "$@"', "sh -c 'env; cat /proc/net/dev'"),
    )
    const env = {
      ...process.env,
      PAYLOAD_SECRET: 'a-secret-to-be-kept',
      S3_SECRET_ACCESS_KEY: 'another',
    }
    const { stdout } = await run('sh', [shown, `--guard=5:1000000:${process.pid}`], { env })
    expect(stdout).toContain('LC_ALL=C')
    expect(stdout).not.toMatch(/a-secret-to-be-kept|another/)
    const places = [...stdout.matchAll(/^\s*(\w+):/gm)].map(([, name]) => name)
    expect(text.includes('unshare') ? places : ['lo']).toEqual(['lo'])
  })

  it('leaves no ffmpeg writing when the worker is killed', async () => {
    const cwd = await folderWithClip('orphan')
    const worker = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        path.resolve('test/media/encode-then-hang.ts'),
        JSON.stringify(slow(cwd, 50)),
      ],
      { stdio: 'ignore' },
    )
    const size = () =>
      stat(path.join(cwd, 'out.mkv')).then(
        (found) => found.size,
        () => 0,
      )
    await until(
      'the worker encodes',
      async () => (await size()) > 0 && (await processesNaming(cwd)) === 1,
    )
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    await until('ffmpeg is gone', async () => (await processesNaming(cwd)) === 0, 3_000)
  })
})
