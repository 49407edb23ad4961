import { runFfmpeg } from '../../src/media/ffmpeg'

// A worker of its own process, for a test that kills it. It is given its command as JSON.
const command = JSON.parse(process.argv[2] ?? '{}')
void runFfmpeg({ command, durationSeconds: 50 })
