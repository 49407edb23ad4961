import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { inRoot, ROOT } from './exec.mjs'

/** Vietnamese and Latin subsets in the weights that the pages name (src/site/html/style.ts). */
const FONTS = [
  ...['latin', 'vietnamese'].flatMap((subset) =>
    ['400', '500', '600', '700'].map(
      (weight) =>
        `@fontsource/be-vietnam-pro/files/be-vietnam-pro-${subset}-${weight}-normal.woff2`,
    ),
  ),
  ...['latin', 'vietnamese'].map(
    (subset) =>
      `@fontsource-variable/source-serif-4/files/source-serif-4-${subset}-wght-normal.woff2`,
  ),
]

const copyFonts = () => {
  mkdirSync(inRoot('public/fonts'), { recursive: true })
  for (const font of FONTS) {
    copyFileSync(inRoot('node_modules', font), inRoot('public/fonts', path.basename(font)))
  }
}

/** src/**\/client/<name>.ts, wherever a room or a door keeps its browser code. */
const clientEntries = () => {
  if (!existsSync(inRoot('src'))) return []
  return readdirSync(inRoot('src'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => path.basename(path.dirname(file)) === 'client')
}

/**
 * What the browser is given beside the pages: scripts and fonts, in `public/` (git-ignored). Next looks there once,
 * when the server starts, so this goes before it.
 */
export const assets = async () => {
  copyFonts()
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: ROOT,
    entryPoints: clientEntries().map((file) => ({
      in: file,
      out: path.basename(file).replace(/\.tsx?$/, ''),
    })),
    outdir: inRoot('public/js'),
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2020',
    external: ['/js/*'],
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfig: inRoot('tsconfig.json'),
    jsx: 'automatic',
    logLevel: 'error',
  })
}
