import type { Rendition } from './types'

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

/** The pictures an editor may choose a thumbnail from, by file name; none named means the clip's own still. */
export const posterChoices = (renditions: Rendition[]): { value: string; url: string }[] => {
  const poster = byRecipe(renditions, 'poster')
  if (!poster) return []
  return poster.files
    .filter(({ mime }) => mime === 'image/jpeg')
    .map(({ path }) => ({ value: path, url: deskMedia(poster, path) }))
}
