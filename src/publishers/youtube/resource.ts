import type { youtube_v3 } from 'googleapis/build/src/apis/youtube/index.js'
import type { Context, Work } from '../publisher'

const NEWS = '25'

/** The signed text, exactly; the platform's policy forbids touching it and so does the seal. */
export const snippetOf = (ctx: Context, work: Work): youtube_v3.Schema$VideoSnippet => ({
  title: work.variant.title,
  description: work.variant.text,
  tags: work.variant.tags,
  categoryId: ctx.settings.categoryId || NEWS,
  defaultLanguage: 'vi',
  defaultAudioLanguage: 'vi',
})

/**
 * The whole status part. An update replaces the part: what is left out is cleared, and a missing
 * privacyStatus goes back to the platform's default, which is public. So it is never partial.
 */
export const statusOf = (
  privacyStatus: 'private' | 'public',
  publishAt?: string,
): youtube_v3.Schema$VideoStatus => ({
  privacyStatus,
  ...(publishAt ? { publishAt } : {}),
  license: 'youtube',
  embeddable: true,
  publicStatsViewable: true,
  selfDeclaredMadeForKids: false,
})
