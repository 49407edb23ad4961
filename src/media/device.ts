import { z } from 'zod'
import { exifOf } from './exif'
import { kindOf, type Facts } from './facts'
import { runFfprobe } from './ffmpeg'
import { READING } from './limits'

/**
 * What a device says of itself and of when it was used. Where it stood is never kept, only that the file says so: who
 * publishes must know that the original itself would give a source away.
 */
export type Device = { maker: string; model: string; takenAt: string; saysWhere: boolean }

const NAMES = {
  maker: ['make', 'com.apple.quicktime.make', 'com.android.manufacturer'],
  model: ['model', 'com.apple.quicktime.model', 'com.android.model'],
  takenAt: ['com.apple.quicktime.creationdate', 'creation_time', 'date'],
  where: ['location', 'com.apple.quicktime.location.ISO6709', 'location-eng'],
} as const
const LONGEST = 80

const shape = z.object({
  format: z.object({ tags: z.record(z.string(), z.string()).optional() }).optional(),
})

/** A sender's words: one line of them, and not a long one. */
const worded = (text: string) =>
  [...text.normalize('NFC')]
    .filter((char) => char >= ' ' && char !== '\u007f')
    .slice(0, LONGEST)
    .join('')
    .trim()

const deviceIn = (tags: Record<string, string>): Device => {
  const first = (names: readonly string[]) =>
    worded(names.map((name) => tags[name]).find(Boolean) ?? '')
  return {
    maker: first(NAMES.maker),
    model: first(NAMES.model),
    takenAt: first(NAMES.takenAt),
    saysWhere: NAMES.where.some((name) => Boolean(tags[name])),
  }
}

/** Asked apart from the probe and of these names alone: a sender's tags may be a million letters long. */
const tagsOf = async (file: string, signal?: AbortSignal): Promise<Record<string, string>> => {
  const names = Object.values(NAMES).flat().join(',')
  const argv = ['-v', 'error', ...READING, '-show_entries', `format_tags=${names}`, '-of', 'json']
  const asked = await runFfprobe({ argv: [...argv, `file:${file}`], ...(signal ? { signal } : {}) })
  try {
    return shape.safeParse(JSON.parse(asked.stdout)).data?.format?.tags ?? {}
  } catch {
    return {}
  }
}

/** Nothing that it says is needed to go on: what can not be read is empty. */
export const readDevice = async (
  file: string,
  facts: Facts,
  options: { signal?: AbortSignal } = {},
): Promise<Device> =>
  kindOf(facts) === 'image'
    ? deviceIn(await exifOf(file))
    : deviceIn(await tagsOf(file, options.signal))
