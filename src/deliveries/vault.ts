import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { env } from '@/env'
import { NewsroomError } from '@/errors'

/**
 * Tokens and checkpoints at rest: AES-256-GCM under VAULT_KEY. What was sealed for one row and column opens
 * nowhere else, so a copied column is worth nothing. The key's id stands in front: a changed key is told
 * apart from a damaged value.
 */
const VERSION = 'v1'
const ALGORITHM = 'aes-256-gcm'

const keyOf = (hex: string) => {
  const key = Buffer.from(hex, 'hex')
  return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 8) }
}

export type Place = { row: string; column: 'token' | 'checkpoint' }

const aadOf = (place: Place) => Buffer.from(`${place.row}:${place.column}`, 'utf8')

export const lock = (plain: string, place: Place, keyHex: string = env.VAULT_KEY): string => {
  const { key, id } = keyOf(keyHex)
  const iv = randomBytes(12)
  const cipher = createCipheriv(ALGORITHM, key, iv)
  cipher.setAAD(aadOf(place))
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return [
    VERSION,
    id,
    ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url')),
  ].join('.')
}

const closed = (code: string, message: string, cause?: unknown) =>
  new NewsroomError({
    code,
    message,
    help: {
      vi: 'Không mở được dữ liệu mã hóa của kênh. Kiểm tra VAULT_KEY, hoặc kết nối lại kênh.',
      en: 'The encrypted data of a channel cannot be opened. Check VAULT_KEY, or connect the channel again.',
    },
    cause,
  })

export const unlock = (locked: string, place: Place, keyHex: string = env.VAULT_KEY): string => {
  const { key, id } = keyOf(keyHex)
  const [version, keyId, iv, tag, sealed] = locked.split('.')
  if (version !== VERSION || !iv || !tag || sealed === undefined) {
    throw closed('vault-format', 'not a value of the vault')
  }
  if (keyId !== id) throw closed('vault-key', 'the value was locked with another VAULT_KEY')
  try {
    const opener = createDecipheriv(ALGORITHM, key, Buffer.from(iv, 'base64url'), {
      authTagLength: 16,
    })
    opener.setAAD(aadOf(place))
    opener.setAuthTag(Buffer.from(tag, 'base64url'))
    return Buffer.concat([
      opener.update(Buffer.from(sealed, 'base64url')),
      opener.final(),
    ]).toString('utf8')
  } catch (error) {
    throw closed('vault-damaged', 'the value does not belong to this row or was changed', error)
  }
}
