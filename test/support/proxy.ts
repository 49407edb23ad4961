import { connect, createServer, type Socket } from 'node:net'

/** A TCP proxy on loopback that a test may cut and mend: a server that goes away and comes back. */
export type Proxy = {
  port: number
  cut: () => void
  mend: () => void
  close: () => Promise<void>
  /** How many bytes went through, both ways. */
  bytes: () => number
  /** Resolves when so many have. */
  passed: (bytes: number) => Promise<void>
}

export const openProxy = async (to: { host: string; port: number }): Promise<Proxy> => {
  const open = new Set<Socket>()
  let whole = true
  let bytes = 0
  const waiting: { bytes: number; resolve: () => void }[] = []
  const count = (chunk: Buffer) => {
    bytes += chunk.length
    for (const one of waiting) if (bytes >= one.bytes) one.resolve()
  }
  const server = createServer((near) => {
    if (!whole) return void near.destroy()
    const far = connect(to)
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('data', count)
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const cutAll = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut: () => {
      whole = false
      cutAll()
    },
    mend: () => {
      whole = true
    },
    bytes: () => bytes,
    passed: (most) =>
      new Promise((resolve) => {
        if (bytes >= most) resolve()
        else waiting.push({ bytes: most, resolve })
      }),
    close: () => {
      cutAll()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
