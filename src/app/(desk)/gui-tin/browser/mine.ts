import type { MyStory, MyUpload } from '@/assets/my-stories'
import type { Unfinished } from '@/assets/my-unfinished'
import { call, helpOf } from './api'
import { byId, el, say } from './dom'
import { editor } from './edit'
import { waiting, waitNoMore } from './journal'
import { isSending, isSendingAny, isSendingMain } from './transfers'
import { dropUpload, showUnfinished } from './unfinished'
import { at, hasNoFile, isMine, OUTWARD, percent, stateWord, timeLeft } from './words'

type Card = { root: HTMLElement; update: (item: MyStory) => void; tell: (line: string) => void }
const cards = new Map<string, Card>()
const handingIn = new Set<string>()

const chip = ([word, tone]: ReturnType<typeof stateWord>) =>
  el('span', { class: `chip ${tone}` }, word)

/** What is out stands before what the desk decided; a signed story that is out says only that. */
const standing = ({ state, outward }: MyStory): HTMLElement[] => {
  if (!outward) return [chip(stateWord(state))]
  const inside = state === 'signed' ? [] : [chip(stateWord(state))]
  const link = outward.url
    ? [el('a', { href: outward.url, target: '_blank', rel: 'noopener' }, 'Xem trên trang')]
    : []
  return [chip(OUTWARD[outward.state]), ...inside, ...link]
}

const head = (item: MyStory): HTMLElement => {
  const text = el(
    'div',
    {},
    el('h3', {}, item.title),
    el(
      'p',
      { class: 'row' },
      ...standing(item),
      el('span', { class: 'faint' }, at(item.stateAt || item.createdAt)),
    ),
  )
  if (!item.thumb) return el('div', { class: 'head bare' }, text)
  const image = el('img', { src: item.thumb, alt: '', loading: 'lazy' })
  const play = el(
    'button',
    { type: 'button', class: 'thumb', 'aria-label': `Xem clip: ${item.title}` },
    image,
  )
  const whole = el('div', { class: 'head' }, play, text)
  play.addEventListener('click', () => {
    if (item.proxy)
      whole.replaceWith(
        el('video', { src: item.proxy, controls: true, autoplay: true, playsinline: true }),
        text,
      )
  })
  return whole
}

const fileLine = (item: MyStory): HTMLElement | null => {
  const { story, upload, asset } = item
  if (hasNoFile(item)) {
    const sending = isSendingMain(story)
    return el('p', { class: 'faint' }, sending ? coming(story) : 'Clip chưa có tệp.')
  }
  if (upload?.state === 'refused' || upload?.state === 'expired') {
    return el('p', { class: 'band red' }, upload.help?.vi ?? 'Tệp không dùng được.')
  }
  if (upload?.state === 'receiving') return el('p', { class: 'faint' }, coming(story))
  if (upload?.state === 'received') return checking(item, upload)
  if (!asset) return null
  if (asset.state === 'failed')
    return el('p', { class: 'band red' }, asset.failure ?? 'Không chuyển mã được tệp này.')
  if (asset.state === 'ready') return proof(upload)
  const left = asset.secondsLeft ? ` · ${timeLeft(asset.secondsLeft)}` : ''
  return el(
    'div',
    {},
    el(
      'p',
      { class: 'faint' },
      asset.progress > 0 ? `Đang chuyển mã ${percent(asset.progress)}${left}` : 'Chờ chuyển mã.',
    ),
    el('progress', { max: 1, value: asset.progress, 'aria-label': 'Chuyển mã' }),
  )
}

/** Until it is judged the story waits for it; who sent it may let go of it. */
const letGo = ({ story, state }: MyStory, upload: MyUpload): HTMLElement[] => {
  if (!isMine(state) || upload.state !== 'received') return []
  const ask = 'Bỏ tệp này? Tin sẽ không còn chờ nó.'
  const click = () => void dropUpload({ upload, story }, ask)
  return [el('button', { type: 'button', class: 'quiet', click }, 'Bỏ tệp này')]
}

const checking = (item: MyStory, upload: MyUpload): HTMLElement => {
  const line = el('p', { class: 'faint' }, 'Tệp đã tới, đang kiểm tra.')
  return el('div', { class: 'row' }, line, ...letGo(item, upload))
}

const MORE: Record<string, string> = {
  receiving: 'chưa tới đủ',
  received: 'đang kiểm tra',
  accepted: 'đã tới',
}

/** The material beside the clip: each by its name, and what became of it. */
const moreLines = (item: MyStory): HTMLElement | null => {
  const { more } = item
  if (more.length === 0) return null
  const lines = more.map((one) => {
    const word = MORE[one.state] ?? one.help?.vi ?? 'không dùng được'
    return el('li', {}, el('bdi', {}, one.filename), ` · ${word}`, ...letGo(item, one))
  })
  return el('div', { class: 'faint' }, `Kèm theo ${more.length} tệp:`, el('ul', {}, ...lines))
}

