import path from 'node:path'
import { first, own, STRIPPED, type Command } from './command-parts'
import { runFfmpeg } from './ffmpeg'

/** At 24 kbit/s two hours are 21.6 MB; services take 25. */
export const LONGEST_SPEECH_SECONDS = 2 * 3600
const FILE = 'speech.mp3'

/** The sound of a rendition of ours as small as speech may be: one channel, 16 kHz, what listening models work at. */
const speechCommand = (args: { source: string; cwd: string }): Command => ({
  cwd: args.cwd,
  first: first('error'),
  inputs: [own(args.source)],
  outputs: [
    {
      file: FILE,
      options: [
        ...['-map', '0:a:0', '-vn', ...STRIPPED, '-t', String(LONGEST_SPEECH_SECONDS)],
        ...['-c:a', 'libmp3lame', '-ar', '16000', '-ac', '1', '-b:a', '24k'],
        ...['-id3v2_version', '0', '-write_xing', '0', '-f', 'mp3'],
      ],
    },
  ],
})

export const makeSpeech = async (args: {
  source: string
  cwd: string
  seconds: number
  signal: AbortSignal
}): Promise<string> => {
  const { seconds: durationSeconds, signal } = args
  await runFfmpeg({ command: speechCommand(args), durationSeconds, signal })
  return path.join(args.cwd, FILE)
}
