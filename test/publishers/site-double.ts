import { createServer } from 'node:http'
import type { FoundEdition, WebsiteHands } from '../../src/publishers/website/publisher'

/** What a stranger meets at our address, reduced to what the website publisher looks at. */
export type SiteDouble = {
  hands: WebsiteHands
  live: () => number
  loseNextSave: () => void
  /** A withdrawal that forgets the media: what a careless server would do. */
  forgetMedia: () => void
  showOtherDigest: (digest: string) => void
  close: () => Promise<void>
}

export const startSiteDouble = async (): Promise<SiteDouble> => {
  const editions = new Map<string, FoundEdition>()
  let lose = false
  let mediaStay = false
  let shown: string | null = null
  const isThere = (path: string): { status: number; body: string } => {
    for (const edition of editions.values()) {
      const live = edition.state === 'live'
      if (edition.path === path) {
        const page = `<head><meta name="ht-edition" content="${shown ?? edition.digest}"></head>`
        return { status: live ? 200 : 410, body: live ? page : '' }
      }
      if (edition.mediaPaths.includes(path))
        return { status: live || mediaStay ? 206 : 410, body: 'x' }
    }
    return { status: 404, body: '' }
  }
  const server = createServer((request, response) => {
    const { status, body } = isThere(request.url ?? '/')
    response.writeHead(status, { 'content-type': 'text/html' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const publicUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const hands: WebsiteHands = {
    publicUrl,
    stageEdition: async () => ({ ok: true }),
    verifyStaged: async () => ({ ok: true, hashed: '' }),
    saveEdition: async ({ work }) => {
      const media = [
        `/media/${work.deliveryId}/master.m3u8`,
        `/media/${work.deliveryId}/poster.jpg`,
      ]
      const edition = { path: `/${work.story.slug}`, digest: work.sealDigest, mediaPaths: media }
      if (!editions.has(work.deliveryId))
        editions.set(work.deliveryId, { ...edition, state: 'live' })
      if (!lose) return { ok: true, ...edition }
      lose = false
      throw new Error('connection ended')
    },
    withdrawEdition: async ({ deliveryId }) => {
      const edition = editions.get(deliveryId)
      if (edition) editions.set(deliveryId, { ...edition, state: 'withdrawn' })
      return { ok: true, mediaPaths: edition?.mediaPaths ?? [] }
    },
    findEdition: async ({ deliveryId }) => editions.get(deliveryId) ?? null,
  }
  return {
    hands,
    live: () => [...editions.values()].filter((edition) => edition.state === 'live').length,
    loseNextSave: () => {
      lose = true
    },
    forgetMedia: () => {
      mediaStay = true
    },
    showOtherDigest: (digest) => {
      shown = digest
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
