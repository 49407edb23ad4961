import { byId, el, fileInput } from './dom'
import { isClipFile, size } from './words'

/** The files chosen for the new story. The first that can be one is its clip; the others go beside it. */
let files: File[] = []
let changed = () => undefined as void

const clipAt = () => files.findIndex(isClipFile)
export const chosen = (): { clip: File | null; extras: File[] } => {
  const at = clipAt()
  return { clip: files[at] ?? null, extras: files.filter((_, index) => index !== at) }
}

const isSame = (a: File, b: File) =>
  a.name === b.name && a.size === b.size && a.lastModified === b.lastModified

export const addFiles = (more: readonly File[]) => {
  const fresh = more.filter((one) => !files.some((known) => isSame(known, one)))
  files = [...files, ...fresh]
  show()
  changed()
}

export const clearFiles = () => {
  files = []
  show()
}

const line = (file: File, index: number) => {
  const clip = index === clipAt()
  const drop = el(
    'button',
    { type: 'button', class: 'quiet', 'aria-label': `Bỏ ${file.name}` },
    'Bỏ',
  )
  drop.addEventListener('click', () => {
    files = files.filter((one) => one !== file)
    show()
  })
  const lead = el('button', { type: 'button', class: 'quiet' }, 'Lấy làm clip')
  lead.addEventListener('click', () => {
    files = [file, ...files.filter((one) => one !== file)]
    show()
  })
  const name = el('span', { class: 'grow' }, el('bdi', {}, file.name), ` · ${size(file.size)}`)
  const several = files.length > 1
  const chip = several && el('span', { class: 'chip grey' }, clip ? 'Clip' : 'Kèm theo')
  return el('li', { class: 'row' }, name, chip, !clip && isClipFile(file) && lead, drop)
}

const show = () => {
  byId('picked').textContent = files.length === 0 ? 'Chưa chọn tệp' : ''
  byId('chosen').replaceChildren(...files.map(line))
}

export const startPicking = (onChange: () => void) => {
  changed = onChange
  for (const id of ['camera', 'gallery']) {
    const input = fileInput(id)
    input.addEventListener('change', () => {
      addFiles([...(input.files ?? [])])
      input.value = '' // so that the same file can be chosen once more
    })
  }
}
