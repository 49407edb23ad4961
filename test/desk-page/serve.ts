import http from 'node:http'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import path from 'node:path'
import type { Newsroom } from '../support/newsroom'

/** Bundles the page's script as the build does; where it lies. */
export const bundlePage = async (folder: string): Promise<string> => {
  const { build } = await import('esbuild')
  const outfile = path.join(folder, 'gui-tin.js')
  await build({
    entryPoints: ['src/app/(desk)/client/gui-tin.ts'],
    outfile,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2020',
    legalComments: 'none',
    tsconfig: 'tsconfig.json',
    logLevel: 'error',
  })
  return outfile
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = http.createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })

type Handler = (request: Request, url: URL) => Promise<Response>

/** The doors that the page uses, on one socket, without Next: the route functions are the real ones. */
const doors = async (newsroom: Newsroom, script: string): Promise<[string, Handler][]> => {
  const { handleEndpoints } = await import('payload')
  const { default: config } = await import('@payload-config')
  const { handleTus } = await import('@/assets/tus')
  const { serveDeskMedia } = await import('@/assets/desk-media')
  const { openStore } = await import('@/media/store')
  const page = await import('@/app/(desk)/gui-tin/route')
  const { payload } = newsroom
  const store = openStore()
  return [
    ['/gui-tin', async () => page.GET()],
    [
      '/js/',
      async () =>
        new Response(new Uint8Array(await readFile(script)), {
          headers: { 'Content-Type': 'text/javascript' },
        }),
    ],
    ['/tus', (request) => handleTus(payload, request)],
    ['/api/', (request) => handleEndpoints({ config, request })],
    [
      '/desk-media/',
      (request, { pathname }) => {
        const [, , rendition = '', ...rest] = pathname.split('/')
        return serveDeskMedia({ payload, store, request, rendition, path: rest.join('/') })
      },
    ],
  ]
}

export const servePage = async (newsroom: Newsroom, port: number) => {
  const table = await doors(newsroom, await bundlePage(newsroom.folder))
  /** Bytes of PATCH bodies that came in, for a test that counts what is sent twice. */
  const counted = { patched: 0 }
  const server = http.createServer((req, res) => {
    const url = new URL(req.url ?? '/', `http://127.0.0.1:${port}`)
    const withBody = !['GET', 'HEAD'].includes(req.method ?? '')
    if (req.method === 'PATCH' && url.pathname.startsWith('/tus'))
      req.on('data', (chunk: Buffer) => (counted.patched += chunk.length))
    const request = new Request(url, {
      method: req.method ?? 'GET',
      headers: Object.entries(req.headers).map(([name, value]) => [name, String(value)]) as [
        string,
        string,
      ][],
      ...(withBody ? { body: Readable.toWeb(req), duplex: 'half' } : {}),
    } as RequestInit)
    const handler = table.find(([prefix]) => url.pathname.startsWith(prefix))?.[1]
    const answered = handler
      ? handler(request, url)
      : Promise.resolve(new Response(null, { status: 404 }))
    answered
      .then(async (answer) => {
        res.writeHead(answer.status, [...answer.headers].flat())
        res.end(Buffer.from(await answer.arrayBuffer()))
      })
      .catch(() => res.destroy())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { origin: `http://127.0.0.1:${port}`, counted, close }
}
