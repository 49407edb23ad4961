import net from 'node:net'
import { Stop } from './say.mjs'

const DEFAULT_PORT = 3000
const LAST_PORT = 65_535

/** Is somebody listening there already? `true`, or the system's word for why not. */
export const portIsFree = (port, host) =>
  new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', (error) => resolve(error.code))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })

export const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

const another = (port) =>
  `Choose another:  PORT=${port >= 1024 && port < LAST_PORT ? port + 1 : DEFAULT_PORT} npm start`
const THIS_MACHINE =
  'Take HOST out of .env, or use 127.0.0.1 (this machine only) or 0.0.0.0 (everybody).'

/** What each refusal of the system means, and what to do about it. */
const REFUSED = {
  EADDRINUSE: (port) => [`Port ${port} is taken by another program.`, another(port)],
  EACCES: (port) => [`Port ${port} needs more rights than this user has.`, another(port)],
  EADDRNOTAVAIL: (_port, host) => [`HOST ${host} is not an address of this machine.`, THIS_MACHINE],
  ENOTFOUND: (_port, host) => [`HOST ${host} is no address and no known name.`, THIS_MACHINE],
  EAI_AGAIN: (_port, host) => [`HOST ${host} is no address and no known name.`, THIS_MACHINE],
}

export const port = async (number, host) => {
  const free = await portIsFree(number, host)
  if (free === true) return `${host}:${number} is free`
  const lines = REFUSED[free]?.(number, host)
  throw new Stop(lines ?? [`Cannot listen on ${host}:${number} (${free}).`, another(number)])
}

/** The same line as src/env.ts gives; here before there are packages to read the settings with. */
export const portLine = (given) =>
  `PORT: đang là "${given}", cần số nguyên từ 1 đến 65535 · holds "${given}", expected a whole number from 1 to 65535`

/** The port of the raw settings, or a refusal in the words of the settings. */
export const portOf = ({ PORT }) => {
  const number = Number(PORT || DEFAULT_PORT)
  if (Number.isInteger(number) && number >= 1 && number <= LAST_PORT) return number
  throw new Stop(['The settings are not usable:', `- ${portLine(PORT)}`, 'See .env.example.'], 78)
}
