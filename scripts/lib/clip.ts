import { spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { landscape, PALETTES } from './landscape'

/**
 * Makes a short MP4 as a phone would: a slow pan over a drawn landscape, with a tone that rises and falls.
 * `turned` writes a rotation of 90°, as a phone held upright does.
 */
export const makeClip = async (args: {
  file: string
  palette: keyof typeof PALETTES
  seed: number
  seconds: number
  turned?: boolean
}): Promise<void> => {
  const picture = `${args.file}.ppm`
  const [width, height] = args.turned ? [900, 1280] : [1600, 720]
  await writeFile(picture, landscape(width, height, PALETTES[args.palette], args.seed))
  const shown = args.turned ? '720:1280' : '1280:720'
  // A phone held upright stores its picture lying down and says how to turn it.
  const stored = args.turned ? ',transpose=clock' : ''
  const pan = `crop=${shown}:x='(in_w-out_w)*t/${args.seconds}':y=0${stored},noise=alls=4:allf=t,format=yuv420p`
  const tone = `aevalsrc='0.25*sin(2*PI*t*(220+60*sin(t)))*(0.6+0.4*sin(3*t))':s=48000:d=${args.seconds}`
  const flat = args.turned ? `${args.file}.flat.mp4` : args.file
  await ffmpeg([
    ...['-loop', '1', '-framerate', '30', '-t', String(args.seconds), '-i', picture],
    ...['-f', 'lavfi', '-i', tone, '-vf', pan, '-t', String(args.seconds)],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', '-g', '30'],
    ...['-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-movflags', '+faststart', '-f', 'mp4', flat],
  ])
  if (args.turned) {
    await ffmpeg([
      '-display_rotation',
      '90',
      '-i',
      flat,
      '-c',
      'copy',
      '-f',
      'mp4',
      args.file,
    ]).catch(() =>
      ffmpeg(['-i', flat, '-c', 'copy', '-metadata:s:v:0', 'rotate=90', '-f', 'mp4', args.file]),
    )
    await rm(flat, { force: true })
  }
  await rm(picture, { force: true })
}

const ffmpeg = (args: string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      'ffmpeg',
      ['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', ...args],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`ffmpeg ended with ${code}: ${said.trim()}`)),
    )
  })
