import { statfsSync } from 'node:fs'
import net from 'node:net'
import { findProgram, inRoot, must, run, ROOT } from './exec.mjs'
import { Stop } from './say.mjs'

/** What Debian calls the programs that are not npm packages. */
const DEBIAN_NAME = {
  ffmpeg: 'ffmpeg',
  ffprobe: 'ffmpeg',
  'redis-server': 'redis-server',
  chromium: 'chromium',
}
const BREW_NAME = {
  ffmpeg: 'ffmpeg',
  ffprobe: 'ffmpeg',
  'redis-server': 'redis',
  chromium: '--cask chromium',
}

const packagesOf = (names, table) => [...new Set(names.map((name) => table[name]))]

/** Which of the programs are not here. `settings` may name another ffmpeg, and another Redis makes ours needless. */
export const missingPrograms = (wanted, settings, find = findProgram) => {
  const placeOf = {
    ffmpeg: settings.FFMPEG_PATH || 'ffmpeg',
    ffprobe: settings.FFPROBE_PATH || 'ffprobe',
  }
  return wanted.filter((name) => {
    if (name === 'redis-server' && settings.REDIS_URL) return false
    return !find(placeOf[name] ?? name)
  })
}

/** How this machine installs: as root, by sudo without a question, or not at all. */
const installer = async () => {
  const apt = findProgram('apt-get')
  if (!apt) return undefined
  if (process.getuid?.() === 0) return [apt]
  const sudo = findProgram('sudo')
  if (!sudo) return undefined
  const code = await run(sudo, ['-n', 'true'], { log: inRoot('.data/log/sudo.log') })
  return code === 0 ? [sudo, '-n', 'DEBIAN_FRONTEND=noninteractive', apt] : undefined
}

/** What a person types when we may not. */
export const installAdvice = (missing, platform = process.platform) =>
  platform === 'darwin'
    ? `brew install ${packagesOf(missing, BREW_NAME).join(' ')}`
    : `sudo apt-get update && sudo apt-get install -y ${packagesOf(missing, DEBIAN_NAME).join(' ')}`

/** Installs what is missing, or says exactly what to install and stops. */
export const systemPackages = async (wanted, settings) => {
  const missing = missingPrograms(wanted, settings)
  if (missing.length === 0) return 'all here'
  const command = await installer()
  const names = packagesOf(missing, DEBIAN_NAME)
  if (!command) {
    throw new Stop([
      `Missing on this machine: ${names.join(', ')}. They cannot be installed from here (no root, no sudo, or not Debian).`,
      `Install them, then run the same command again:  ${installAdvice(missing)}`,
    ])
  }
  const [program, ...before] = command
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const log = inRoot('.data/log/apt.log')
  const install = [...before, 'install', '-y', '--no-install-recommends', ...names]
  if ((await run(program, install, { env, log })) !== 0) {
    await run(program, [...before, 'update'], { env, log: inRoot('.data/log/apt-update.log') })
    await must(`Installing ${names.join(', ')}`, program, install, { env, log })
  }
  const still = missingPrograms(wanted, settings)
  if (still.length > 0) throw new Stop(`Installed, and yet not found: ${still.join(', ')}.`)
  return `installed ${names.join(', ')}`
}

const GIB = 1024 ** 3

/** Free room on the disk of `folder`, in bytes. */
export const freeBytes = (folder = ROOT) => {
  const disk = statfsSync(folder)
  return disk.bavail * disk.bsize
}

export const diskRoom = (free = freeBytes(), needed = 2 * GIB) => {
  if (free >= needed) return `${(free / GIB).toFixed(0)} GB free`
  throw new Stop(
    `The disk is nearly full: ${(free / GIB).toFixed(1)} GB free, at least ${needed / GIB} GB needed. Make room and run the same command again.`,
  )
}

/** Is somebody listening there already? */
export const portIsFree = (port, host) =>
  new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', (error) => resolve(error.code))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })

export const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

export const port = async (number, host) => {
  const free = await portIsFree(number, host)
  if (free === true) return `${host}:${number} is free`
  const why = {
    EADDRINUSE: `Port ${number} is taken by another program.`,
    EACCES: `Port ${number} needs more rights than this user has.`,
    EADDRNOTAVAIL: `HOST ${host} is not an address of this machine.`,
  }[free]
  throw new Stop([
    why ?? `Cannot listen on ${host}:${number} (${free}).`,
    `Choose another:  PORT=${number + 1} npm start`,
  ])
}
