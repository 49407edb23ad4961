import path from 'node:path'
import { env } from '@/env'

/** Where a worker makes the renditions of an asset: its finished passes stay there until all is in the store. */
export const workFolder = (asset: string): string => path.join(env.DATA_DIR, 'work', asset)
