import { describe, expect, it } from '@jest/globals'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { hashOf } from '../../scripts/lib/build.mjs'
import { mayRestart } from '../../scripts/lib/children.mjs'
import { must, pinnedNode } from '../../scripts/lib/exec.mjs'
import { lock } from '../../scripts/lib/lock.mjs'
import { healthUrl } from '../../scripts/lib/newsroom.mjs'
import { redisArgs, redisPlace } from '../../scripts/lib/redis.mjs'
import { linesOfFailure, Stop } from '../../scripts/lib/say.mjs'
import { installAdvice, missingPrograms } from '../../scripts/lib/system.mjs'
import { diskRoom, folders, roomNeeded, writable } from '../../scripts/lib/place.mjs'
import { port } from '../../scripts/lib/port.mjs'
import { nodeIsNewEnough } from '../../scripts/lib/prepare.mjs'
import { anotherStart } from './another'

/** The lines a failed step would print, or none. */
const linesOf = async (work: () => unknown): Promise<string[]> => {
  try {
    await work()
    return []
  } catch (error) {
    return error instanceof Stop ? error.lines : [`not a plain failure: ${String(error)}`]
  }
}

const folderOf = () => mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-start-'))

describe('what the machine lacks', () => {
  const only =
    (...here: string[]) =>
    (name: string) =>
      here.includes(name) ? `/usr/bin/${name}` : undefined

  it('is found by name, and another Redis makes ours needless', () => {
    const wanted = ['ffmpeg', 'ffprobe', 'redis-server']
    expect(missingPrograms(wanted, {}, only('ffmpeg'))).toEqual(['ffprobe', 'redis-server'])
    expect(missingPrograms(wanted, { REDIS_URL: 'redis://r' }, only('ffmpeg', 'ffprobe'))).toEqual(
      [],
    )
    expect(missingPrograms(['ffmpeg'], { FFMPEG_PATH: '/opt/ffmpeg' }, only('ffmpeg'))).toEqual([
      'ffmpeg',
    ])
  })

  it('is told as the command to type', () => {
    expect(installAdvice(['ffmpeg', 'ffprobe', 'redis-server'], 'linux')).toBe(
      'sudo apt-get update && sudo apt-get install -y ffmpeg redis-server',
    )
    expect(installAdvice(['ffprobe', 'redis-server'], 'darwin')).toBe('brew install ffmpeg redis')
  })

  it('may be the right Node: then it says which one', async () => {
    expect((await linesOf(() => pinnedNode('sunos', 'mips', '20.1.0')))[0]).toContain(
      'Node 24 is needed',
    )
  })
})

