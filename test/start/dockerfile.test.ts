import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { redisArgs } from '../../scripts/lib/redis.mjs'
import { freePort } from '../../scripts/lib/port.mjs'
import {
  commandOf,
  environmentOf,
  readDockerfile,
  usersOf,
  wholeStage,
  type Step,
} from '../support/dockerfile'

/**
 * No image can be built in most places this runs, so the Dockerfile's own steps are run instead: by a user without
 * rights, in an empty folder, with nothing but the files the image would have.
 */
const ROOT = path.resolve(import.meta.dirname, '../..')
const stages = readDockerfile(readFileSync(path.join(ROOT, 'Dockerfile'), 'utf8'))
const NOBODY = { uid: 65_534, gid: 65_534 }
const isRoot = process.getuid?.() === 0
const asNobody = isRoot ? NOBODY : {}

const folder = mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-image-'))
const placeOf = (stage: string) => path.join(folder, stage, 'app')
const NODE_BIN = path.join(ROOT, `node_modules/node-${process.platform}-${process.arch}/bin`)

/** The image has Node 24 on its PATH; here it is the pinned one, out of the checkout, as nobody may not read that. */
const nodeBin = path.join(folder, 'bin')

const environment = (steps: Step[]): Record<string, string> => ({
  PATH: `${nodeBin}:${process.env.PATH ?? ''}`,
  HOME: path.join(folder, 'home'),
  npm_config_cache: path.join(folder, 'home/npm'),
  ...environmentOf(steps),
})

const own = (place: string) => {
  mkdirSync(place, { recursive: true })
  if (isRoot) chownSync(place, NOBODY.uid, NOBODY.gid)
}

const shell = (command: string, stage: string) => {
  const steps = wholeStage(stages, stage)
  const done = spawnSync('/bin/sh', ['-ec', command], {
    cwd: placeOf(stage),
    env: { NODE_ENV: 'production', ...environment(steps) },
    encoding: 'utf8',
    ...asNobody,
  })
  return { status: done.status, tail: `${done.stdout}${done.stderr}`.slice(-2_000) }
}

/** What the build context holds: tracked files. None of them is kept out by .dockerignore. */
const contextFiles = () =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((name) => name !== '' && existsSync(path.join(ROOT, name)))

const copy = (step: Step, stage: string) => {
  const from = step.flags.from
  const target = path.resolve(placeOf(stage), step.words.at(-1) ?? '.')
  const sources = step.words.slice(0, -1)
  for (const source of sources.includes('.') ? contextFiles() : sources) {
    const full = from ? path.join(folder, from, source) : path.join(ROOT, source)
    const intoFolder =
      sources.length > 1 || sources[0] === '.' || (step.words.at(-1) ?? '').endsWith('/')
    const name = sources[0] === '.' ? source : path.basename(source)
    copyOwned(full, intoFolder ? path.join(target, name) : target)
  }
}

/**
 * Links instead of copies of a gigabyte: nobody may not write to a file of ours, only take its name away. What the
 * image's user must own are the folders it writes to.
 */
const copyOwned = (from: string, to: string) => {
  mkdirSync(path.dirname(to), { recursive: true })
  const linked = spawnSync('cp', ['-al', from, to])
  if (linked.status !== 0) execFileSync('cp', ['-a', from, to])
}

/**
 * A test may not ask the registry: `npm ci` becomes the packages of this checkout, which came from the same lockfile,
 * less those that the lockfile calls for development when the step leaves them out. What follows it is run as it is.
 */
const withoutRegistry = (command: string, stage: string) => {
  if (!command.startsWith('npm ci ')) return command
  copyOwned(path.join(ROOT, 'node_modules'), path.join(placeOf(stage), 'node_modules'))
  if (command.includes('--omit=dev')) removeDevelopment(placeOf(stage))
  giveAway(placeOf(stage))
  return command.replace(/^npm ci [^&]*(&& )?/, '') || 'true'
}

type Lock = { packages: Record<string, { dev?: boolean }> }

const removeDevelopment = (place: string) => {
  const lock: Lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'))
  const names = Object.keys(lock.packages).filter((name) => lock.packages[name]?.dev === true)
  for (const name of names) rmSync(path.join(place, name), { recursive: true, force: true })
}

/** Makes the folders of `place` the user's own; packages stay as they are but for what a step removes. */
const giveAway = (place: string) => {
  if (!isRoot) return
  const packages = path.join(place, 'node_modules')
  const owner = `${NOBODY.uid}:${NOBODY.gid}`
  execFileSync('find', [
    place,
    '-path',
    packages,
    '-prune',
    '-o',
    '-type',
    'd',
    '-exec',
    'chown',
    owner,
    '{}',
    '+',
  ])
  if (!existsSync(packages)) return
  chownSync(packages, NOBODY.uid, NOBODY.gid)
  for (const name of readdirSync(packages).filter((one) => one.startsWith('node-linux-'))) {
    execFileSync('find', [
      path.join(packages, name),
      '-type',
      'd',
      '-exec',
      'chown',
      owner,
      '{}',
      '+',
    ])
  }
}

