import config from '@payload-config'
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { getPayload, type Payload } from 'payload'
import { wait } from '../../src/clock'
import { hashFile } from '../../src/media/digest'
import { probe } from '../../src/media/probe'
import { openStore, type Store } from '../../src/media/store'
import { findRows, insertRow } from '../../src/records/db'

/**
 * node scripts/run.mjs scripts/bench/batch-desk.ts CLIPS: the desk's side of the batch. Fills an empty newsroom with the
 * clips of the folder, says «filled», and when the workers have made them all says how long that took, in seconds.
 */
const put = async (payload: Payload, store: Store, file: string): Promise<void> => {
  const probed = await probe(file)
  if (!probed.ok) throw new Error(`refused: ${probed.reason}`)
  const { sha256, bytes } = await hashFile(file)
  const storeKey = `originals/${randomBytes(16).toString('hex')}/source`
  await store.putFile(storeKey, file, { mime: 'video/mp4' })
  const made = await insertRow({
    payload,
    collection: 'assets',
    data: {
      title: path.basename(file),
      sha256,
      storeKey,
      kind: 'video',
      mime: 'video/mp4',
      bytes,
      facts: JSON.stringify(probed.facts),
      durationSeconds: probed.facts.durationSeconds,
      state: 'stored',
      progress: 0,
      failures: 0,
      leaseBy: '',
      leaseUntil: 0,
      revision: 0,
      pending: false,
    },
  })
  if (!made.ok) throw new Error('two clips of the same bytes')
}

const main = async (): Promise<void> => {
  const folder = process.argv[2] ?? ''
  const payload = await getPayload({ config, disableOnInit: true })
  const store = openStore()
  const ready = await store.ready()
  if (!ready.ok) throw new Error(ready.line)
  const names = readdirSync(folder).sort()
  for (const name of names) await put(payload, store, path.join(folder, name))
  process.stdout.write('filled\n')
  for (;;) {
    const rows = await findRows({ payload, collection: 'assets', where: {} })
    const failed = rows.find(({ state }) => state === 'failed')
    if (failed) throw new Error(`a clip failed: ${failed.failure}`)
    if (rows.every(({ state }) => state === 'ready')) break
    await wait(200)
  }
  process.stdout.write(`took ${await secondsOf(payload)}\n`)
}

/** From the first claim to the last clip that was said to be ready: the start of the workers is not in it. */
const secondsOf = async (payload: Payload): Promise<number> => {
  const rows = await findRows({ payload, collection: 'assets', where: {} })
  const said = await findRows({
    payload,
    collection: 'audit-entries',
    where: { action: { equals: 'asset.ready' } },
  })
  const first = Math.min(...rows.map(({ startedAt }) => startedAt ?? Number.NaN))
  return (Math.max(...said.map(({ at }) => Date.parse(at))) - first) / 1_000
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
    process.exit(1)
  },
)
