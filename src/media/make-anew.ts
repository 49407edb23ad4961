import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { NewsroomError } from '../errors'
import { logOf } from '../log'
import type { Work } from './make-from'
import { partsFor } from './make-parts'
import type { Worked } from './pass'

/** What a source does that is not as whole as its tables say. A full disk or a stop are nothing that encoding would mend. */
const NOT_AS_IT_SEEMED = ['output-not-whole', 'hls-not-whole', 'ffmpeg-failed', 'ffmpeg-bad-input']

/** Where the source's own picture did not do after all, the recipe is encoded like any other. */
export const orAnew = async (
  work: Work,
  make: (work: Work) => Promise<Worked>,
): Promise<Worked> => {
  if (!work.parts.stays.has(work.recipe)) return make(work)
  try {
    return await make(work)
  } catch (error) {
    if (!(error instanceof NewsroomError) || !NOT_AS_IT_SEEMED.includes(error.code)) throw error
    const { recipe, cwd } = work
    logOf('media').warn({ recipe, line: error.message }, 'a source that seemed to fit is encoded')
    for (const name of await readdir(cwd)) await rm(path.join(cwd, name), { recursive: true })
    const job = { ...work.job, anew: true }
    return make({ ...work, job, parts: await partsFor(job, [recipe]) })
  }
}
