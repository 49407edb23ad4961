import type { Unfinished } from '@/assets/my-unfinished'
import { byId, el } from './dom'
import { waitNoMore } from './journal'
import { isSendingUpload, transfer } from './transfers'
import { ANY_FILE, OTHER_FILE, size } from './words'

/** Uploads that began and did not arrive, and that nobody sends at the moment. */
const danglingOf = (all: Unfinished[]) => all.filter(({ upload }) => !isSendingUpload(upload.id))

let dangling: Unfinished[] = []
let changed = () => undefined as void

/** The unfinished upload that a chosen file belongs to: by size and name, or by size where only one has it. */
const belongsTo = (
  file: { name: string; size: number },
  among: readonly Unfinished[],
): Unfinished | null => {
  const same = among.filter(({ upload }) => upload.bytes === file.size)
  const named = same.find(({ upload }) => upload.filename === file.name.normalize('NFC'))
  return named ?? (same.length === 1 ? (same[0] ?? null) : null)
}

const goOnWith = (file: File, { upload, story, inReview }: Unfinished) =>
  transfer({
    file,
    story,
    extra: upload.extra,
    handIn: !inReview && !upload.extra,
    known: { tusId: upload.id, sha256: upload.claimedSha256 },
  })

/** Goes on with those of the files that were begun before; hands back the others. */
export const takeUnfinished = (files: File[]): File[] => {
  const rest = files.filter((file) => {
    const known = belongsTo(file, dangling)
    if (known) goOnWith(file, known)
    dangling = dangling.filter((one) => one !== known)
    return !known
  })
  if (rest.length < files.length) changed()
  return rest
}

/** Names each file that began to come and did not arrive, and asks for it again. */
export const showUnfinished = (all: Unfinished[], look: () => void) => {
  changed = look
  dangling = danglingOf(all)
  const place = byId('unfinished')
  const mark = dangling.map(({ upload }) => upload.id).join(' ')
  if (place.dataset.mark === mark) return
  place.dataset.mark = mark
  place.replaceChildren(...dangling.map(askAgain))
}

const askAgain = (one: Unfinished): HTMLElement => {
  const { upload, title } = one
  const said = el('p', { class: 'problem', role: 'alert' })
  const input = el('input', { type: 'file', accept: ANY_FILE, multiple: true })
  input.addEventListener('change', () => {
    const rest = takeUnfinished([...(input.files ?? [])])
    said.textContent = rest.length > 0 ? OTHER_FILE : ''
    input.value = '' // so that the same file can be chosen once more
  })
  const drop = el(
    'button',
    { type: 'button', class: 'quiet', click: () => void dropUpload(one, 'Bỏ tệp gửi dở này?') },
    'Bỏ',
  )
  return el(
    'div',
    { class: 'card' },
    el('h2', {}, 'Tệp gửi dở: ', el('bdi', {}, upload.filename)),
    el(
      'p',
      {},
      `Tin “${title}”. Đã tới ${size(upload.received)} / ${size(upload.bytes)}. Chọn lại đúng tệp ấy để gửi tiếp từ chỗ dừng.`,
    ),
    said,
    el('div', { class: 'row' }, el('label', { class: 'file grow' }, 'Chọn lại tệp', input), drop),
  )
}

export const dropUpload = async (
  { upload, story }: Pick<Unfinished, 'upload' | 'story'>,
  question: string,
) => {
  if (!window.confirm(question)) return
  const asked = { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }
  await fetch(`/tus/${upload.id}`, asked).catch(() => undefined)
  if (!upload.extra) waitNoMore(story)
  changed()
}