const coming = (story: string) => {
  const now = isSending(story) ? 'Tệp đang gửi.' : 'Tệp gửi dở: chọn lại ở đầu trang.'
  return waiting().includes(story) ? `${now} Tin sẽ được gửi duyệt khi tệp tới đủ.` : now
}

const proof = (upload: MyStory['upload']) => {
  const proved = upload?.sha256 && upload.sha256 === upload.claimedSha256
  return el(
    'p',
    { class: 'faint' },
    proved ? 'Clip sẵn sàng · khớp từng byte với tệp trên máy gửi.' : 'Clip sẵn sàng.',
  )
}

const makeCard = (first: MyStory, changed: () => void): Card => {
  const top = el('div', { class: 'card item' })
  const status = el('div', { class: 'item card-part' })
  const own = editor(first.story, changed)
  top.append(status, own.root)
  let shown = ''
  const update = (item: MyStory) => {
    own.update(item)
    const seen = JSON.stringify([
      item.title,
      item.state,
      item.outward,
      item.stateAt,
      item.reason,
      item.upload?.state,
      item.asset,
      item.thumb,
      item.proxy,
      waiting().includes(item.story),
      isSending(item.story),
      item.more,
    ])
    // A playing video and a focused button stay where they are while nothing changed.
    if (seen === shown) return
    shown = seen
    const reason =
      item.reason && isMine(item.state)
        ? el('p', { class: 'band amber' }, `Biên tập: ${item.reason}`)
        : null
    const parts = [head(item), reason, fileLine(item), moreLines(item)]
    status.replaceChildren(...parts.filter((part) => part !== null))
  }
  update(first)
  return { root: el('li', {}, top), update, tell: own.tell }
}

/** Hands in what waits for its file, once the file has been judged good. */
const handIn = async (item: MyStory): Promise<void> => {
  const { story, upload, state, deskRevision, more } = item
  if (!waiting().includes(story) || handingIn.has(story)) return
  // Closed before its file was begun: it is asked for, not handed in without.
  if (hasNoFile(item)) return
  // A file that goes out now takes the place of one that was refused before.
  if (isSending(story)) return
  if (!isMine(state) || ['refused', 'expired'].includes(upload?.state ?? ''))
    return waitNoMore(story)
  // Without a file, or with one that is not judged yet: only what is still on its way is waited for.
  const states = [upload?.state ?? '', ...more.map((one) => one.state)]
  if (states.some((one) => one === 'receiving' || one === 'received')) return
  handingIn.add(story)
  const answer = await call('POST', '/api/actions', {
    story,
    action: 'submit',
    revision: deskRevision,
  })
  handingIn.delete(story)
  // No answer, or somebody was faster: asked again with the next look.
  if (answer.status === 0 || answer.status === 409 || answer.status >= 500) return
  waitNoMore(story)
  const line = answer.status === 200 ? '' : helpOf(answer)
  cards.get(story)?.tell(line)
  say(line || `Đã gửi duyệt: ${item.title}`)
}

const isMoving = ({ upload, asset, more }: MyStory) =>
  [upload, ...more].some((one) => one?.state === 'received') ||
  (asset !== null && !['ready', 'failed'].includes(asset.state))

let timer: number | undefined
let stopped = true

/** Looks once now, then every few seconds while something moves and the page is seen. */
const look = async (): Promise<void> => {
  window.clearTimeout(timer)
  if (stopped) return
  const answer = await call('GET', '/api/my-stories')
  const items = answer.status === 200 ? (answer.body.items as MyStory[]) : null // `myStories` made it
  if (items) await show(items, answer.body.unfinished as Unfinished[]) // `myUnfinished` made it
  const busy = isSendingAny() || waiting().length > 0 || (items ?? []).some(isMoving)
  if (answer.status !== 401)
    timer = window.setTimeout(() => void look(), document.hidden ? 30_000 : busy ? 3_000 : 15_000)
}

const show = async (items: MyStory[], unfinished: Unfinished[]) => {
  const list = byId('items')
  byId('empty').hidden = items.length > 0
  byId('empty').textContent = 'Chưa có tin nào.'
  for (const [index, item] of items.entries()) {
    const card = cards.get(item.story) ?? makeCard(item, () => void look())
    cards.set(item.story, card)
    card.update(item)
    if (list.children[index] !== card.root)
      list.insertBefore(card.root, list.children[index] ?? null)
  }
  showUnfinished(unfinished, () => void look())
  for (const item of items) await handIn(item)
}

export const startMine = () => {
  document.addEventListener('visibilitychange', () => void (document.hidden || look()))
  return {
    look: () => void look(),
    open: () => {
      stopped = false
      void look()
    },
    close: () => {
      stopped = true
      window.clearTimeout(timer)
    },
  }
}
