import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Row } from '@/records/db'
import type { EditionWork } from './work'

export type EditionRow = Row<'editions'>

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const fileShape = z.object({
  recipe: z.string().regex(/^[a-z0-9_-]+$/),
  path: z.string().regex(/^[a-z0-9_-][a-z0-9._-]*$/),
  mime: z.string(),
  bytes: z.number(),
  sha256: hash,
})

/** Everything that a page of this edition shows, and every file that may be fetched for it. */
const snapshotShape = z.object({
  version: z.literal(1),
  story: z.string(),
  delivery: z.string(),
  seal: z.string(),
  sealDigest: z.string(),
  path: z.string().refine((path) => path.split('/').every((part) => SLUG.test(part))),
  number: z.number(),
  kind: z.enum(['clip', 'text', 'audio', 'photo']),
  section: z.string(),
  sectionSlug: z.string().regex(SLUG),
  title: z.string(),
  summary: z.string(),
  body: z.string(),
  byline: z.string(),
  credit: z.string(),
  signedBy: z.string(),
  tags: z.array(z.string()),
  firstPublishedAt: z.iso.datetime(),
  publishedAt: z.iso.datetime(),
  replaces: z.object({ publishedAt: z.iso.datetime(), reason: z.string().nullable() }).nullable(),
  facts: z
    .object({
      durationSeconds: z.number(),
      width: z.number(),
      height: z.number(),
      hasSound: z.boolean(),
    })
    .nullable(),
  mediaRoot: z.string().regex(/^[0-9a-f]{32}$/),
  files: z.array(fileShape),
})

export type Snapshot = z.infer<typeof snapshotShape>
export type SnapshotFile = Snapshot['files'][number]

export const isSlug = (part: string) => SLUG.test(part)

/** The variant is what this channel shows; where it says nothing, the story's own words stand. */
export const snapshotOf = (args: {
  work: EditionWork
  path: string
  number: number
  mediaRoot: string
  files: SnapshotFile[]
  firstPublishedAt: string
  publishedAt: string
  replaces: Snapshot['replaces']
}): Snapshot => {
  const { work, files, ...placed } = args
  const { story, variant, facts } = work
  return {
    version: 1,
    story: work.storyId,
    delivery: work.deliveryId,
    seal: work.sealId,
    sealDigest: work.sealDigest,
    ...placed,
    kind: work.kind,
    section: story.section,
    sectionSlug: story.sectionSlug,
    title: variant.title || story.title,
    summary: variant.text || story.summary,
    body: story.body,
    byline: story.byline,
    credit: story.credit,
    signedBy: story.signedBy,
    tags: [...variant.tags],
    facts: facts && {
      durationSeconds: facts.durationSeconds,
      width: facts.width,
      height: facts.height,
      hasSound: facts.hasSound,
    },
    files,
  }
}

export const digestOfText = (text: string) =>
  createHash('sha256').update(text, 'utf8').digest('hex')

/**
 * The snapshot of a row, or null when it is not what was stored: its hash differs, or the columns that it was found
 * by speak of another one. Whoever reads a row reads it through here.
 */
export const readSnapshot = (row: EditionRow): Snapshot | null => {
  if (digestOfText(row.snapshot) !== row.digest) return null
  const parsed = snapshotShape.safeParse(jsonOf(row.snapshot))
  if (!parsed.success) return null
  const { path, number, mediaRoot, delivery, story } = parsed.data
  const same =
    path === row.path &&
    number === row.number &&
    mediaRoot === row.mediaRoot &&
    delivery === row.delivery &&
    story === row.story
  return same ? parsed.data : null
}

/** The files that have arrived for an edition that was not shown yet. */
export const stagedFiles = (row: EditionRow): SnapshotFile[] => {
  const parsed = z.object({ files: z.array(fileShape) }).safeParse(jsonOf(row.snapshot))
  return parsed.success && digestOfText(row.snapshot) === row.digest ? parsed.data.files : []
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const fileUrl = (mediaRoot: string, file: { recipe: string; path: string }) =>
  `/m/${mediaRoot}/${file.recipe}/${file.path}`

export const fileKey = (mediaRoot: string, file: { recipe: string; path: string }) =>
  `public/${mediaRoot}/${file.recipe}/${file.path}`
