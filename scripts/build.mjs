import { build } from './lib/build.mjs'
import { sayFailure, step } from './lib/say.mjs'

/** npm run build: the production build of web and worker, as the image does it. */
process.exitCode = await step('Production build', build).then(() => 0, sayFailure)
