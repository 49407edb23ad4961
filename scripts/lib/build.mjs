import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { assets } from './assets.mjs'
import { bundleScript, bundleWorker } from './bundle.mjs'
import { inRoot, must, pinnedNode, ROOT } from './exec.mjs'
import { writeWhole } from './files.mjs'
import { alone } from './lock.mjs'
import { buildPhase } from './phases.mjs'

const STAMP = inRoot('.next/hoi-tu-sources')

/** What the built files are made from. */
const SOURCES = [
  'src',
  'payload.config.ts',
  'next.config.mjs',
  'package-lock.json',
  'tsconfig.json',
  'scripts/lib/bundle.mjs',
  'scripts/lib/assets.mjs',
]

const filesUnder = (place) => {
  if (!existsSync(place)) return []
  const below = readdirSync(place, { withFileTypes: true, recursive: true })
  return below
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
}

/** One hash over names and bytes, so that a touched but unchanged file builds nothing. */
export const hashOf = (places, root = ROOT) => {
  const hash = createHash('sha256')
  const files = places.flatMap((place) => {
    const full = path.join(root, place)
    return place.includes('.') ? [full].filter((file) => existsSync(file)) : filesUnder(full)
  })
  for (const file of files.filter((name) => !name.endsWith('.md')).sort()) {
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

const MADE = ['dist/worker.mjs', 'public/js/player.js']

/** Is there a whole build, be it of these sources or of older ones? */
export const hasBuild = () => existsSync(STAMP)

const isBuilt = (hash) =>
  hasBuild() &&
  readFileSync(STAMP, 'utf8') === hash &&
  MADE.every((file) => existsSync(inRoot(file)))

const make = async (tell) => {
  const hash = hashOf(SOURCES)
  // Somebody else's may have ended between our look and our lock.
  if (isBuilt(hash)) return 'up to date'
  rmSync(STAMP, { force: true })
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    HOI_TU_BUILD: '1',
    NEXT_TELEMETRY_DISABLED: '1',
  }
  tell('bundling the worker')
  // First what takes a second, so that a mistake there does not wait for Next.
  await bundleWorker()
  // The image runs without esbuild, so what it needs beside the servers is bundled here.
  await bundleScript('scripts/migrate.ts')
  await assets()
  const watch = (text) => tell(buildPhase(text))
  await must(
    'The production build',
    pinnedNode(),
    [inRoot('node_modules/next/dist/bin/next'), 'build'],
    { env, log: inRoot('.data/log/build.log'), watch },
  )
  writeWhole(STAMP, hash)
  return 'built'
}

/** The production build of web and worker, only when what it is made from changed. */
export const build = async (tell = () => undefined) =>
  isBuilt(hashOf(SOURCES)) ? 'up to date' : alone(() => make(tell))
