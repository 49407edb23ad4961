import { runFfprobe } from '../../src/media/ffmpeg'

// A worker of its own process, for a test that kills it while ffprobe waits for a file that never comes.
const file = process.argv[2] ?? ''
void runFfprobe({ argv: ['-v', 'error', `file:${file}`], timeoutMs: 60_000 })
