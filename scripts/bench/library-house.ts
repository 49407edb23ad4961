import { createServer } from 'node:http'
import config from '@payload-config'
import { getPayload, handleEndpoints } from 'payload'

/**
 * A web process of its own for `library.ts`: a house that is filled already, its API behind a socket, and three editors
 * signed in. Says in one line where it listens, then waits to be ended.
 */
const PEOPLE = 3
const payload = await getPayload({ config, disableOnInit: true })

const signedIn = async (n: number): Promise<string> => {
  const [email, password] = [`editor.${n}@bench.test`, 'a-password-of-the-bench']
  await payload.create({
    collection: 'users',
    data: { name: `Editor ${n}`, email, password, roles: ['editor'], active: true },
  })
  return (await payload.login({ collection: 'users', data: { email, password } })).token ?? ''
}
const tokens = await Promise.all(Array.from({ length: PEOPLE }, (_, n) => signedIn(n)))

const server = createServer((request, response) => {
  const answer = async () => {
    const asked = new Request(`http://127.0.0.1${request.url ?? '/'}`, {
      headers: { Authorization: request.headers.authorization ?? '' },
    })
    const said = await handleEndpoints({ config, request: asked })
    response.writeHead(said.status, { 'Content-Type': 'application/json' })
    response.end(await said.text())
  }
  answer().catch((error: unknown) => {
    response.writeHead(500)
    response.end(String(error))
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  process.stdout.write(`${JSON.stringify({ port, tokens, pid: process.pid })}\n`)
})
