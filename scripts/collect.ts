import { parseArgs } from 'node:util'
import { getPayload } from 'payload'
import config from '@payload-config'
import { removeOrphans, reportOrphans } from '@/assets/orphans'
import { openStore } from '@/media/store'

/**
 * npm run collect               lists the files of the store that nothing names; removes nothing
 * npm run collect -- --remove   removes those of them that stood in such a list a day before
 */
const { values } = parseArgs({ options: { remove: { type: 'boolean', default: false } } })

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
const sum = (files: { bytes: number }[]) => files.reduce((total, { bytes }) => total + bytes, 0)
const counted = (files: { bytes: number }[]) =>
  `${files.length} files, ${(sum(files) / 1e6).toFixed(1)} MB`

const main = async (): Promise<number> => {
  const payload = await getPayload({ config, disableOnInit: true })
  const store = openStore()
  const ready = await store.ready()
  if (!ready.ok) throw new Error(`the files are out of reach: ${ready.line}`)
  const found = await (values.remove ? removeOrphans : reportOrphans)({ payload, store })
  await payload.destroy()
  if (!found.ok) {
    process.stderr.write(`${found.line}\n`)
    return 1
  }
  for (const { key, bytes } of found.orphans) say(`${String(bytes).padStart(14)}  ${key}`)
  say(`${found.objects} files looked at; named by nothing: ${counted(found.orphans)}.`)
  say(
    values.remove
      ? `Removed: ${counted(found.due)}.`
      : `With --remove would go now (listed a day ago): ${counted(found.due)}.`,
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
