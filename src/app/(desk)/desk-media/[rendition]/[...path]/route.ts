import config from '@payload-config'
import { getPayload } from 'payload'
import { serveDeskMedia } from '@/assets/desk-media'
import { openStore, type Store } from '@/media/store'

export const dynamic = 'force-dynamic'

type Params = { params: Promise<{ rendition: string; path: string[] }> }

let store: Store | undefined

const serve = async (request: Request, { params }: Params): Promise<Response> => {
  const { rendition, path } = await params
  store ??= openStore()
  return serveDeskMedia({
    payload: await getPayload({ config }),
    store,
    request,
    rendition,
    path: path.join('/'),
  })
}

export const GET = serve
export const HEAD = serve
