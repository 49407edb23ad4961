import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { getPayload } from 'payload'
import config from '@payload-config'
import { readAnchors } from '@/audit/anchor'
import { verifyChain } from '@/audit/verify'

/** npm run audit:verify [-- --anchor FILE]: walks the chain; exits 1 at the first thing that is not as it was written. */
const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { anchor: { type: 'string' } } })
  if (values.anchor && !existsSync(values.anchor)) {
    process.stderr.write(
      `There is no ${values.anchor} yet: the worker drops the first anchor within seconds of the first sign-in.\n`,
    )
    return 2
  }
  const anchors = values.anchor ? await readAnchors(values.anchor) : []
  const payload = await getPayload({ config, disableOnInit: true })
  const verdict = await verifyChain(payload, anchors)
  await payload.destroy()
  if (!verdict.ok) {
    process.stdout.write(`NOT WHOLE at link ${verdict.seq}: ${verdict.what}\n`)
    return 1
  }
  process.stdout.write(
    `The audit is whole: ${verdict.links} links, ${verdict.waiting} entries waiting, ${verdict.anchors} anchors held, head ${verdict.head}\n`,
  )
  return 0
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(2)
  },
)
