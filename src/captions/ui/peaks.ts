/** The sound's outline, in the shape that audiowaveform writes (JSON, version 2). */
export type Peaks = { perMs: number; top: number; channels: number; data: readonly number[] }

const numberIn = (value: object, name: string): number => {
  const found: unknown = Reflect.get(value, name)
  return typeof found === 'number' && found > 0 ? found : 0
}

export const peaksFrom = (given: unknown): Peaks | null => {
  if (typeof given !== 'object' || given === null) return null
  const [rate, step] = [numberIn(given, 'sample_rate'), numberIn(given, 'samples_per_pixel')]
  const data: unknown = Reflect.get(given, 'data')
  if (rate === 0 || step === 0 || !Array.isArray(data)) return null
  const top = 2 ** ((numberIn(given, 'bits') || 8) - 1)
  return { perMs: rate / step / 1000, top, channels: numberIn(given, 'channels') || 1, data }
}

/** How loud it is there, from 0 to 1: the widest of the pairs that fall into the span. */
export const peakAt = ({ perMs, top, channels, data }: Peaks, ms: number, span: number): number => {
  const first = Math.max(0, Math.floor(ms * perMs))
  const last = Math.max(first, Math.floor((ms + span) * perMs))
  let widest = 0
  for (let pair = first * channels; pair < (last + 1) * channels; pair++) {
    const [low = 0, high = 0] = [data[pair * 2], data[pair * 2 + 1]]
    widest = Math.max(widest, high - low)
  }
  return Math.min(1, widest / (2 * top))
}
