import type { Help } from '@/errors'

export type Problem = { field: string; code: string; help: Help }

export type Bound = { max: number; unit: string }

/** What one channel will show, as the desk's endpoint answers it. */
export type VariantText = {
  id: string
  channel: string
  platform: string
  channelName: string
  title: string
  text: string | null
  tags: string | string[] | null
  thumbnail: string | null
  revision: number
  limits: { title: Bound | null; text: Bound | null; tags: Bound | null }
  problems: Problem[]
}

export type ChannelChoice = { id: string; name: string; platform: string }

/** No value is the clip's own still; a frame has its second, a picture that was sent its name. */
export type PosterChoice = { value: string; url: string; second?: number; name?: string }