describe('a clear line instead of a stack', () => {
  it('when the Node is too old', async () => {
    expect((await linesOf(() => nodeIsNewEnough('18.19.0')))[0]).toContain('Node 20 or newer')
    expect(await linesOf(() => nodeIsNewEnough('20.0.0'))).toEqual([])
  })

  it('when the disk is nearly full; much is needed only while there is much to do', async () => {
    const GIB = 1024 ** 3
    const needed = roomNeeded({ installed: false, built: false })
    expect((await linesOf(() => diskRoom(2.5 * GIB, needed)))[0]).toContain(
      '2.5 GB free, at least 3.0 GB needed',
    )
    expect(diskRoom(0.5 * GIB, roomNeeded({ installed: true, built: true }))).toBe('512 MB free')
  })

  it('when nobody may write in the folder', async () => {
    const folder = folderOf()
    writeFileSync(path.join(folder, 'a-file'), '')
    const lines = await linesOf(() => writable(path.join(folder, 'a-file', 'data')))
    expect(lines[0]).toContain(`cannot write in ${folder}/a-file/data`)
    expect(await linesOf(() => writable(folder))).toEqual([])
    expect(readdirSync(folder)).toEqual(['a-file'])
    rmSync(folder, { recursive: true })
  })

  it.each([
    ['ENOSPC', 'The disk is full (/x/y). Make room'],
    ['EROFS', 'The disk is read-only (/x/y)'],
    ['EACCES', 'no right to write there (/x/y)'],
  ])('when the system says %s', (code, words) => {
    const error = Object.assign(new Error(`${code}: words for programmers, open '/x/y'`), {
      code,
      path: '/x/y',
    })
    expect(linesOfFailure(error)[0]).toContain(words)
  })

  it('when HOST is not an address of this machine', async () => {
    const lines = await linesOf(() => port(3000, '192.0.2.1'))
    expect(lines[0]).toBe('HOST 192.0.2.1 is not an address of this machine.')
    expect(lines.join()).not.toContain('Choose another:')
  })

  it('when a program was killed or is not there', async () => {
    const killed = ['-c', 'kill -9 $$']
    expect((await linesOf(() => must('It', '/bin/sh', killed))).join()).toContain('memory ran out')
    expect((await linesOf(() => must('It', 'no-such-program', []))).join()).toContain(
      'Is no-such-program installed',
    )
  })

  it('when the port is taken, with another one to choose', async () => {
    const server = net.createServer()
    const taken = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
    const lines = await linesOf(() => port(taken, '127.0.0.1'))
    await new Promise((resolve) => server.close(resolve))
    expect(lines).toEqual([
      `Port ${taken} is taken by another program.`,
      `Choose another:  PORT=${taken + 1} npm start`,
    ])
    expect(await linesOf(() => port(taken, '127.0.0.1'))).toEqual([])
  })

  it('when the folder is too deep for a socket', async () => {
    const deep = path.join(os.tmpdir(), 'd'.repeat(120))
    expect((await linesOf(() => redisPlace(deep)))[0]).toContain('too long for this system')
    expect((await linesOf(() => folders({ DATA_DIR: deep })))[0]).toContain('too long')
  })

  it('when a newsroom already runs from this folder', async () => {
    const folder = folderOf()
    const other = await anotherStart()
    writeFileSync(path.join(folder, 'start.pid'), String(other.pid))
    expect((await linesOf(() => lock(folder)))[0]).toContain(`process ${other.pid}`)
    other.kill('SIGKILL')
    await once(other, 'exit')
    const unlock = lock(folder)
    unlock()
    expect(await linesOf(() => lock(folder))).toEqual([])
    rmSync(folder, { recursive: true })
  })
})

describe('what is done is not done again', () => {
  it('a build is due when a byte or a name changes, not when a file is only touched', () => {
    const root = folderOf()
    mkdirSync(path.join(root, 'src'))
    writeFileSync(path.join(root, 'src/a.ts'), '1')
    const before = hashOf(['src'], root)
    writeFileSync(path.join(root, 'src/a.ts'), '1')
    expect(hashOf(['src'], root)).toBe(before)
    writeFileSync(path.join(root, 'src/a.ts'), '2')
    const changed = hashOf(['src'], root)
    writeFileSync(path.join(root, 'src/b.ts'), '')
    expect(new Set([before, changed, hashOf(['src'], root)]).size).toBe(3)
    rmSync(root, { recursive: true })
  })
})

describe('the running parts', () => {
  it('are started again three times a minute and no more', () => {
    expect(mayRestart([0, 10, 20], 20)).toBe(true)
    expect(mayRestart([0, 10, 20, 30], 30)).toBe(false)
    expect(mayRestart([0, 10, 20, 70_000], 70_000)).toBe(true)
  })

  it('Redis opens no TCP port and keeps what it is told', () => {
    const args = redisArgs({ socket: '/s/redis.sock', folder: '/s/redis' }).join(' ')
    expect(args).toContain('--port 0')
    expect(args).toContain('--appendonly yes')
  })

  it('web is asked on this machine, wherever it listens', () => {
    expect(healthUrl({ HOST: '0.0.0.0', PORT: 3000 })).toBe('http://127.0.0.1:3000/api/health')
    expect(healthUrl({ HOST: '::1', PORT: 80 })).toBe('http://[::1]:80/api/health')
  })
})
