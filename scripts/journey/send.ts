import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Upload } from 'tus-js-client'
import { at, list, must, number, text, until, type Person } from './client'
import { done, proof, step } from './report'

export type Sent = { story: string; sha256: string }

const CHUNK = 256 * 1024

/** Sends the file, cuts the line once in the middle, and goes on from the byte the server kept. */
const sendCut = async (base: string, reporter: Person, story: string, file: string) => {
  const bytes = readFileSync(file)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const options = {
    endpoint: `${base}/tus`,
    chunkSize: CHUNK,
    headers: { authorization: `JWT ${reporter.token}` },
    metadata: { filename: 'hiện trường.mp4', story, sha256 },
  }
  const first = await new Promise<{ url: string; kept: number }>((resolve, reject) => {
    const upload: Upload = new Upload(bytes, {
      ...options,
      onError: reject,
      onChunkComplete: (_size, accepted) => {
        if (accepted >= bytes.length / 2 || accepted < CHUNK) return
        void upload.abort().then(() => resolve({ url: upload.url ?? '', kept: accepted }))
      },
      onSuccess: () => resolve({ url: upload.url ?? '', kept: bytes.length }),
    })
    upload.start()
  })
  let resumedFrom = 0
  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(bytes, {
      ...options,
      uploadUrl: first.url,
      onError: reject,
      onBeforeRequest: (request) => {
        const offset = request.getHeader('Upload-Offset')
        if (request.getMethod() === 'PATCH' && resumedFrom === 0) resumedFrom = Number(offset)
      },
      onSuccess: () => resolve(),
    })
    upload.start()
  })
  return { sha256, bytes: bytes.length, cutAt: first.kept, resumedFrom }
}

/** Step 1: the reporter writes the story and sends the clip over a line that breaks. */
export const sendStory = async (base: string, reporter: Person, file: string): Promise<Sent> => {
  step('1. Gửi tin: the reporter writes, uploads, loses the line, and goes on at the byte')
  const sections = await reporter.get('/sections?limit=1&sort=slug')
  const sources = await reporter.get('/sources?limit=1&where[own][equals]=true')
  const made = await reporter.post('/stories', {
    kind: 'clip',
    title: 'Chè Tân Cương vào vụ: hợp tác xã bán hàng qua livestream',
    summary: 'Các hộ trồng chè tự bán chè búp khô tới nhiều tỉnh.',
    body: 'Từ đầu tháng Mười một, sáu mươi tư tấn chè búp khô đã lên đường.',
    section: text(sections.body, 'docs.0.id'),
    source: text(sources.body, 'docs.0.id'),
    note: 'Quay sáng nay.',
  })
  must(made.status === 201, 'the story was not made', made)
  const story = text(made.body, 'doc.id')
  const sent = await sendCut(base, reporter, story, file)
  must(sent.resumedFrom > 0 && sent.resumedFrom < sent.bytes, 'the upload did not resume', sent)
  proof('story', story)
  proof(
    'upload',
    `${sent.bytes} bytes, line cut at ${sent.cutAt}, resumed at byte ${sent.resumedFrom}`,
  )

  const upload = await until('the upload is accepted', 60, async () => {
    const mine = await reporter.get(
      `/uploads?where[story][equals]=${story}&limit=1&sort=-createdAt`,
    )
    const row = at(mine.body, 'docs.0')
    must(text(row, 'state') !== 'refused', 'the clip was refused', row)
    return text(row, 'state') === 'accepted' ? row : null
  })
  must(
    text(upload, 'sha256') === sent.sha256,
    'the bytes that arrived are not the bytes sent',
    upload,
  )
  proof('sha-256', `${sent.sha256} on both sides`)
  done()
  return { story, sha256: sent.sha256 }
}

/** Step 2: the worker's progress is seen live, then every rendition is there, whole. */
export const awaitRenditions = async (reporter: Person, editor: Person, story: string) => {
  step('2. The worker: proxy first, then one decode for the ladder and the MP4; sound apart')
  const seen = new Set<number>()
  await until('the renditions are made', 300, async () => {
    const mine = await reporter.get('/my-stories')
    const item = list(mine.body, 'items').find((row) => text(row, 'story') === story)
    const asset = at(item, 'asset')
    must(text(asset, 'state') !== 'failed', 'transcoding failed', asset)
    seen.add(number(asset, 'progress'))
    return text(asset, 'state') === 'ready' ? asset : null
  })
  const room = await editor.get(`/desk/story/${story}`)
  const renditions = list(room.body, 'renditions')
  for (const recipe of ['proxy', 'web-hls', 'web-mp4', 'poster'])
    must(
      renditions.some((row) => text(row, 'recipe') === recipe),
      `no rendition ${recipe}`,
      renditions.length,
    )
  for (const row of renditions) {
    const size = `${text(row, 'width')}×${text(row, 'height')}`
    proof(text(row, 'recipe'), `${size}, sha-256 ${text(row, 'digest').slice(0, 16)}…`)
  }
  const mp4 = renditions.find((row) => text(row, 'recipe') === 'web-mp4')
  const loudness = number(mp4, 'loudness')
  must(
    Number.isNaN(loudness) || loudness === 0 || Math.abs(loudness + 16) <= 0.6,
    'the sound is not at −16 LUFS',
    loudness,
  )
  proof('sound', `${loudness} LUFS`)
  proof('progress seen', `${seen.size} different values`)
  done()
}
