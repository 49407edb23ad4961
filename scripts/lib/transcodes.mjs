import { setTimeout as pause } from 'node:timers/promises'
import { mayBeSilent, textFrom } from './newsroom.mjs'
import { clipsLeft } from './phases.mjs'
import { step } from './say.mjs'

const said = (left) => (left === undefined ? 'waiting for the worker' : `${left} left`)

/** After the address: how the demo's clips come along, until the worker has none before it or all is ended. */
export const untilTranscoded = async ({ worker, settings, ended }) => {
  if (mayBeSilent(settings)) return
  let over = false
  void ended.then(() => (over = true))
  await step('Transcoding the demo clips (the newsroom can be used meanwhile)', async (tell) => {
    for (;;) {
      const left = clipsLeft(textFrom(worker.logFile, worker.logFrom))
      if (left === 0) return 'all done'
      if (over) return 'broken off; the next start goes on'
      tell(said(left))
      await Promise.race([pause(1_000), ended])
    }
  })
}
