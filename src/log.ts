import { pino } from 'pino'
import { env } from './env'

/**
 * The log: one JSON line an event, on standard error so that a script's own output stays clean.
 * Secrets are cut by name wherever they appear; do not rely on it, pass none.
 */
export const log = pino(
  {
    level: env.LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'password',
        'token',
        'authorization',
        'sessionUri',
        '*.password',
        '*.token',
        '*.authorization',
        '*.sessionUri',
        '*.headers',
        'config',
      ],
      censor: '[kept out]',
    },
  },
  pino.destination({ dest: 2, sync: true }),
)

/** A logger that carries the room's name. */
export const logOf = (room: string) => log.child({ room })
