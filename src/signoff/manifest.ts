import { createHash } from 'node:crypto'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** JSON with sorted keys and no space: one value, one text, one hash. */
export const canonical = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(',')}}`
}

export const sha256 = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest('hex')

const hashed = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, sha256(value)]))

export type BoundFile = { path: string; bytes: number; sha256: string; mime: string }

/** Who signed what, when and in which capacity: bound too, so that nobody rewrites it on the row. */
export type Signature = {
  story: string
  channel: string
  contentRevision: number
  signer: string
  signerName: string
  capacity: string
  shift: string
  factor: string
  signedAt: string
}

/** Everything that a channel would show, as plain values. */
export type Content = {
  story: Record<string, string>
  variant: Record<string, string>
  facts: Record<string, number | boolean> | null
  thumbnail: BoundFile | null
  renditions: Record<string, BoundFile[]>
}

export type Manifest = {
  version: 1
  signature: Signature
  story: Record<string, string>
  variant: Record<string, string>
  facts: string
  thumbnail: BoundFile | null
  renditions: Record<string, BoundFile[]>
}

const bare = ({ path, bytes, sha256: hash, mime }: BoundFile): BoundFile => ({
  path,
  bytes,
  sha256: hash,
  mime,
})

const byPath = (a: BoundFile, b: BoundFile) => (a.path < b.path ? -1 : 1)

export const manifestOf = (signature: Signature, content: Content): Manifest => ({
  version: 1,
  signature,
  story: hashed(content.story),
  variant: hashed(content.variant),
  facts: sha256(canonical(content.facts)),
  thumbnail: content.thumbnail ? bare(content.thumbnail) : null,
  renditions: Object.fromEntries(
    Object.entries(content.renditions).map(([recipe, files]) => [
      recipe,
      files.map(bare).sort(byPath),
    ]),
  ),
})

export const writeManifest = (manifest: Manifest): { text: string; digest: string } => {
  const text = canonical(manifest)
  return { text, digest: sha256(text) }
}

export type Differs = 'story-changed' | 'variant-changed' | 'rendition-changed'

/** The first part in which two manifests differ; null when they are one. */
export const firstDifference = (signed: Manifest, now: Manifest): Differs | 'signature' | null => {
  const differ = (part: keyof Manifest) => canonical(signed[part]) !== canonical(now[part])
  if (differ('signature') || differ('version')) return 'signature'
  if (differ('story')) return 'story-changed'
  if (differ('variant')) return 'variant-changed'
  return differ('facts') || differ('thumbnail') || differ('renditions') ? 'rendition-changed' : null
}
