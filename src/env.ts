import path from 'node:path'
import { z } from 'zod'

/**
 * The settings, read once and checked all at once. The only file that reads `process.env`.
 * Every variable stands in `.env.example` with its unit and default.
 */
const flag = z
  .enum(['0', '1', ''])
  .default('0')
  .transform((v) => v === '1')
const whole = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback)
const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value)
const optional = (schema: z.ZodType<string>) => z.preprocess(blankIsAbsent, schema.optional())

const shape = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(3000, 1, 65535),
  PUBLIC_URL: optional(z.url()),
  PAYLOAD_SECRET: z.string().min(32, 'needs at least 32 characters'),
  VAULT_KEY: z.string().regex(/^[0-9a-f]{64}$/, 'needs 64 hexadecimal digits (32 bytes)'),
  DATA_DIR: z.string().default('.data'),
  MEDIA_DIR: z.string().default('media'),
  SPOOL_DIR: optional(z.string()),
  DATABASE_URL: optional(
    z.string().regex(/^(file:|mongodb:\/\/|mongodb\+srv:\/\/)/, 'starts with file: or mongodb://'),
  ),
  REDIS_URL: optional(z.string().regex(/^rediss?:\/\//, 'starts with redis:// or rediss://')),
  S3_ENDPOINT: optional(z.url()),
  S3_REGION: z.string().default('us-east-1'),
  S3_BUCKET: optional(z.string()),
  S3_ACCESS_KEY_ID: optional(z.string()),
  S3_SECRET_ACCESS_KEY: optional(z.string()),
  DEMO_PLATFORMS: flag,
  COOKIE_SECURE: flag,
  TRUST_PROXY: flag,
  SITE_NAME: z.string().default('Báo Trung Du'),
  UPLOAD_MAX_BYTES: whole(5 * 1024 ** 3, 1, 1024 ** 4),
  UPLOAD_QUOTA_BYTES: whole(50 * 1024 ** 3, 1, 1024 ** 5),
  LEASE_MS: whole(30_000, 500, 600_000),
  SWEEP_MS: whole(2_000, 100, 60_000),
  TRANSCODE_CONCURRENCY: whole(1, 1, 16),
  FFMPEG_PATH: z.string().default('ffmpeg'),
  FFPROBE_PATH: z.string().default('ffprobe'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** Every setting there is; `.env.example` is held against it. */
export const SETTING_NAMES = Object.keys(shape.shape)

const S3_PARTS = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const

export type Env = ReturnType<typeof complete>

/** Reads and checks; every problem comes back at once, one line each, naming the variable. */
export const readEnv = (
  raw: Record<string, string | undefined>,
): { ok: true; env: Env } | { ok: false; problems: string[] } => {
  const parsed = shape.safeParse(raw)
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const s3Given = S3_PARTS.filter((name) => raw[name])
  if (s3Given.length > 0 && s3Given.length < S3_PARTS.length) {
    const missing = S3_PARTS.filter((name) => !raw[name])
    problems.push(`S3: ${s3Given.join(', ')} set without ${missing.join(', ')}`)
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems }
  return { ok: true, env: complete(parsed.data) }
}

const complete = (given: z.infer<typeof shape>) => {
  const dataDir = path.resolve(given.DATA_DIR)
  return {
    ...given,
    DATA_DIR: dataDir,
    MEDIA_DIR: path.resolve(given.MEDIA_DIR),
    SPOOL_DIR: path.resolve(given.SPOOL_DIR ?? path.join(dataDir, 'spool')),
    PUBLIC_URL: (given.PUBLIC_URL ?? `http://localhost:${given.PORT}`).replace(/\/$/, ''),
    DATABASE_URL: given.DATABASE_URL ?? `file:${path.join(dataDir, 'hoi-tu.db')}`,
    REDIS_SOCKET: given.REDIS_URL ? undefined : path.join(dataDir, 'redis.sock'),
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
    `The settings are not usable:\n${read.problems.map((p) => `  - ${p}`).join('\n')}\nSee .env.example.\n`,
  )
  process.exit(78)
}

export const env: Env = load()
