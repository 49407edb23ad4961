/** A web process as far as its spool: shares it, or is refused. */
import config from '@payload-config'
import { getPayload } from 'payload'
import { shareSpool } from '@/app/shared-spool'

const payload = await getPayload({ config, disableOnInit: true })
await shareSpool(payload)
process.stdout.write('ready\n')
// Lives on until it is killed, as a server does.
setInterval(() => undefined, 1_000)
