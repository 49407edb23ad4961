/** A web process that knows one door: tus, on the port named by its argument. Killed at will. */
import config from '@payload-config'
import http from 'node:http'
import { Readable } from 'node:stream'
import { getPayload } from 'payload'
import { handleTus } from '@/assets/tus'

const payload = await getPayload({ config, disableOnInit: true })
const server = http.createServer((req, res) => {
  const body = ['POST', 'PATCH'].includes(req.method ?? '')
    ? { body: Readable.toWeb(req), duplex: 'half' }
    : {}
  const headers = Object.entries(req.headers).map(([name, value]) => [name, String(value)])
  const init = { method: req.method ?? 'GET', headers, ...body } as RequestInit
  void handleTus(payload, new Request(`http://${req.headers.host}${req.url}`, init)).then(
    async (answer) => {
      res.writeHead(answer.status, Object.fromEntries(answer.headers))
      res.end(Buffer.from(await answer.arrayBuffer()))
    },
  )
})
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.stdout.write('ready\n'))
