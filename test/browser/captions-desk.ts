import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Upload } from 'tus-js-client'
import { list, number, text, type Person } from '../../scripts/journey/client'
import { makeClip } from '../../scripts/lib/clip'
import { awaitDelivery, bring, everybody, insist, room, watchThrough } from '../support/drive'
import type { Room } from '../support/room'

const SECONDS = 8

const send = (house: Room, reporter: Person, story: string, bytes: Buffer) =>
  new Promise<void>((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: `${house.base}/tus`,
      chunkSize: 8 * 1024 ** 2,
      retryDelays: Array<number>(20).fill(500),
      headers: { authorization: `JWT ${reporter.token}` },
      metadata: { filename: 'clip.mp4', story },
      onError: reject,
      onSuccess: () => resolve(),
    })
    upload.start()
  })

/** One clip on its way through the newsroom, as far as the captions need people other than the one at the browser. */
export const captionsDesk = async (house: Room) => {
  const as = await everybody(house.base, house.dataDir)
  const [reporter, editor, head, audience] = ['reporter', 'editor', 'head', 'audience'].map(as)
  if (!reporter || !editor || !head || !audience) throw new Error('somebody is missing')
  const idOf = async (where: string) => text((await editor.get(where)).body, 'docs.0.id')
  const website = await idOf('/channels?where[platform][equals]=website&limit=1')
  const made = await reporter.post('/stories', {
    kind: 'clip',
    title: 'Chè Tân Cương vào vụ',
    summary: 'Một câu sapo.',
    body: 'Một đoạn.',
    section: await idOf('/sections?limit=1'),
    source: await idOf('/sources?limit=1&where[own][equals]=true'),
  })
  const story = text(made.body, 'doc.id')
  const file = path.join(house.dataDir, 'clip.mp4')
  await makeClip({ file, palette: 'dusk', seed: 7, seconds: SECONDS })
  await send(house, reporter, story, readFileSync(file))
  const ready = await insist('the clip is made', 400, async () => {
    const found = await room(editor, story)
    return text(found, 'asset.state') === 'ready' ? found : null
  })
  const asset = text(ready, 'asset.id')

  const rows = async () => list((await editor.get(`/captioning/of/${asset}`)).body, 'captions')
  const row = async (language: string) =>
    (await rows()).find((one) => text(one, 'language') === language)
  const saved = (language: string, cues: unknown[]) =>
    insist('the captions are saved', 30, async () => {
      const found = await row(language)
      const words = list(found, 'cues').map((cue) => text(cue, 'text'))
      return JSON.stringify(words) === JSON.stringify(cues) ? found : null
    })
  /** As a colleague at another desk would: one caption of two seconds for each of the words. */
  const write = async (language: string, ...words: string[]) => {
    const now = await row(language)
    const cues = words.map((one, at) => ({ start: 500 + at * 2_500, end: 2_500 + at * 2_500, text: one })) // prettier-ignore
    const revision = now === undefined ? -1 : number(now, 'revision')
    const answer = await editor.post('/captioning/save', { asset, language, revision, cues })
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  }
  const accept = async (language: string) => {
    const now = await row(language)
    const body = { id: text(now, 'id'), revision: number(now, 'revision') }
    const answer = await editor.post('/captioning/accept', body)
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  }

  /** From the draft to what a stranger reads. */
  const publish = async (): Promise<string> => {
    await bring({ person: reporter, story, action: 'submit', to: ['submitted'], reader: editor })
    await bring({ person: editor, story, action: 'take', to: ['in-review'], reader: editor })
    await editor.post('/variants', { story, channel: website, title: 'Chè Tân Cương vào vụ', text: 'Một câu sapo.', tags: '' }) // prettier-ignore
    await bring({ person: editor, story, action: 'clear', to: ['cleared'], reader: editor })
    await watchThrough(head, story)
    const more = { channels: [website] }
    await bring({ person: head, story, action: 'sign', to: ['signed'], more, reader: head })
    await audience.post('/plan', { story, channel: website, dueAt: 'now' })
    return text(await awaitDelivery(audience, story, website, 'published', 90), 'delivery.url')
  }

  const sealState = async () => text(list(await room(head, story), 'variants')[0], 'seal.state')
  return { story, asset, saved, write, accept, publish, row, sealState }
}
