import { siteMedia } from '@/site/serve-media'
import { siteHands } from '../../site-hands'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ path: string[] }> }

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { reading, store } = await siteHands()
  const { path } = await params
  return siteMedia({ reading, store, request, segments: path })
}

export const HEAD = GET
