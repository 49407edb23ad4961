import { open } from 'node:fs/promises'
import net from 'node:net'
import { lineOf, type Refusal } from '../errors'
import { refuseMedia } from './refusals'

/**
 * A virus scanner beside us: clamd's own INSTREAM, over its socket. Written here because it is four lines of protocol;
 * the scanner never sees a path of ours and needs no right on the spool.
 */
export type Scanned = { verdict: 'clean' } | Refusal | { verdict: 'away'; line: string }

const CHUNK = 256 * 1024
/** clamd reads archives after the last byte before it answers; its own MaxScanTime is two minutes. */
const SILENCE_MS = 180_000
const LONGEST_ANSWER = 4096

const addressOf = (url: string): net.NetConnectOpts => {
  if (url.startsWith('unix:')) return { path: url.slice('unix:'.length) }
  const { hostname, port } = new URL(url)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) }
}

/**
 * What an answer means. The limits are the scanner's: with `AlertExceedsMax` it names them like a virus, and without
 * it calls what it did not look at clean.
 */
export const readAnswer = (answer: string): Scanned => {
  const line = answer.replaceAll('\0', '').trim()
  if (line === 'stream: OK') return { verdict: 'clean' }
  const found = /^stream: (.+) FOUND$/.exec(line)?.[1]
  if (found?.startsWith('Heuristics.Limits.Exceeded') || /size limit exceeded/i.test(line)) {
    return refuseMedia('scan-limit', { line })
  }
  if (found) return refuseMedia('infected', { found })
  return { verdict: 'away', line: line || 'the scanner hung up without an answer' }
}

/** Asks the scanner about a file. Anything but a plain answer means that it is away: nothing passes on a doubt. */
export const scanFile = async (
  file: string,
  {
    url,
    signal,
    silenceMs = SILENCE_MS,
  }: { url: string; signal?: AbortSignal; silenceMs?: number },
): Promise<Scanned> => {
  const socket = net.connect(addressOf(url))
  const line = hearing(socket, silenceMs)
  const stop = () => socket.destroy(new Error('cancelled'))
  signal?.addEventListener('abort', stop, { once: true })
  try {
    // A scanner that has its answer hangs up in the middle: then the answer counts, not the broken pipe.
    const sent = send(socket, file).then(
      () => '',
      (error: unknown) => lineOf(error),
    )
    const heard = await line
    if (heard.answer) return readAnswer(heard.answer)
    return { verdict: 'away', line: heard.error || (await sent) || 'no answer' }
  } finally {
    signal?.removeEventListener('abort', stop)
    socket.destroy()
  }
}

type Heard = { answer: string; error: string }

/** One answer: all up to a NUL. Without it the scanner died while it spoke, and half an "OK" is none. */
const hearing = (socket: net.Socket, silenceMs: number) =>
  new Promise<Heard>((resolve) => {
    let said = ''
    let error = ''
    socket.setTimeout(silenceMs, () => socket.destroy(new Error('the scanner is silent')))
    socket.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      if (said.includes('\0')) resolve({ answer: said.slice(0, said.indexOf('\0') + 1), error: '' })
      else if (said.length > LONGEST_ANSWER) socket.destroy(new Error('the scanner says too much'))
    })
    socket.on('error', (thrown) => (error = lineOf(thrown)))
    socket.on('close', () => resolve({ answer: '', error }))
  })

const send = async (socket: net.Socket, file: string): Promise<void> => {
  const handle = await open(file, 'r')
  try {
    await write(socket, 'zINSTREAM\0')
    const buffer = Buffer.alloc(CHUNK + 4)
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 4, CHUNK)
      // A chunk of no bytes is the end.
      buffer.writeUInt32BE(bytesRead, 0)
      await write(socket, buffer.subarray(0, 4 + bytesRead))
      if (bytesRead === 0) return
    }
  } finally {
    await handle.close()
  }
}

/** Returns when the bytes left our hands, so that one buffer serves the whole file. */
const write = (socket: net.Socket, bytes: Uint8Array | string) =>
  new Promise<void>((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
