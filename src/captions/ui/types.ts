import type { Captioning } from '../captioning'

export type { Captioning } from '../captioning'
export type Captions = Captioning['captions'][number]
