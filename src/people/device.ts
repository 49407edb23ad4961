import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { env } from '@/env'

const A_YEAR_SECONDS = 365 * 24 * 60 * 60

const mac = (text: string): string =>
  createHmac('sha256', env.PAYLOAD_SECRET).update(`device:${text}`).digest('base64url')

/** A cookie of its own for each account, so that two people may share a machine. */
const cookieOf = (account: string): string => `ht-device-${mac(account).slice(0, 10)}`

/** What a browser is given when somebody signs in with it: a name that nobody else can make up. No right hangs on it. */
export const deviceCookie = (account: string): string => {
  const name = randomBytes(12).toString('base64url')
  const secure = env.COOKIE_SECURE ? '; Secure' : ''
  const rest = `Path=/api/users; Max-Age=${A_YEAR_SECONDS}; HttpOnly; SameSite=Lax${secure}`
  return `${cookieOf(account)}=${name}.${mac(`${account} ${name}`)}; ${rest}`
}

/** The name of the device, when this account has signed in with it before. */
export const deviceIn = (headers: Headers, account: string): string | null => {
  const wanted = `${cookieOf(account)}=`
  const cookies = (headers.get('cookie') ?? '').split(';').map((cookie) => cookie.trim())
  const value = cookies.find((cookie) => cookie.startsWith(wanted))?.slice(wanted.length)
  const [name = '', proof = ''] = value?.split('.') ?? []
  const [given, right] = [Buffer.from(proof), Buffer.from(mac(`${account} ${name}`))]
  return given.length === right.length && timingSafeEqual(given, right) ? name : null
}