/** Runs the steps of one stage; those of root are checked by the first test and not run. */
const build = (stage: string) => {
  own(path.join(folder, stage))
  own(placeOf(stage))
  for (const { user, step } of usersOf(wholeStage(stages, stage))) {
    if (step.verb === 'COPY') {
      copy(step, stage)
      giveAway(placeOf(stage))
    }
    if (step.verb !== 'RUN' || user === 'root') continue
    const { status, tail } = shell(withoutRegistry(step.text, stage), stage)
    if (status !== 0) throw new Error(`${stage}: ${step.text} ended with ${status}\n${tail}`)
  }
}

describe('the image', () => {
  it.each(['web', 'worker'])('%s runs as a user without rights', (name) => {
    const steps = usersOf(wholeStage(stages, name))
    expect(steps.at(-1)).toMatchObject({ user: 'node', step: { verb: 'CMD' } })
    const asRoot = steps.filter(({ user, step }) => user === 'root' && step.verb === 'RUN')
    expect(asRoot.map(({ step }) => step.text.split(' ')[0]).sort()).toEqual(
      name === 'worker' ? ['apt-get', 'chown'] : ['chown'],
    )
  })

  it('has ffmpeg in the worker and nowhere else', () => {
    const withFfmpeg = stages.filter((stage) =>
      stage.steps.some((step) => step.text.includes('ffmpeg')),
    )
    expect(withFfmpeg.map((stage) => stage.name)).toEqual(['worker'])
  })

  it('stands on Node 24', () => {
    expect(stages.find((stage) => stage.name === 'base')?.base).toMatch(/^node:24-bookworm-slim$/)
  })
})

describe('its steps, run in an empty folder by a user without rights', () => {
  const running: ChildProcess[] = []
  const settings = () => ({
    PAYLOAD_SECRET: 's'.repeat(40),
    VAULT_KEY: '0'.repeat(64),
    DATA_DIR: path.join(folder, 'data'),
    MEDIA_DIR: path.join(folder, 'media'),
    HOST: '127.0.0.1',
  })

  const start = (stage: string, command: string[], more: Record<string, string> = {}) => {
    const [program = '', ...args] = command
    const child = spawn(program, args, {
      cwd: placeOf(stage),
      env: {
        NODE_ENV: 'production',
        ...environment(wholeStage(stages, stage)),
        ...settings(),
        ...more,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...asNobody,
    })
    running.push(child)
    return child
  }

  beforeAll(() => {
    chmodSync(folder, 0o755)
    for (const name of ['home', 'data', 'media']) own(path.join(folder, name))
    mkdirSync(nodeBin)
    cpSync(path.join(NODE_BIN, 'node'), path.join(nodeBin, 'node'))
    for (const stage of ['build', 'packages', 'web', 'worker']) build(stage)
  }, 900_000)

  afterAll(async () => {
    for (const child of running) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    rmSync(folder, { recursive: true, force: true })
  })

  it('leave no tool of the build in what runs', () => {
    for (const stage of ['web', 'worker']) {
      const there = [
        'jest',
        'eslint',
        'typescript-eslint',
        'playwright-core',
        `node-${process.platform}-${process.arch}`,
      ]
      expect(
        there.filter((name) => existsSync(path.join(placeOf(stage), 'node_modules', name))),
      ).toEqual([])
    }
    expect(existsSync(path.join(placeOf('worker'), '.next'))).toBe(false)
    expect(existsSync(path.join(placeOf('worker'), 'src'))).toBe(false)
    if (isRoot) expect(statSync(path.join(placeOf('web'), '.next')).uid).toBe(NOBODY.uid)
  })

  it('give a database of this build’s shape, a web that answers, and a worker that ends when told', async () => {
    const place = {
      socket: path.join(folder, 'data/redis.sock'),
      folder: path.join(folder, 'data'),
    }
    start('worker', ['redis-server', ...redisArgs(place)])
    const [migrated] = await once(
      start('worker', ['node', '-C', 'production', 'dist/scripts/migrate.mjs']),
      'exit',
    )
    expect(migrated).toBe(0)

    const port = await freePort()
    start('web', onLoopback(commandOf(wholeStage(stages, 'web'))), { PORT: String(port) })
    expect(await answerOf(`http://127.0.0.1:${port}/api/health`)).toBe(200)

    const worker = start('worker', commandOf(wholeStage(stages, 'worker')))
    expect(await saysSo(worker, 'the worker listens')).toBe(true)
    worker.kill('SIGTERM')
    const [code] = await once(worker, 'exit')
    expect(code).toBe(0)
  }, 120_000)
})

/** True once the program has said it; false when it ended without. */
const saysSo = (child: ChildProcess, words: string): Promise<boolean> =>
  new Promise((resolve) => {
    let said = ''
    // Listened to until its end: a pipe closed early would kill what still writes to it.
    child.stderr?.on('data', (part: Buffer) => {
      said += part.toString()
      if (said.includes(words)) resolve(true)
    })
    child.once('exit', () => resolve(false))
  })

/** A test listens on this machine only. */
const onLoopback = (command: string[]) =>
  command.map((word) => (word === '0.0.0.0' ? '127.0.0.1' : word))

const answerOf = async (url: string) => {
  for (let tries = 0; tries < 200; tries += 1) {
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => 0,
    )
    if (status === 200) return status
    await pause(200)
  }
  return 0
}
