import { availableParallelism } from 'node:os'
import path from 'node:path'
import { z } from 'zod'

/**
 * The settings, read once and checked all at once. The only file that reads `process.env`.
 * Every variable stands in `.env.example` with its unit and default.
 */
type Wanted = { vi: string; en: string }

/** What each setting should hold, in words, for the line that says it does not. */
const wanted = new Map<z.core.$ZodType, Wanted>()
const want = <T extends z.ZodType>(schema: T, vi: string, en: string): T => {
  wanted.set(schema, { vi, en })
  return schema
}
const oneOf = <const T extends readonly [string, ...string[]]>(fallback: T[number], values: T) => {
  const list = values.join(', ')
  return want(z.enum(values).default(fallback), `một trong: ${list}`, `one of: ${list}`)
}
const flag = () =>
  want(
    z
      .enum(['0', '1'])
      .default('0')
      .transform((v) => v === '1'),
    '0 hoặc 1',
    '0 or 1',
  )
const whole = (fallback: number, min: number, max: number) =>
  want(
    z.coerce.number().int().min(min).max(max).default(fallback),
    `số nguyên từ ${min} đến ${max}`,
    `a whole number from ${min} to ${max}`,
  )
const address = () =>
  want(
    z.url({ protocol: /^https?$/ }).optional(),
    'địa chỉ bắt đầu bằng http:// hoặc https://',
    'an address that starts with http:// or https://',
  )
const startsWith = (pattern: RegExp, ...starts: string[]) =>
  want(
    z.string().regex(pattern).optional(),
    `bắt đầu bằng ${starts.join(' hoặc ')}`,
    `what starts with ${starts.join(' or ')}`,
  )
const text = (fallback: string) => z.string().default(fallback)

