import { env } from '../src/env'

/** Prints the settings as the newsroom reads them, without its secrets, for the start script. */
const { PAYLOAD_SECRET, VAULT_KEY, S3_SECRET_ACCESS_KEY, ...open } = env
process.stdout.write(
  JSON.stringify({
    ...open,
    secretsGiven: [PAYLOAD_SECRET, VAULT_KEY, S3_SECRET_ACCESS_KEY].filter(Boolean).length,
  }),
)
