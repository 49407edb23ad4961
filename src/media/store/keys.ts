import { NewsroomError } from '../../errors'

// A part never starts with a dot, so `.partial` (the disk's scratch room) and `..` can't be named by a key.
const PART = /^[a-z0-9_-][a-z0-9._-]{0,127}$/
const LONGEST = 900

const isKey = (key: string) =>
  key.length > 0 && key.length <= LONGEST && key.split('/').every((part) => PART.test(part))

const badKey = (key: string) =>
  new NewsroomError({
    code: 'bad-key',
    message: `not a storage key: ${JSON.stringify(key).slice(0, 200)}`,
    help: {
      vi: 'Tên tệp trong kho không hợp lệ. Báo quản trị.',
      en: 'A storage name is not valid. Tell the administrator.',
    },
  })

/** Returns the key, or throws: a key that does not pass here never reaches a disk or a bucket. */
export const checkKey = (key: string): string => {
  if (!isKey(key)) throw badKey(key)
  return key
}

/** As `checkKey`, for a prefix: ends in `/`, or is empty, which means everything. */
export const checkPrefix = (prefix: string): string => {
  if (prefix === '') return prefix
  if (!prefix.endsWith('/') || !isKey(prefix.slice(0, -1))) throw badKey(prefix)
  return prefix
}

export const looksLikeKey = isKey

/** The store holds other bytes under this key: a bug or an attack, never something to write over. */
export const keyTaken = (key: string) =>
  new NewsroomError({
    code: 'key-taken',
    message: `the key ${key} already holds other bytes`,
    help: {
      vi: 'Kho tệp đã có tệp khác mang tên này; không ghi đè. Báo quản trị.',
      en: 'The store already holds another file under this name; nothing was overwritten. Tell the administrator.',
    },
    status: 409,
  })

/** What was copied is not what was to be copied: the file was written to meanwhile. Nothing lies under the key. */
export const bytesChanged = (key: string) =>
  new NewsroomError({
    code: 'bytes-changed',
    message: `the file for ${key} changed while it was copied`,
    help: {
      vi: 'Tệp bị thay đổi trong lúc cất vào kho nên không cất. Hãy gửi lại.',
      en: 'The file changed while it was put into the store, so it was not put. Send it again.',
    },
    status: 409,
  })

export const keyAbsent = (key: string) =>
  new NewsroomError({
    code: 'key-absent',
    message: `the store has nothing under ${key}`,
    help: {
      vi: 'Không tìm thấy tệp trong kho. Báo quản trị.',
      en: 'The file is not in the store. Tell the administrator.',
    },
    status: 404,
  })

/** The place of the bytes does not answer, or broke off: what was asked may be asked again later, unchanged. */
export const storeAway = (line: string, cause: unknown) =>
  new NewsroomError({
    code: 'store-away',
    message: `the file store is out of reach: ${line}`,
    help: {
      vi: 'Kho tệp không trả lời. Kho trở lại là tự làm tiếp.',
      en: 'The file store does not answer. The work goes on by itself once it is back.',
    },
    status: 503,
    cause,
  })
