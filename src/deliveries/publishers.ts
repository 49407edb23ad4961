import { env } from '@/env'
import { guardedFetch, publishersWith, type Publisher } from '@/publishers'

/** What the web process needs of the publishers: to prove an account, and nothing that sends. */
export type Connecting = {
  connectors: Record<string, Publisher['connect']>
  fetch: typeof globalThis.fetch
  /** DEMO_PLATFORMS: platforms on this machine only, and no real token. */
  demo: boolean
}

const never = () => Promise.reject(new Error('the web process sends nothing'))

/** The connectors of every platform, for the switchboard. The hands of the website are tied. */
export const connecting = (): Connecting => {
  const website = {
    stageEdition: never,
    verifyStaged: never,
    saveEdition: never,
    withdrawEdition: never,
    findEdition: never,
    publicUrl: env.PUBLIC_URL,
  }
  const all = Object.entries(publishersWith({ website }))
  return {
    connectors: Object.fromEntries(
      all.map(([name, publisher]) => [name, publisher.connect] as const),
    ),
    fetch: guardedFetch({ allowLoopback: env.DEMO_PLATFORMS }),
    demo: env.DEMO_PLATFORMS,
  }
}
