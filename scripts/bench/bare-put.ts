import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

/**
 * The least that a Node server can do with the same pieces: PUT at an offset, written to a file, hashed on the way, on
 * the disk when the last one is answered. In a process of its own, as web is.
 */
const SERVER = `
const http = require('node:http'), fs = require('node:fs'), crypto = require('node:crypto')
const { pipeline } = require('node:stream/promises')
const file = process.argv[1]
let hash = crypto.createHash('sha256')
http.createServer(async (req, res) => {
  const at = Number(req.headers['x-offset']), whole = Number(req.headers['x-whole'])
  if (at === 0) { hash = crypto.createHash('sha256'); fs.writeFileSync(file, '') }
  req.on('data', (piece) => hash.update(piece))
  await pipeline(req, fs.createWriteStream(file, { flags: 'r+', start: at }))
  if (fs.statSync(file).size < whole) return res.end()
  const handle = fs.openSync(file, 'r')
  fs.fsyncSync(handle)
  fs.closeSync(handle)
  res.end(hash.digest('hex'))
}).listen(0, '127.0.0.1', function () { process.stdout.write(String(this.address().port)) })
`

export const bareServer = async (folder: string) => {
  const child = spawn(process.execPath, ['-e', SERVER, path.join(folder, 'bare-put')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(child.stdout, 'data')
  return {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${String(said)}`,
    close: async () => {
      const gone = once(child, 'exit')
      child.kill()
      await gone
    },
  }
}
