import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { inRoot, must } from './exec.mjs'
import { writeWhole } from './files.mjs'
import { alone } from './lock.mjs'
import { packagesPhase } from './phases.mjs'

const STAMP = inRoot('node_modules/.hoi-tu-lock')

export const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex')

export const installed = () =>
  existsSync(STAMP) && readFileSync(STAMP, 'utf8').trim() === lockHash()

/** The npm that runs us, else the one on PATH. */
const npm = () => {
  const given = process.env.npm_execpath
  return given?.endsWith('npm-cli.js') ? [process.execPath, given] : ['npm']
}

/** npm writes one name as a word, several as a list; `!` means all but this. */
const suits = (allowed, value) => {
  const names = [allowed ?? []].flat()
  const barred = names.filter((one) => one.startsWith('!')).map((one) => one.slice(1))
  return (
    names.length === 0 || names.includes(value) || (barred.length > 0 && !barred.includes(value))
  )
}

/**
 * The folders that npm will fill on this machine: the lockfile's packages without those for other systems. Optional ones
 * that name no system belong to such another one (wasm builds), or are few; they are not counted.
 */
export const packagesDue = (lock, platform = process.platform, arch = process.arch) =>
  Object.entries(lock.packages)
    .filter(([place, { os, cpu, libc, optional }]) => {
      if (place === '' || (optional && !os && !cpu)) return false
      return suits(os, platform) && suits(cpu, arch) && suits(libc, 'glibc')
    })
    .map(([place]) => place)

/** Says once a second how many packages have arrived. */
const counting = (tell) => {
  const due = packagesDue(JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')))
  const look = () => {
    const here = due.filter((place) => existsSync(inRoot(place, 'package.json'))).length
    tell(packagesPhase({ here, due: due.length }))
  }
  const timer = setInterval(look, 1_000)
  return () => clearInterval(timer)
}

/** Its own level of words: a silenced `npm start` would hand its silence on, and a failure would have no reason. */
const WANTED = [
  '--include=dev',
  '--include=optional',
  '--no-audit',
  '--no-fund',
  '--loglevel=notice',
]

const install = async (tell) => {
  // Somebody else's may have ended between our look and our lock.
  if (installed()) return 'already there'
  rmSync(STAMP, { force: true })
  const [program, ...before] = npm()
  const stop = counting(tell)
  try {
    // Told to end gently it takes back for a minute what it had unpacked, under the hands of the next start.
    const options = { log: inRoot('.data/log/npm-ci.log'), tether: 'KILL' }
    await must('npm ci', program, [...before, 'ci', ...WANTED], options)
  } finally {
    stop()
  }
  writeWhole(STAMP, `${lockHash()}\n`)
  return 'installed'
}

/** `npm ci`, unless node_modules already is what package-lock.json says. */
export const packages = async (tell = () => undefined) =>
  installed() ? 'already there' : alone(() => install(tell))
