import { connect, createServer, type Socket } from 'node:net'

/** A TCP proxy on loopback that a test may cut and mend: a server that goes away and comes back. */
export type Proxy = { port: number; cut: () => void; mend: () => void; close: () => Promise<void> }

export const openProxy = async (to: { host: string; port: number }): Promise<Proxy> => {
  const open = new Set<Socket>()
  let whole = true
  const server = createServer((near) => {
    if (!whole) return void near.destroy()
    const far = connect(to)
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => undefined)
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
    close: () => {
      cutAll()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
