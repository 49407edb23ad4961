import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { Stop } from './say.mjs'

/** The system's limit for a socket's path, less the final zero byte. */
const SOCKET_PATH_MAX = 107

/** Asks a Redis one thing over its socket; `undefined` when nobody answers. */
export const ask = (socket, command, timeout = 2_000) =>
  new Promise((resolve) => {
    const connection = net.connect(socket)
    const end = (answer) => {
      connection.destroy()
      resolve(answer)
    }
    connection.setTimeout(timeout, () => end(undefined))
    connection.once('error', () => end(undefined))
    connection.once('close', () => resolve(''))
    connection.once('data', (data) => end(data.toString().trim()))
    connection.once('connect', () => connection.write(`${command}\r\n`))
  })

export const answers = async (socket) => (await ask(socket, 'PING'))?.startsWith('+PONG') ?? false

/** Where its socket lies; refused where the system could not open it. */
export const redisSocket = (dataDir) => {
  const socket = path.join(dataDir, 'redis.sock')
  if (Buffer.byteLength(socket) <= SOCKET_PATH_MAX) return socket
  throw new Stop([
    `The path of the Redis socket is too long for this system (${Buffer.byteLength(socket)} bytes, at most ${SOCKET_PATH_MAX}): ${socket}`,
    'Move the folder to a shorter path, or set DATA_DIR to one.',
  ])
}

/** A folder only we may enter, so that the socket needs no password. */
export const redisPlace = (dataDir) => {
  const socket = redisSocket(dataDir)
  const folder = path.join(dataDir, 'redis')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(dataDir, 0o700)
  chmodSync(folder, 0o700)
  return { socket, folder }
}

/** Our own Redis: no TCP port, each write kept in the append-only file within a second. */
export const redisArgs = ({ socket, folder }) => [
  ...['--port', '0', '--unixsocket', socket, '--unixsocketperm', '700'],
  ...['--dir', folder, '--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''],
  ...['--daemonize', 'no', '--maxmemory-policy', 'noeviction'],
]

/** A Redis that an earlier, killed start left behind is shut down; its data stay. */
export const endLeftover = async (socket) => {
  if (!existsSync(socket) || !(await answers(socket))) return
  await ask(socket, 'SHUTDOWN', 10_000)
}
