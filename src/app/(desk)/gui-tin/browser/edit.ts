import type { MyStory } from '@/assets/my-stories'
import { call, helpOf, isObject } from './api'
import { el, fill, problem, say, valuesOf } from './dom'
import { forget, keep, keptWords, wait } from './journal'
import { isSendingMain, transfer } from './transfers'
import { hasNoFile, isMine, needsFile, NOTE, VIDEO } from './words'

/** Mending one story in place: its words, its clip, and handing it in again. */
export const editor = (story: string, changed: () => void) => {
  const journal = `edit:${story}`
  const open = el('button', { type: 'button' }, 'Sửa')
  const again = el('button', { type: 'button', class: 'primary' }, 'Gửi duyệt')
  const other = el('input', { type: 'file', accept: VIDEO })
  const otherWords = el('span')
  const otherLabel = el('label', { class: 'file primary' }, otherWords, other)
  const said = el('p', { class: 'problem', role: 'alert' })
  const bar = el('div', { class: 'row' }, open, again, otherLabel)
  const form = makeForm()
  const root = el('div', { class: 'item' }, form.root, said, bar)
  let latest: MyStory | null = null
  /** The revision that the words in the form started from. */
  let base = 0

  const start = () => {
    if (!latest) return
    base = latest.revision
    fill(form.root, {
      title: latest.title,
      body: latest.body,
      note: latest.note,
      ...keptWords(journal),
    })
    form.root.hidden = false
    open.hidden = true
  }
  const close = () => {
    form.root.hidden = true
    open.hidden = false
  }
  const save = async (): Promise<boolean> => {
    problem(form.root, '')
    const answer = await call('PATCH', `/api/stories/${story}?depth=0`, {
      ...valuesOf(form.root),
      revision: base,
    })
    if (answer.status === 200) {
      forget(journal)
      const { doc } = answer.body
      if (isObject(doc) && typeof doc.revision === 'number') base = doc.revision
      say('Đã lưu')
      close()
      changed()
      return true
    }
    problem(form.root, answer.status === 409 ? stale() : helpOf(answer))
    return false
  }
  /** Somebody saved meanwhile: shows theirs, keeps mine in the form; the next press is a choice. */
  const stale = () => {
    changed()
    if (latest) base = latest.revision
    return `${STALE} Bản kia: “${latest?.title ?? ''}” ${latest?.body ?? ''}`
  }
  const handIn = async () => {
    said.textContent = ''
    if (!form.root.hidden && !(await save())) return
    wait(story)
    changed()
  }

  /** Instead of a file that was refused; the story goes on by itself once this one has come. */
  const sendOther = async () => {
    const [file] = other.files ?? []
    if (!file) return
    said.textContent = ''
    if (!form.root.hidden && !(await save())) return
    transfer({ file, story, extra: false, handIn: true })
    other.value = '' // so that the same file can be chosen once more
    changed()
  }

  open.addEventListener('click', start)
  other.addEventListener('change', () => void sendOther())
  again.addEventListener('click', () => void handIn())
  form.root.addEventListener('input', () => keep(journal, valuesOf(form.root)))
  form.root.addEventListener('submit', (event) => {
    event.preventDefault()
    void save()
  })
  form.clip.addEventListener('change', () => {
    const [file] = form.clip.files ?? []
    if (!file) return
    transfer({ file, story, extra: false, handIn: false })
    form.clip.value = ''
    changed()
  })
  return {
    root,
    tell: (line: string) => {
      said.textContent = line
    },
    update: (item: MyStory) => {
      latest = item
      const mine = isMine(item.state)
      bar.hidden = !mine
      again.textContent = item.state === 'changes-requested' ? 'Gửi lại' : 'Gửi duyệt'
      again.hidden = needsFile(item)
      otherWords.textContent = hasNoFile(item) ? 'Chọn tệp' : 'Chọn tệp khác'
      otherLabel.hidden = !again.hidden || isSendingMain(story)
      form.clipLabel.hidden = item.kind !== 'clip'
      if (!mine) close()
      // What was typed before the tab closed is shown again, not asked for again.
      if (mine && form.root.hidden && Object.keys(keptWords(journal)).length > 0) start()
    },
  }
}

const STALE =
  'Tin vừa được người khác sửa. Chữ bạn gõ vẫn còn đây; bấm Lưu lần nữa để lấy bản của bạn.'

const makeForm = () => {
  const clip = el('input', { type: 'file', accept: VIDEO })
  const clipLabel = el('label', { class: 'file' }, 'Thay clip', clip)
  const root = el(
    'form',
    { class: 'edit', hidden: true },
    el('label', {}, 'Tít', el('input', { name: 'title', maxlength: 200, required: true })),
    el('label', {}, 'Nội dung', el('textarea', { name: 'body', rows: 5 })),
    el('label', {}, NOTE, el('textarea', { name: 'note', rows: 2 })),
    el('p', { class: 'problem', role: 'alert' }),
    el('div', { class: 'row' }, el('button', {}, 'Lưu'), clipLabel),
  )
  return { root, clip, clipLabel }
}
