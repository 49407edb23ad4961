import type { Payload } from 'payload'
import { filesOf, type ListedFile } from '@/assets/desk-media'
import { picturesBeside, sentPictureIn, type SentPicture } from '@/assets/extras'
import { mainAssetOf, renditionsOf } from '@/assets/main-asset'
import { CAPTIONS_RECIPE, standingCaptions } from '@/captions/accepted'
import { findRow, findRows, rowById, type Row } from '@/records/db'
import type { StoryWhole } from '@/stories/fields-sealed'

/** A story as it lies in the database now, with everything that a decision or a seal looks at. */
export type Material = {
  story: Row<'stories'>
  section: Row<'sections'> | null
  source: Row<'sources'> | null
  asset: Row<'assets'> | null
  renditions: Row<'renditions'>[]
  variants: Row<'variants'>[]
  /** Captions were accepted: a channel that shows captions shows these, or is not complete. */
  captioned: boolean
  /** Photographs sent beside it, where one of them stands for it on a channel. */
  pictures: SentPicture[]
}

export const idOf = (related: unknown): string => {
  if (typeof related === 'object' && related !== null && 'id' in related) return String(related.id)
  return related === null || related === undefined ? '' : String(related)
}

export const materialOf = async (payload: Payload, id: string): Promise<Material | null> => {
  const story = await rowById(payload, 'stories', id)
  if (!story) return null
  const [section, source, asset, variants] = await Promise.all([
    rowById(payload, 'sections', idOf(story.section)),
    rowById(payload, 'sources', idOf(story.source)),
    mainAssetOf(payload, id),
    findRows({
      payload,
      collection: 'variants',
      where: { and: [{ story: { equals: id } }, { removed: { not_equals: true } }] },
      sort: 'createdAt',
    }),
  ])
  const made = asset ? await renditionsOf(payload, asset.id) : []
  const captions = asset
    ? await standingCaptions({ payload, asset: asset.id, renditions: made })
    : NO_CAPTIONS
  const renditions = captions.row ? [...made, captions.row] : made
  const pictures = variants.some(({ thumbnail }) => sentPictureIn(thumbnail) !== null)
    ? await picturesBeside(payload, id)
    : []
  const { accepted: captioned } = captions
  return { story, section, source, asset, renditions, variants, captioned, pictures }
}

const NO_CAPTIONS = { accepted: false, row: null }

/** Of what a channel binds, what this story has to give: captions are bound where there are any. */
export const boundNow = (material: Material, binds: readonly string[]): string[] =>
  binds.filter((recipe) => recipe !== CAPTIONS_RECIPE || material.captioned)

export const variantOf = (
  payload: Payload,
  story: string,
  channel: string,
): Promise<Row<'variants'> | null> =>
  findRow({
    payload,
    collection: 'variants',
    where: { key: { equals: variantKey(story, channel) } },
  })

export const variantKey = (story: string, channel: string): string => `${story}:${channel}`

export const wholeOf = (material: Material): StoryWhole | null => {
  const { story, section, source } = material
  return section && source ? { story, section, source } : null
}

export const renditionOf = (material: Material, recipe: string): Row<'renditions'> | null =>
  material.renditions.find((row) => row.recipe === recipe) ?? null

/** What the signer watches: the file that goes out. */
export const WATCHED_RECIPE = 'web-mp4'
const POSTER_RECIPE = 'poster'
const FRAMES_RECIPE = 'frames'
const SENT_FILE = 'poster.jpg'
/** Platforms take JPEG of at most 2 MB: the middle width is far below. */
const DEFAULT_THUMBNAIL = ['1280.jpg', '640.jpg', '320.jpg']

export type PlacedFile = ListedFile & { key: string }

export const placed = (row: Row<'renditions'>): PlacedFile[] =>
  filesOf(row).map((file) => ({ ...file, key: row.prefix + file.path }))

const filesIn = (material: Material, recipe: string): PlacedFile[] => {
  const row = renditionOf(material, recipe)
  return row ? placed(row) : []
}

/** Whose rights count: the story's own file, and what any channel shows for it. */
export const shownIn = ({ asset, variants }: Pick<Material, 'asset' | 'variants'>): string[] =>
  [asset?.id, ...variants.map(({ thumbnail }) => sentPictureIn(thumbnail))].filter(isAsset)

const isAsset = (id: string | null | undefined): id is string => Boolean(id)

const sentPicture = ({ pictures }: Material, asset: string): PlacedFile | undefined => {
  const sent = pictures.find((picture) => picture.asset === asset)
  return sent && placed(sent.poster).find(({ path }) => path === SENT_FILE)
}

/**
 * The thumbnail that a variant names: a frame of the clip, or a picture that was sent beside this very story. No name is
 * the clip's own still; a name that leads nowhere is `unknown`.
 */
export const thumbnailOf = (material: Material, name: string): PlacedFile | null | 'unknown' => {
  const sent = sentPictureIn(name)
  if (sent !== null) return sentPicture(material, sent) ?? 'unknown'
  const files = filesIn(material, POSTER_RECIPE)
  const known = [...files, ...filesIn(material, FRAMES_RECIPE)]
  if (name !== '') return known.find(({ path }) => path === name) ?? 'unknown'
  const named = DEFAULT_THUMBNAIL.map((path) => files.find((file) => file.path === path))
  return (
    named.find((file) => file !== undefined) ??
    files.find(({ mime }) => mime === 'image/jpeg') ??
    null
  )
}

export type ClipFacts = {
  durationSeconds: number
  width: number
  height: number
  hasSound: boolean
}

/** Facts of the file that goes out, for limits and pages. */
export const clipFactsOf = (material: Material): ClipFacts | null => {
  const row = renditionOf(material, WATCHED_RECIPE)
  if (!row || !material.asset) return null
  return {
    durationSeconds: row.durationSeconds ?? 0,
    width: row.width ?? 0,
    height: row.height ?? 0,
    hasSound: soundIn(material.asset.facts),
  }
}

const soundIn = (facts: string | null | undefined): boolean => {
  const parsed: unknown = JSON.parse(facts || '{}')
  return (
    typeof parsed === 'object' &&
    parsed !== null &&
    'hasSound' in parsed &&
    parsed.hasSound === true
  )
}
