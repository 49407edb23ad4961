import crypto from 'node:crypto'
import { promisify } from 'node:util'
import type { Payload } from 'payload'
import { findRow } from '@/records/db'
import { accountOf } from './guesses'

/** Payload's own, 3.90.1 (`auth/strategies/local`). Should an upgrade change them, `test/people/same-work` says so. */
const ITERATIONS = 600_000
const KEY_BYTES = 32

/**
 * Payload checks no password of a mail that it does not know, and answers 0.2 s sooner: whoever measures learns who
 * works here. So the same work is done for nobody's account.
 */
export const sameWork = async (
  payload: Payload,
  asked: { email: string; password: unknown },
): Promise<void> => {
  const { email, password } = asked
  // Payload refuses these unasked, whoever they are for.
  if (email.trim() === '' || typeof password !== 'string' || password.trim() === '') return
  const where = { email: { equals: accountOf(email) } }
  const user = await findRow({ payload, collection: 'users', where })
  if (user?.hash && user.salt) return
  const salt = crypto.randomBytes(32).toString('hex')
  await promisify(crypto.pbkdf2)(password, salt, ITERATIONS, KEY_BYTES, 'sha256')
}
