import { mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { inRoot, ROOT } from './exec.mjs'
import { Stop } from './say.mjs'

const lineOf = ({ text, message, location }) =>
  `- ${location ? `${location.file}:${location.line} ` : ''}${text ?? message}`

/** A file of ours that is not there looks like a package to esbuild, and would be missed only when it runs. */
const refuseUnresolved = (entry, { inputs }) => {
  const missing = Object.entries(inputs).flatMap(([file, { imports }]) =>
    imports
      .filter((one) => one.external && /^@(\/|payload-config)/.test(one.path))
      .map((one) => `- ${file}: no such file ${one.path}`),
  )
  if (missing.length === 0) return
  throw new Stop([`${path.relative(ROOT, entry)} cannot be bundled:`, ...missing])
}

/**
 * One file of our own code; packages stay outside and are read from node_modules. Bundled rather than run through
 * a loader: a third of the memory, and no module resolution at run time. Must run with `node -C production`:
 * under the plain `node` condition some packages end the process without a word (research of 2026-11-21).
 */
export const bundle = async (entry, outfile) => {
  const { build, stop } = await import('esbuild')
  mkdirSync(path.dirname(outfile), { recursive: true })
  // Two runs at once must not read each other's half-written file.
  const half = `${outfile}.${process.pid}.mjs`
  const built = build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: half,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    packages: 'external',
    sourcemap: 'inline',
    tsconfig: inRoot('tsconfig.json'),
    jsx: 'automatic',
    loader: { '.css': 'empty', '.scss': 'empty' },
    logLevel: 'silent',
    metafile: true,
  })
  const { metafile } = await built.catch((failure) => {
    throw new Stop([
      `${path.relative(ROOT, entry)} cannot be bundled:`,
      ...(failure.errors ?? [failure]).map(lineOf),
    ])
  })
  refuseUnresolved(entry, metafile)
  // Its helper process would stay for as long as we run.
  await stop()
  renameSync(half, outfile)
  return outfile
}

export const bundleWorker = () => bundle(inRoot('src/queue/worker.ts'), inRoot('dist/worker.mjs'))

/** scripts/x/y.ts → dist/scripts/x/y.mjs */
export const bundleScript = (file) => {
  const relative = path.relative(ROOT, path.resolve(ROOT, file))
  const flat = relative.replace(/^scripts\//, '').replace(/\.tsx?$/, '.mjs')
  return bundle(inRoot(relative), inRoot('dist/scripts', flat))
}
