import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import sharp from 'sharp'
import type { Box } from '@/media/redact'

// Nothing of ours is loaded here: who imports this sets its settings first.
const run = promisify(execFile)
const bareFfmpeg = (...argv: string[]) =>
  run('ffmpeg', ['-nostdin', '-loglevel', 'error', '-y', ...argv], { maxBuffer: 1e7 })
export const SECONDS = 4
export const SIZE = { width: 1280, height: 720 }

/** A fine white grid over moving colours: wherever one looks there are edges, so that a cover can not be overlooked. */
export const gridClip = (file: string, size = SIZE) =>
  bareFfmpeg(
    ...['-f', 'lavfi', '-i', `testsrc2=s=${size.width}x${size.height}:r=25:d=${SECONDS}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=440:d=${SECONDS},volume=0.8`],
    ...['-vf', 'drawgrid=w=32:h=32:t=6:c=white'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25'],
    ...['-c:a', 'aac', '-ac', '2', file],
  )

export type Picture = { data: Buffer; width: number; height: number }

/** The picture that a viewer sees at this second, in grey. */
export const pictureAt = async (
  file: string,
  second: number,
  size: { width: number; height: number },
): Promise<Picture> => {
  const { width, height } = size
  const argv = [
    ...['-v', 'error', '-ss', second.toFixed(3), '-i', file],
    ...['-map', '0:v:0', '-frames:v', '1', '-vf', `scale=${width}:${height},format=gray`],
    ...['-f', 'rawvideo', '-'],
  ]
  const { stdout } = await run('ffmpeg', argv, { encoding: 'buffer', maxBuffer: 1e8 })
  if (stdout.length !== width * height) throw new Error(`no picture of ${file} at ${second}`)
  return { data: stdout, width, height }
}

/** A still, in grey; ffmpeg of this age reads no AVIF. */
export const stillOf = async (
  file: string,
  { width, height }: { width: number; height: number },
): Promise<Picture> => {
  const data = await sharp(file).resize(width, height, { fit: 'fill' }).greyscale().raw().toBuffer()
  return { data, width, height }
}

/** Each pixel of a box, its edges left out: what lies there is neither in nor out. */
const inside = ({ width, height }: Picture, box: Box, trim = 3) => {
  const left = Math.ceil(Math.max(0, box.x) * width) + trim
  const right = Math.floor(Math.min(1, box.x + box.width) * width) - trim
  const top = Math.ceil(Math.max(0, box.y) * height) + trim
  const bottom = Math.floor(Math.min(1, box.y + box.height) * height) - trim
  const at: number[] = []
  for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) at.push(y * width + x)
  if (at.length < 100) throw new Error('the box is outside the picture')
  return at
}

/**
 * How much there is to be read: the mean bend of light along a line, which a smooth slope does not have. Along lines only:
 * ffmpeg enlarges three rows to many in three steps, whatever it is asked for, and steps are no picture.
 */
export const detailIn = (picture: Picture, box: Box): number => {
  const { data } = picture
  const at = inside(picture, box, 5)
  const bent = at.reduce((sum, n) => {
    const beside = (data[n - 2] ?? 0) + (data[n + 2] ?? 0)
    return sum + Math.abs(beside - 2 * (data[n] ?? 0))
  }, 0)
  return bent / at.length
}

export const meanIn = (picture: Picture, box: Box): number => {
  const at = inside(picture, box)
  return at.reduce((sum, n) => sum + (picture.data[n] ?? 0), 0) / at.length
}

/** Mean difference of two pictures of one size in a box. */
export const differenceIn = (one: Picture, other: Picture, box: Box): number => {
  const at = inside(one, box)
  return at.reduce((sum, n) => sum + Math.abs((one.data[n] ?? 0) - (other.data[n] ?? 0)), 0) / at.length // prettier-ignore
}

/** The loudest sample between two instants, in dB of full scale; -200 for pure silence. */
export const peakBetween = async (file: string, from: number, to: number): Promise<number> => {
  const argv = ['-v', 'error', '-i', file, '-map', '0:a:0', '-ac', '1', '-ar', '48000']
  const { stdout } = await run('ffmpeg', [...argv, '-f', 'f32le', '-'], {
    encoding: 'buffer',
    maxBuffer: 1e8,
  })
  const samples = new Float32Array(
    stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length),
  )
  let peak = 1e-10
  const end = Math.min(samples.length, Math.round(to * 48_000))
  for (let n = Math.round(from * 48_000); n < end; n += 1)
    peak = Math.max(peak, Math.abs(samples[n] ?? 0))
  return 20 * Math.log10(peak)
}
