/** A worker that knows one job: processes the asset named by its argument until it is done. Killed at will. */
import config from '@payload-config'
import { getPayload } from 'payload'
import { processAsset } from '@/assets/process'
import { wait } from '@/clock'
import { openStore } from '@/media/store'

const asset = process.argv[2] ?? ''
const payload = await getPayload({ config, disableOnInit: true })
const store = openStore()
await store.ready()
process.stdout.write('ready\n')
for (;;) {
  const heard = await processAsset({ payload, store, asset }).catch((error: unknown) => {
    process.stdout.write(`failed ${String(error)}\n`)
    return 'later' as const
  })
  if (heard !== 'later') break
  await wait(100)
}
process.stdout.write('done\n')
process.exit(0)
