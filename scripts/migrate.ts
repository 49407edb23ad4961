import config from '@payload-config'
import { getPayload } from 'payload'

/**
 * Brings the database to the shape of this build and ends: on SQLite the migrations run while Payload opens it, on
 * MongoDB the indexes are made. One process does this before web and worker start; two at once would race.
 */
const payload = await getPayload({ config, disableOnInit: true })
await payload.destroy()
process.stdout.write('The database has the shape of this build.\n')
process.exit(0)
