import { env } from '@/env'
import { pictureOf, playableOf } from '../media-of'
import type { Snapshot } from '../snapshot'
import { isoLengthOf } from '../words'

export const absolute = (path: string) => new URL(path, `${env.PUBLIC_URL}/`).href

/** Text of a script element: `<` is written so that no text can close the element. */
const scriptText = (value: unknown) =>
  JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')

/** What search engines read. Facts of the publisher that nobody entered are left out, not invented. */
export const jsonLdOf = (snapshot: Snapshot): string => {
  const url = absolute(snapshot.path)
  const picture = pictureOf(snapshot)
  const image = picture ? [absolute(picture.jpeg)] : undefined
  const publisher = { '@type': 'Organization', name: env.SITE_NAME, url: absolute('') }
  const article = {
    '@type': 'NewsArticle',
    '@id': url,
    mainEntityOfPage: url,
    headline: snapshot.title,
    description: snapshot.summary || undefined,
    articleSection: snapshot.section,
    inLanguage: 'vi',
    datePublished: snapshot.firstPublishedAt,
    dateModified: snapshot.publishedAt,
    author: snapshot.byline ? { '@type': 'Person', name: snapshot.byline } : publisher,
    publisher,
    image,
    keywords: snapshot.tags.length > 0 ? snapshot.tags : undefined,
    correction: snapshot.replaces
      ? {
          '@type': 'CorrectionComment',
          text: snapshot.replaces.reason ?? undefined,
          datePublished: snapshot.publishedAt,
        }
      : undefined,
  }
  const video = videoOf(snapshot, image)
  return scriptText({
    '@context': 'https://schema.org',
    '@graph': video ? [article, video] : [article],
  })
}

const videoOf = (snapshot: Snapshot, image: string[] | undefined) => {
  const playable = playableOf(snapshot)
  if (snapshot.kind !== 'clip' || !playable?.mp4 || !snapshot.facts) return null
  return {
    '@type': 'VideoObject',
    name: snapshot.title,
    description: snapshot.summary || snapshot.title,
    thumbnailUrl: image,
    uploadDate: snapshot.firstPublishedAt,
    duration: isoLengthOf(snapshot.facts.durationSeconds),
    contentUrl: absolute(playable.mp4),
    inLanguage: 'vi',
  }
}
