import config from '@payload-config'
import { getPayload } from 'payload'
import { openStore, type Store } from '@/media/store'
import { readEditions } from '@/site/reading'

let store: Store | undefined

/** What the public doors stand on; opened once in each web process. */
export const siteHands = async () => {
  store ??= openStore()
  return { reading: readEditions(await getPayload({ config })), store }
}
