import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { lineOf, refuse, type Outcome } from '../errors'
import { cropBox } from './ladder'
import { IMAGE_MOST_PIXELS, IMAGE_SECONDS } from './limits'

/**
 * The one file that imports sharp. Every loader but four is switched off (SVG and PDF have read files and run
 * for minutes); whatever comes out is encoded anew, without the sender's metadata.
 */
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngFile',
    'VipsForeignLoadWebpFile',
    'VipsForeignLoadHeifFile',
  ],
})

const WIDTHS = [320, 640, 1280]
const POSTER_WIDTH = 1280

const openImage = (file: string): Sharp =>
  sharp(file, { limitInputPixels: IMAGE_MOST_PIXELS, failOn: 'error', pages: 1 }).autoOrient()

type Inspected = {
  ok: true
  width: number
  height: number
  pages: number
  /** EXIF's number, 1 to 8; 0 when the picture says none. */
  orientation: number
  format: string
  depth: string
}

/** What a sender's picture is, when all of it can be decoded; else the decoder's complaint. Sizes as a viewer sees them. */
export const inspectImage = async (
  file: string,
): Promise<Inspected | { ok: false; line: string }> => {
  try {
    const {
      autoOrient,
      pages = 1,
      orientation = 0,
      format,
      depth,
    } = await openImage(file).metadata()
    if (pages === 1) {
      const whole = openImage(file).timeout({ seconds: IMAGE_SECONDS })
      await whole.resize({ width: 64, height: 64, fit: 'inside' }).raw().toBuffer()
    }
    return { ok: true, ...autoOrient, pages, orientation, format, depth }
  } catch (error) {
    return { ok: false, line: lineOf(error) }
  }
}

/** What a camera wrote beside the picture, as it lies there. */
export const rawExif = async (file: string): Promise<Buffer | null> =>
  openImage(file)
    .metadata()
    .then(
      ({ exif }) => exif ?? null,
      () => null,
    )

export type Still = { path: string; width: number; height: number; mime: string }

const notAnImage = (line: string) =>
  refuse(
    'not-an-image',
    {
      vi: 'Không đọc được ảnh này. Hãy chọn ảnh JPEG, PNG, WebP hoặc AVIF dưới 60 triệu điểm ảnh.',
      en: 'This picture can not be read. Choose a JPEG, PNG, WebP or AVIF under 60 megapixels.',
    },
    { line },
  )

const kinds = [
  {
    ending: 'avif',
    mime: 'image/avif',
    encode: (image: Sharp) => image.avif({ quality: 50, effort: 2 }),
  },
  {
    ending: 'webp',
    mime: 'image/webp',
    encode: (image: Sharp) => image.webp({ quality: 75, effort: 4 }),
  },
  {
    ending: 'jpg',
    mime: 'image/jpeg',
    encode: (image: Sharp) => image.jpeg({ quality: 80, progressive: true }),
  },
]

/** Decoded and scaled once, then written in each kind. */
const inEveryKind = async (image: Sharp, dir: string, stem: string): Promise<Still[]> => {
  const { data, info } = await image
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const files: Still[] = []
  for (const { ending, mime, encode } of kinds) {
    const name = `${stem}.${ending}`
    await encode(sharp(data, { raw: { width, height, channels } })).toFile(path.join(dir, name))
    files.push({ path: name, width, height, mime })
  }
  return files
}

const CARDS = {
  wide: { width: 1200, height: 675 },
  square: { width: 1080, height: 1080 },
  portrait: { width: 1080, height: 1350 },
  tall: { width: 1080, height: 1920 },
} as const

/** The shapes that cards and platforms ask for, cut around the focus; a smaller picture is not enlarged. */
export const cards = async (
  file: string,
  dir: string,
  focus: { x: number; y: number },
): Promise<Outcome<{ files: Still[] }>> => {
  try {
    const { autoOrient } = await openImage(file).metadata()
    const files: Still[] = []
    for (const [stem, shape] of Object.entries(CARDS)) {
      const box = cropBox(autoOrient, shape, focus)
      const part = { left: box.x, top: box.y, width: box.width, height: box.height }
      const size = { ...shape, fit: 'fill' as const, withoutEnlargement: true }
      const whole = box.width < shape.width
      const cut = openImage(file).extract(part)
      files.push(...(await inEveryKind(whole ? cut : cut.resize(size), dir, stem)))
    }
    return { ok: true, files }
  } catch (error) {
    return notAnImage(lineOf(error))
  }
}

