import { findProgram, inRoot, must, run, tailOf } from './exec.mjs'
import { aptPhase } from './phases.mjs'
import { Stop } from './say.mjs'

/** What Debian calls the programs that are not npm packages. */
const DEBIAN_NAME = {
  ffmpeg: 'ffmpeg',
  ffprobe: 'ffmpeg',
  'redis-server': 'redis-server',
  chromium: 'chromium',
  clamd: 'clamav-daemon',
}
const BREW_NAME = {
  ffmpeg: 'ffmpeg',
  ffprobe: 'ffmpeg',
  'redis-server': 'redis',
  chromium: '--cask chromium',
  clamd: 'clamav',
}

const packagesOf = (names, table) => [...new Set(names.map((name) => table[name]))]

/** Which of the programs are not here. `settings` may name another ffmpeg, and another Redis makes ours needless. */
export const missingPrograms = (wanted, settings, find = findProgram) => {
  const placeOf = {
    ffmpeg: settings.FFMPEG_PATH || 'ffmpeg',
    ffprobe: settings.FFPROBE_PATH || 'ffprobe',
    // Not on everybody's PATH.
    clamd: find('clamd') ? 'clamd' : '/usr/sbin/clamd',
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

/** Another program may hold apt for minutes (the nightly upgrade); a start killed in it leaves it half-way. */
const WAITING = ['-o', 'DPkg::Lock::Timeout=300']
const BROKEN_OFF = /dpkg --configure -a/

/** Installs; when that fails, mends what an earlier one broke off, reads the lists anew and tries once more. */
const install = async ({ installer: [program, ...before], names, tell }) => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const log = inRoot('.data/log/apt.log')
  const watch = (text) => tell(aptPhase(text))
  const options = { env, log, watch }
  const words = [...before, ...WAITING, 'install', '-y', '--no-install-recommends', ...names]
  if ((await run(program, words, options)) === 0) return
  if (BROKEN_OFF.test(tailOf(log).join('\n'))) {
    tell('mending an installation that was broken off')
    const [dpkg, ...rest] = [program, ...before].map((word) =>
      word.endsWith('/apt-get') ? (findProgram('dpkg') ?? 'dpkg') : word,
    )
    await run(dpkg, [...rest, '--configure', '-a'], { env, log: inRoot('.data/log/dpkg.log') })
  }
  tell('reading the package lists')
  await run(program, [...before, ...WAITING, 'update'], {
    env,
    log: inRoot('.data/log/apt-update.log'),
  })
  await must(`Installing ${names.join(', ')}`, program, words, options)
}

/** Installs what is missing, or says exactly what to install and stops. */
export const systemPackages = async (wanted, settings, tell = () => undefined) => {
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
  await install({ installer: command, names, tell })
  const still = missingPrograms(wanted, settings)
  if (still.length > 0) throw new Stop(`Installed, and yet not found: ${still.join(', ')}.`)
  return `installed ${names.join(', ')}`
}
