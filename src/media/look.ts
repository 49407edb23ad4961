import type { Facts, Look } from './facts'
import { runFfprobe } from './ffmpeg'
import { READING } from './limits'
import { ENTRIES, lookOf, readSaid } from './probe-shape'

/** How a file was encoded, where its probe was not asked that yet. Null when it does not say: it is encoded anew. */
export const lookCloser = async (
  file: string,
  facts: Facts,
  signal?: AbortSignal,
): Promise<Look | null> => {
  if (facts.look) return facts.look
  const argv = ['-v', 'error', ...READING, '-show_entries', ENTRIES, '-of', 'json', `file:${file}`]
  const asked = await runFfprobe({ argv, signal })
  const said = asked.code === 0 ? readSaid(asked.stdout) : null
  if (!said) return null
  const at = (index: number) => said.streams.find((stream) => stream.index === index)
  const picked = { video: at(facts.videoIndex), audio: at(facts.audioIndex) }
  return lookOf(picked, said.format) ?? null
}
