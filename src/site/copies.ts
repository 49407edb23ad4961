import { createHash } from 'node:crypto'
import { refuse, type Outcome, type Refusal } from '@/errors'
import { boundFiles } from './copy-files'
import { fileKey, stagedFiles, type EditionRow, type SnapshotFile } from './snapshot'
import { dropStaged, editionOf } from './stage'
import type { EditionWork, Hands } from './work'

const copiesGone = (): Refusal =>
  refuse('copies-gone', {
    vi: 'Tệp đã chép cho trang không còn đủ trong kho. Chưa đăng gì; hãy lập lại lượt đăng.',
    en: 'Files that were copied for the site are missing. Nothing went out; plan it again.',
  })

const copiesDiffer = (file: string): Refusal =>
  refuse(
    'bytes-differ',
    {
      vi: 'Tệp đã chép cho trang không còn đúng như lúc ký duyệt. Chưa đăng gì; hãy lập lại lượt đăng.',
      en: 'A file copied for the site is no longer what was signed. Nothing went out; plan it again.',
    },
    { file },
  )

/** Names exactly these copies in exactly this folder: another staging has another mark. */
const markOf = (row: EditionRow) => `${row.mediaRoot}:${row.digest}`

type Look = { work: EditionWork; alive?: () => Promise<void> }

/** As they lie in the store now, each streamed through the hash and held against what was signed. */
const copiesProblem = async (
  { store }: Hands,
  row: EditionRow,
  { work, alive }: Look,
): Promise<Refusal | null> => {
  const signed = new Map(
    boundFiles(work).map(({ recipe, file }) => [`${recipe}/${file.path}`, file]),
  )
  for (const copy of stagedFiles(row)) {
    await alive?.()
    const name = `${copy.recipe}/${copy.path}`
    const stream = await store.open(fileKey(row.mediaRoot, copy))
    if (!stream) return copiesGone()
    const hash = createHash('sha256')
    for await (const chunk of stream) hash.update(chunk)
    if (hash.digest('hex') !== signed.get(name)?.sha256) return copiesDiffer(name)
  }
  return null
}

/** Is each there with its length? The cheap look, for copies that were hashed a moment ago. */
const allThere = async ({ store }: Hands, row: EditionRow): Promise<boolean> => {
  const lies = async (file: SnapshotFile) =>
    (await store.stat(fileKey(row.mediaRoot, file)))?.bytes === file.bytes
  for (const file of stagedFiles(row)) if (!(await lies(file))) return false
  return true
}

/**
 * Why these copies may not go public; null when each is byte for byte what was signed. They may have been copied long
 * ago. What differs goes away at once: nobody will ever want it.
 */
export const copiesRefused = async (
  hands: Hands,
  row: EditionRow,
  look: Look & { hashed?: string | undefined },
): Promise<Refusal | null> => {
  if (look.hashed === markOf(row)) return (await allThere(hands, row)) ? null : copiesGone()
  const problem = await copiesProblem(hands, row, look)
  if (problem?.reason === 'bytes-differ') await dropStaged(hands, row)
  return problem
}

/**
 * Hashes what lies staged, before the commit: it may take minutes, and a commit has a limit. `hashed` names what was
 * looked at; the saving believes it for these copies alone, and hashes by itself whatever else it finds.
 */
export const verifyStaged = async (
  hands: Hands,
  look: Look,
): Promise<Outcome<{ hashed: string }>> => {
  const row = await editionOf(hands.payload, look.work.deliveryId)
  // The saving says by itself what is the matter with a row that is not staged for this signature.
  if (row?.state !== 'staged' || row.seal !== look.work.sealDigest) return { ok: true, hashed: '' }
  const problem = await copiesRefused(hands, row, look)
  return problem ?? { ok: true, hashed: markOf(row) }
}
