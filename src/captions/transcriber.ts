import type { Refusal } from '@/errors'

/** What a machine heard: when, in seconds, and what. */
export type Heard = { start: number; end: number; text: string }

export type Answered =
  | { is: 'done'; heard: Heard[] }
  /** Asking again would bring the same: the key, the size, the model. */
  | { is: 'refused'; refusal: Refusal }
  /** Busy, away or too slow: the same may be asked again after a while. */
  | { is: 'later'; afterMs: number; line: string }

/** The contract of a service that writes down what is said. It gets a sound file of ours, never an address. */
export type Transcriber = {
  /** Named on everything that it wrote. */
  model: string
  transcribe: (sound: { file: string; language: string; signal: AbortSignal }) => Promise<Answered>
}