/** AVIF, WebP and JPEG in the three widths, never scaled up; a smaller picture is kept at its own width. */
export const thumbnails = async (
  file: string,
  dir: string,
): Promise<Outcome<{ files: Still[] }>> => {
  try {
    const { autoOrient } = await openImage(file).metadata()
    const fitting = WIDTHS.filter((width) => width <= autoOrient.width)
    const widths = fitting.length > 0 ? fitting : [autoOrient.width]
    const files: Still[] = []
    for (const width of widths)
      files.push(...(await inEveryKind(openImage(file).resize({ width }), dir, String(width))))
    return { ok: true, files }
  } catch (error) {
    return notAnImage(error instanceof Error ? error.message : String(error))
  }
}

/** How fit a frame is for a poster: 0 for black, white or empty; else rising with sharpness and with a fair light. */
export const scoreFrame = async (file: string): Promise<number> => {
  const small = openImage(file).resize({ width: 320 }).greyscale()
  const { data, info } = await small.raw().toBuffer({ resolveWithObject: true })
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length
  const spread = Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length)
  if (mean < 24 || mean > 235 || spread < 10) return 0
  return edges(data, info.width) * (1 - Math.abs(mean - 118) / 236)
}

/** The same score without its logarithm, so that shares of it can be compared. */
const sharpness = (score: number) => Math.expm1(score)

/** Mean strength of a Laplacian: a blurred frame has few edges. Logarithm, so that noise does not win outright. */
const edges = (grey: Buffer, width: number) => {
  let sum = 0
  let count = 0
  for (let at = width + 1; at < grey.length - width - 1; at += 1) {
    const around =
      (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - width] ?? 0) + (grey[at + width] ?? 0)
    sum += Math.abs(4 * (grey[at] ?? 0) - around)
    count += 1
  }
  return Math.log1p(sum / Math.max(count, 1))
}

/** The best of the frames: not black, not blurred; among equals the earlier. Its score is 0 when none was fit. */
export const posterFrom = async (
  frames: readonly string[],
): Promise<{ file: string; index: number; score: number } | null> => {
  let best: { file: string; index: number; score: number } | null = null
  for (const [index, file] of frames.entries()) {
    const score = await scoreFrame(file)
    if (!best || score > best.score) best = { file, index, score }
  }
  return best
}

const MOST_CANDIDATES = 6
/** A frame with less than this share of the best one's edges is blurred, or a plain ground. */
const SHARP_ENOUGH = 0.4
/** Two frames of less than this mean difference, of 255, show the same. */
const ALIKE = 8

const fingerprint = (file: string): Promise<Buffer> =>
  openImage(file).resize({ width: 32, height: 18, fit: 'fill' }).greyscale().raw().toBuffer()

const difference = (a: Buffer, b: Buffer) =>
  a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length

/** The frames worth choosing from, in their order: the best first of all, then whatever is sharp and shows something else. */
export const candidateFrames = async (frames: readonly string[]): Promise<string[]> => {
  const scored = await Promise.all(
    frames.map(async (file) => ({
      file,
      score: await scoreFrame(file),
      seen: await fingerprint(file),
    })),
  )
  const ranked = scored.toSorted((a, b) => b.score - a.score)
  const least = sharpness(ranked[0]?.score ?? 0) * SHARP_ENOUGH
  const kept: typeof scored = []
  for (const one of ranked.filter(
    ({ score }, at) => at === 0 || (score > 0 && sharpness(score) >= least),
  )) {
    const known = kept.some(({ seen }) => difference(seen, one.seen) < ALIKE)
    if (!known && kept.length < MOST_CANDIDATES) kept.push(one)
  }
  return frames.filter((file) => kept.some((one) => one.file === file))
}

/** The poster itself, as JPEG: what players and platforms take. */
export const writePoster = async (
  frame: string,
  file: string,
): Promise<{ width: number; height: number }> => {
  const { width, height } = await openImage(frame)
    .resize({ width: POSTER_WIDTH, withoutEnlargement: true })
    .jpeg({ quality: 82, progressive: true })
    .toFile(file)
  return { width, height }
}
