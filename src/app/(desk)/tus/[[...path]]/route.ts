import config from '@payload-config'
import { getPayload } from 'payload'
import { handleTus } from '@/assets/tus'

export const dynamic = 'force-dynamic'

const tus = async (request: Request): Promise<Response> =>
  handleTus(await getPayload({ config }), request)

export const POST = tus
export const PATCH = tus
export const HEAD = tus
export const DELETE = tus
export const OPTIONS = tus
