import type { PosterChoice } from '@/stories/ui/types'
import type { Rendition, Review } from './types'

/** Where the desk reads a rendition's file, signed in. */
export const deskMedia = (rendition: Rendition, path: string): string =>
  `/desk-media/${rendition.id}/${path.split('/').map(encodeURIComponent).join('/')}`

export const byRecipe = (renditions: Rendition[], recipe: string): Rendition | null =>
  renditions.find((one) => one.recipe === recipe) ?? null

/** What is watched is what goes out; before it exists, the quick proxy stands in and counts for nothing. */
export const watchable = (renditions: Rendition[]): Rendition | null =>
  byRecipe(renditions, 'web-mp4') ?? byRecipe(renditions, 'proxy')

const fileOf = (rendition: Rendition, mime: string) =>
  rendition.files.find((file) => file.mime.startsWith(mime)) ?? rendition.files[0]

export const videoUrl = (rendition: Rendition): string | null => {
  const file = fileOf(rendition, 'video/')
  return file ? deskMedia(rendition, file.path) : null
}

export const posterUrl = (renditions: Rendition[]): string | null => {
  const poster = byRecipe(renditions, 'poster')
  const file = poster && fileOf(poster, 'image/jpeg')
  return poster && file ? deskMedia(poster, file.path) : null
}

/** What an editor may choose a thumbnail from: the clip's own still, frames of it, pictures that were sent beside it. */
export const posterChoices = ({ renditions, pictures }: Review): PosterChoice[] => {
  const still = posterUrl(renditions)
  const frames = byRecipe(renditions, 'frames')
  const shown = frames?.files.map(({ path }) => ({
    value: path,
    url: deskMedia(frames, path),
    second: Number(/^frame-([\d.]+)s/.exec(path)?.[1] ?? 0),
  }))
  const bySecond = (shown ?? []).toSorted((a, b) => a.second - b.second)
  return [...(still ? [{ value: '', url: still }] : []), ...bySecond, ...pictures]
}
