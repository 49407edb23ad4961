import { sitePage } from '@/site/pages'
import { siteHands } from '../site-hands'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ path?: string[] }> }

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { reading } = await siteHands()
  const { path = [] } = await params
  return sitePage({ reading, request, segments: path })
}

export const HEAD = GET
