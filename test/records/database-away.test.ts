import { afterAll, describe, expect, it } from '@jest/globals'
import { openNewsroom, type Newsroom } from '../support/newsroom'
import { openProxy, type Proxy } from '../support/proxy'
import { testConfiguration } from '../support/settings'

const onServer = testConfiguration() === 'production'
if (!onServer)
  process.stderr.write(
    'skipped: a database server that goes away; the embedded database has no server (HT_TEST_CONFIG=production)\n',
  )

let newsroom: Newsroom | undefined
let proxy: Proxy | undefined
afterAll(async () => {
  proxy?.mend()
  await newsroom?.close()
  await proxy?.close()
})

const throughProxy = async (): Promise<{ house: Newsroom; line: Proxy }> => {
  const server = new URL(process.env.MONGODB_TEST_URL ?? '')
  const line = await openProxy({ host: server.hostname, port: Number(server.port) })
  proxy = line
  const name = `ht_away_${Date.now()}`
  newsroom = await openNewsroom({
    DATABASE_URL: `mongodb://127.0.0.1:${line.port}/${name}?serverSelectionTimeoutMS=1500`,
  })
  return { house: newsroom, line }
}

/** Polls until it no longer throws. */
const once = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let left = 60; ; left--) {
    try {
      return await work()
    } catch (error) {
      if (left === 0) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

describe('a database that goes away', () => {
  it(
    onServer
      ? 'fails a change plainly while it is away, loses nothing, and works again when it is back'
      : 'is a case of the production configuration alone',
    async () => {
      if (!onServer) return expect(testConfiguration()).toBe('embedded')
      const { house, line } = await throughProxy()
      const db = await import('@/records/db')
      const { change } = await import('@/records/change')
      const { settleAll } = await import('@/records/settle')
      const { payload } = house
      const made = await db.insertRow({
        payload,
        collection: 'switches',
        data: { name: 'away', held: false, revision: 0, pending: false },
      })
      if (!made.ok) throw new Error('the switch is there already')
      const hold = (revision: number) =>
        change({
          payload,
          collection: 'switches',
          id: made.row.id,
          revision,
          set: { held: true },
          event: {
            action: 'hold',
            actor: { id: 'p', name: 'Thư ký', roles: 'secretariat' },
            at: new Date().toISOString(),
          },
        })
      line.cut()
      await expect(hold(0)).rejects.toThrow()
      line.mend()
      const row = await once(() => db.rowById(payload, 'switches', made.row.id))
      const changed = await once(() => hold(row?.revision ?? 0))
      expect(changed.ok).toBe(true)
      await settleAll(payload)
      const entries = await db.findRows({
        payload,
        collection: 'audit-entries',
        where: { subjectId: { equals: made.row.id } },
      })
      expect(entries).toHaveLength((row?.revision ?? 0) + 1)
    },
    90_000,
  )
})
