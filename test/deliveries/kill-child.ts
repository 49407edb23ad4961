/** A worker that knows deliveries only: sweeps until it is killed. Its platform is the double on this machine. */
import config from '@payload-config'
import { getPayload } from 'payload'
import { wait } from '@/clock'
import { sweepDeliveries } from '@/deliveries/sweep'
import { openStore } from '@/media/store'
import { guardedFetch } from '@/publishers'
import { youtubePublisher } from '@/publishers/youtube/publisher'
import { settleAll } from '@/records/settle'
import { checkSeal } from '@/signoff/seal'
import { readSeal } from '@/signoff/seals-kept'

const payload = await getPayload({ config, disableOnInit: true })
const store = openStore()
await store.ready()
process.stdout.write('ready\n')
for (;;) {
  await settleAll(payload)
  await sweepDeliveries({
    payload,
    store,
    checkSeal,
    readSeal,
    publishers: { youtube: youtubePublisher },
    fetch: guardedFetch({ allowLoopback: true }),
    timing: { absentApartMs: 1_500, pollMs: 100, slowMs: 500 },
  })
  await wait(50)
}
