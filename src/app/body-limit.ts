import { refuse } from '@/errors'

/** The longest story is 40,000 signs a field; files come by another door. */
export const MOST_BYTES = 1_000_000

/** Ten thousand captions of a long programme, or their file. */
const CAPTIONS_BYTES = 4_000_000
const mostFor = (request: Request): number =>
  new URL(request.url).pathname.startsWith('/api/captioning/') ? CAPTIONS_BYTES : MOST_BYTES

export type Handle<C> = (request: Request, context: C) => Promise<Response>

const no = (status: number, reason: string, vi: string, en: string) =>
  Response.json(refuse(reason, { vi, en }), { status, headers: { 'Cache-Control': 'no-store' } })

/**
 * Payload reads a whole body into memory before it asks who sent it: a stranger's gigabyte would take the newsroom
 * down. Node holds a sender to the length they named, so naming one is all that is asked.
 */
export const limited =
  <C>(handle: Handle<C>): Handle<C> =>
  async (request, context) => {
    if (request.headers.has('transfer-encoding'))
      return no(411, 'length', 'Thiếu độ dài của yêu cầu.', 'The length of the request is missing.')
    if (Number(request.headers.get('content-length') ?? 0) > mostFor(request))
      return no(413, 'too-big', 'Nội dung gửi lên quá dài.', 'The request is too long.')
    return handle(request, context)
  }
