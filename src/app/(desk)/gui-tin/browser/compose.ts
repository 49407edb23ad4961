import { call, helpOf, isObject } from './api'
import { byId, el, fill, formById, problem, say, valuesOf } from './dom'
import { forget, keep, kept, keptWords, wait } from './journal'
import { addFiles, chosen, clearFiles, startPicking } from './picked'
import { transfer } from './transfers'

type Option = { id: string; name: string }
const LISTS = {
  section: '/api/sections?limit=200&depth=0&sort=name',
  source: '/api/sources?limit=300&depth=0&sort=-own&where[inForce][not_equals]=false',
}

const optionsIn = (docs: unknown): Option[] =>
  Array.isArray(docs)
    ? docs.filter(isObject).map(({ id, name }) => ({ id: String(id), name: String(name) }))
    : []

/**
 * The lists come once and are kept, so that the form stands at once on a slow line. Nothing is chosen for anybody but
 * the section that they chose last; a source is a statement of rights and is made anew each time.
 */
const fillLists = async (form: HTMLFormElement, usual: Record<string, string>) => {
  const put = (name: string, options: Option[]) => {
    const select = form.elements.namedItem(name)
    if (!(select instanceof HTMLSelectElement) || options.length === 0) return
    const chosen = select.value || keptWords('draft')[name] || usual[name] || ''
    select.replaceChildren(
      el('option', { value: '' }, 'Chọn…'),
      ...options.map(({ id, name: text }) => el('option', { value: id }, text)),
    )
    if (options.some(({ id }) => id === chosen)) select.value = chosen
  }
  for (const [name, path] of Object.entries(LISTS)) {
    put(name, optionsIn(kept(`list:${name}`)))
    const answer = await call('GET', path)
    const options = optionsIn(answer.body.docs)
    if (answer.status !== 200) continue
    keep(`list:${name}`, options)
    put(name, options)
  }
}

/** Whose usual section it is: more than one person may use a phone of the newsroom. */
let who = ''
const keepUsual = (section: string | undefined) => keep(`usual:${who}`, { section: section ?? '' })

const isClip = (form: HTMLFormElement) => valuesOf(form).kind === 'clip'

/**
 * The story's id: made now, or made by an earlier press whose answer was lost on the way. Such a one is found by its
 * title among my own drafts that have no file yet, so that pressing twice does not make two.
 */
const makeStory = async (
  words: Record<string, string>,
): Promise<{ id: string } | { line: string }> => {
  if (kept('asked') === words.title) {
    const mine = await call('GET', '/api/my-stories')
    const items = Array.isArray(mine.body.items) ? mine.body.items.filter(isObject) : []
    const lost = items.find(
      (item) => item.title === words.title && item.state === 'draft' && item.upload === null,
    )
    if (lost) return adopt(lost, words)
  }
  keep('asked', words.title)
  const answer = await call('POST', '/api/stories?depth=0', words)
  const { doc } = answer.body
  if (answer.status !== 201 || !isObject(doc)) return { line: helpOf(answer) }
  return { id: String(doc.id) }
}

const adopt = async (lost: Record<string, unknown>, words: Record<string, string>) => {
  const id = String(lost.story)
  const saved = await call('PATCH', `/api/stories/${id}?depth=0`, {
    ...words,
    revision: lost.revision,
  })
  return saved.status === 200 ? { id } : { line: helpOf(saved) }
}

const submit = async (form: HTMLFormElement, changed: () => void) => {
  problem(form, '')
  const words = valuesOf(form)
  const { clip, extras } = isClip(form) ? chosen() : { clip: null, extras: [] }
  if (isClip(form) && !clip) return problem(form, 'Chọn hoặc quay một clip trước khi gửi.')
  const made = await makeStory(words)
  if ('line' in made) return problem(form, made.line)
  // The clip goes first: with it the desk can begin.
  if (clip) transfer({ file: clip, story: made.id, extra: false, handIn: true })
  else wait(made.id)
  for (const file of extras) transfer({ file, story: made.id, extra: true, handIn: false })
  keepUsual(words.section)
  clear(form)
  say('Đã lưu tin')
  changed()
}

const clear = (form: HTMLFormElement) => {
  forget('draft')
  forget('asked')
  clearFiles()
  fill(form, { title: '', body: '', note: '', source: '' })
}

/** The form for a new story. */
export const startCompose = (changed: () => void) => {
  const form = formById('compose')
  const showPick = () => (byId('pick').hidden = !isClip(form))
  fill(form, keptWords('draft'))
  showPick()
  startPicking(() => problem(form, ''))
  form.addEventListener('input', () => {
    keep('draft', valuesOf(form))
    showPick()
  })
  let busy = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (busy) return
    busy = true
    void submit(form, changed).finally(() => (busy = false))
  })
  return {
    /** Files that came another way than by the buttons. A text takes none: then it is a clip that is meant. */
    add: (files: File[]) => {
      fill(form, { kind: 'clip' })
      showPick()
      addFiles(files)
    },
    open: (person: string) => {
      who = person
      void fillLists(form, keptWords(`usual:${person}`))
    },
  }
}
