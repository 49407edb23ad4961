import type { PayloadRequest } from 'payload'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { addressOf, placeOf } from './address'
import { deviceCookie, deviceIn } from './device'

/**
 * Wrong guesses a minute. Whoever guesses at somebody's account uses up what strangers have of it, and nothing else:
 * the device with which its owner signed in counts for itself, and so does that account at a place (a pair) where they
 * once signed in, whatever else is guessed from there. Only whoever guesses at that very account from that very place
 * is counted together with its owner, and the owner's device still is not.
 */
const perDevice = new RateLimiterMemory({ points: 10, duration: 60 })
const perPair = new RateLimiterMemory({ points: 10, duration: 60 })
/** What strangers have at one address, whatever accounts they try. */
const perPlace = new RateLimiterMemory({ points: 60, duration: 60 })
const perAccount = new RateLimiterMemory({ points: 20, duration: 60 })
/** A password costs 0.2 s of a core to check: strangers together get less than one core. */
const ofStrangers = new RateLimiterMemory({ points: 240, duration: 60 })

const TWO_WEEKS_SECONDS = 14 * 24 * 60 * 60
const signedInFrom = new RateLimiterMemory({ points: 1, duration: TWO_WEEKS_SECONDS })

const LONGEST_EMAIL = 254

type Count = { limiter: RateLimiterMemory; key: string }
const counted = new WeakMap<PayloadRequest, Count[]>()

export const accountOf = (email: string): string =>
  email.trim().toLowerCase().slice(0, LONGEST_EMAIL)

const pairOf = (headers: Headers, account: string): string =>
  `${placeOf(addressOf(headers))} ${account}`

const countsFor = async (headers: Headers, account: string): Promise<Count[]> => {
  const device = deviceIn(headers, account)
  if (device) return [{ limiter: perDevice, key: device }]
  const pair = pairOf(headers, account)
  const here = { limiter: perPair, key: pair }
  if (await signedInFrom.get(pair)) return [here]
  return [
    here,
    { limiter: perPlace, key: placeOf(addressOf(headers)) },
    { limiter: perAccount, key: account },
    { limiter: ofStrangers, key: 'all' },
  ]
}

type Guess = { ok: true } | { ok: false; first: boolean; waitSeconds: number }

/** Counts a guess before it is judged, so that a thousand at once are counted too; a right one is given back. */
export const countGuess = async (req: PayloadRequest, email: string): Promise<Guess> => {
  const counts = await countsFor(req.headers, accountOf(email))
  for (const { limiter, key } of counts) {
    const over = await limiter.consume(key).then(
      () => null,
      (refused: unknown) => refused,
    )
    if (over === null) continue
    if (!(over instanceof RateLimiterRes)) throw over
    const waitSeconds = Math.ceil(over.msBeforeNext / 1000)
    return { ok: false, first: over.consumedPoints === limiter.points + 1, waitSeconds }
  }
  counted.set(req, counts)
  return { ok: true }
}

/** The guess was right: it counts against nobody, and the browser and the place are known from now on. */
export const welcome = async (req: PayloadRequest, email: string): Promise<void> => {
  const account = accountOf(email)
  for (const { limiter, key } of counted.get(req) ?? []) await limiter.reward(key)
  counted.delete(req)
  await signedInFrom.set(pairOf(req.headers, account), 1, TWO_WEEKS_SECONDS)
  if (deviceIn(req.headers, account)) return
  req.responseHeaders ??= new Headers()
  req.responseHeaders.append('Set-Cookie', deviceCookie(account))
}