const shape = z.object({
  NODE_ENV: oneOf('production', ['development', 'production', 'test']),
  HOST: text('127.0.0.1'),
  PORT: whole(3000, 1, 65535),
  PUBLIC_URL: address(),
  PAYLOAD_SECRET: want(z.string().min(32), 'ít nhất 32 ký tự', 'at least 32 characters'),
  VAULT_KEY: want(
    z.string().regex(/^[0-9a-f]{64}$/),
    '64 chữ số thập lục phân viết thường (32 byte)',
    '64 lower-case hexadecimal digits (32 bytes)',
  ),
  DATA_DIR: text('.data'),
  MEDIA_DIR: text('media'),
  SPOOL_DIR: z.string().optional(),
  DATABASE_URL: startsWith(
    /^(file:|mongodb:\/\/|mongodb\+srv:\/\/)/,
    'file:',
    'mongodb://',
    'mongodb+srv://',
  ),
  REDIS_URL: startsWith(/^rediss?:\/\//, 'redis://', 'rediss://'),
  S3_ENDPOINT: address(),
  S3_REGION: text('us-east-1'),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  DEMO_PLATFORMS: flag(),
  COOKIE_SECURE: flag(),
  TRUST_PROXY: flag(),
  SITE_NAME: text('Báo Trung Du'),
  UPLOAD_MAX_BYTES: whole(5 * 1024 ** 3, 1, 1024 ** 4),
  UPLOAD_QUOTA_BYTES: whole(50 * 1024 ** 3, 1, 1024 ** 5),
  UPLOAD_TOTAL_BYTES: whole(500 * 1024 ** 3, 1, 1024 ** 5),
  UPLOAD_KEEP_HOURS: whole(72, 1, 720),
  SPOOL_STICKY: flag(),
  CLAMAV_URL: want(
    z
      .string()
      .regex(/^(tcp:\/\/[^/\s]+:\d{1,5}|unix:\/\S+)$/)
      .optional(),
    'tcp://MÁY:CỔNG hoặc unix:/ĐƯỜNG/DẪN',
    'tcp://HOST:PORT or unix:/PATH',
  ),
  TRANSCRIBE_URL: address(),
  TRANSCRIBE_KEY: z.string().optional(),
  TRANSCRIBE_MODEL: text('whisper-1'),
  TRANSCRIBE_LOCAL: flag(),
  LEASE_MS: whole(30_000, 500, 600_000),
  SWEEP_MS: whole(2_000, 100, 60_000),
  TRANSCODE_CONCURRENCY: whole(0, 0, 16),
  LIGHT_CONCURRENCY: whole(0, 0, 32),
  LEFTOVER_MS: whole(24 * 3_600_000, 500, 30 * 24 * 3_600_000),
  FFMPEG_PATH: text('ffmpeg'),
  FFPROBE_PATH: text('ffprobe'),
  LOG_LEVEL: oneOf('info', ['debug', 'info', 'warn', 'error', 'silent']),
})

/** Every setting there is; `.env.example` is held against it. */
export const SETTING_NAMES = Object.keys(shape.shape)

const S3_PARTS = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const

export type Env = ReturnType<typeof complete>

/** Told by their length alone. */
const SECRET = [
  'PAYLOAD_SECRET',
  'VAULT_KEY',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'TRANSCRIBE_KEY',
]
/** Addresses that may carry a password: told by how they begin, when they begin like an address. */
const MAY_HOLD_PASSWORD = ['DATABASE_URL', 'REDIS_URL']
const SCHEME = /^[a-z][a-z0-9+]{0,11}:\/\//i
const LONGEST_SHOWN = 60

/** What a variable holds, fit to be read by anybody. */
const holds = (name: string, value: string | undefined): Wanted => {
  if (value === undefined) return { vi: 'chưa đặt', en: 'is not set' }
  const hidden = SECRET.includes(name) || MAY_HOLD_PASSWORD.includes(name)
  const start = MAY_HOLD_PASSWORD.includes(name) ? SCHEME.exec(value)?.[0] : undefined
  if (hidden && !start) {
    return { vi: `đang có ${value.length} ký tự`, en: `holds ${value.length} characters` }
  }
  const open = start ? `${start}…` : value.replace(/^.*@/, '…@').slice(0, LONGEST_SHOWN)
  return { vi: `đang là ${JSON.stringify(open)}`, en: `holds ${JSON.stringify(open)}` }
}

const isSetting = (name: string): name is keyof typeof shape.shape => name in shape.shape

/** One plain line: which variable, what it holds, what is expected. */
const problemOf = (name: string, raw: Record<string, string | undefined>): string => {
  const found = holds(name, raw[name])
  const expected = isSetting(name) ? wanted.get(shape.shape[name]) : undefined
  return `${name}: ${found.vi}, cần ${expected?.vi ?? 'giá trị khác'} · ${found.en}, expected ${expected?.en ?? 'something else'}`
}

/** Reads and checks; every problem comes back at once, one line each, naming the variable. An empty one is not set. */
export const readEnv = (
  given: Record<string, string | undefined>,
): { ok: true; env: Env } | { ok: false; problems: string[] } => {
  const raw = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
  const parsed = shape.safeParse(raw)
  const names = parsed.success
    ? []
    : parsed.error.issues.map((issue) => String(issue.path[0] ?? 'settings'))
  const problems = [...new Set(names)].map((name) => problemOf(name, raw))
  const s3Given = S3_PARTS.filter((name) => raw[name])
  if (s3Given.length > 0 && s3Given.length < S3_PARTS.length) {
    const [there, missing] = [s3Given, S3_PARTS.filter((name) => !raw[name])]
    problems.push(
      `S3: có ${there.join(', ')} mà thiếu ${missing.join(', ')} · ${there.join(', ')} set without ${missing.join(', ')}`,
    )
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems }
  return { ok: true, env: complete(parsed.data) }
}

/** Others on the network come by the address that web listens on; everywhere and this machine are called localhost. */
const LOCAL = ['127.0.0.1', '::1', 'localhost', '0.0.0.0', '::']
const hostOf = (host: string) => {
  if (LOCAL.includes(host)) return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

const complete = (given: z.infer<typeof shape>) => {
  const cores = availableParallelism()
  // Without these comments the bundler takes the whole folder for something that is read while serving.
  const dataDir = path.resolve(/* turbopackIgnore: true */ given.DATA_DIR)
  return {
    ...given,
    DATA_DIR: dataDir,
    MEDIA_DIR: path.resolve(/* turbopackIgnore: true */ given.MEDIA_DIR),
    SPOOL_DIR: path.resolve(
      /* turbopackIgnore: true */ given.SPOOL_DIR ?? path.join(dataDir, 'spool'),
    ),
    PUBLIC_URL: (given.PUBLIC_URL ?? `http://${hostOf(given.HOST)}:${given.PORT}`).replace(
      /\/$/,
      '',
    ),
    DATABASE_URL: given.DATABASE_URL ?? `file:${path.join(dataDir, 'hoi-tu.db')}`,
    REDIS_SOCKET: given.REDIS_URL ? undefined : path.join(dataDir, 'redis.sock'),
    // An encoder keeps two cores busy; a still or a sound one, for a moment.
    TRANSCODE_CONCURRENCY: given.TRANSCODE_CONCURRENCY || Math.max(1, Math.floor(cores / 2)),
    LIGHT_CONCURRENCY: given.LIGHT_CONCURRENCY || Math.max(1, Math.floor(cores / 2)),
    onMongo: given.DATABASE_URL?.startsWith('mongodb') ?? false,
    onS3: given.S3_ENDPOINT !== undefined,
  }
}

/** While Next compiles, no newsroom runs: stand-ins satisfy the shape and are never used to serve. */
const building =
  process.env.NEXT_PHASE === 'phase-production-build' || process.env.HOI_TU_BUILD === '1'
const standIns = building ? { PAYLOAD_SECRET: 'b'.repeat(32), VAULT_KEY: '0'.repeat(64) } : {}

const load = (): Env => {
  const read = readEnv({ ...process.env, ...standIns })
  if (read.ok) return read.env
  process.stderr.write(
    `The settings are not usable:\n${read.problems.map((p) => `- ${p}`).join('\n')}\nSee .env.example.\n`,
  )
  process.exit(78)
}

export const env: Env = load()
