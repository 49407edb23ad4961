import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createHash, randomBytes } from 'node:crypto'
import { access, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Store } from '@/media/store/store'

const mime = 'application/octet-stream'
const read = async (stream: Readable | null) => (stream ? buffer(stream) : null)

/** What every store must keep; each member runs the very same cases. */
export const storeSuite = (name: string, open: () => Promise<Store>) => {
  describe(`Kho tệp (${name})`, () => {
    let store: Store
    let folder: string
    let serial = 0
    const fresh = () => `case-${(serial += 1)}`
    const fileOf = async (bytes: Uint8Array) => {
      const file = path.join(folder, `in-${randomBytes(4).toString('hex')}`)
      await writeFile(file, bytes)
      return file
    }

    beforeAll(async () => {
      store = await open()
      folder = await mkdtemp(path.join(os.tmpdir(), 'store-'))
    })
    afterAll(() => rm(folder, { recursive: true, force: true }))

    it('says that it is ready', async () => {
      expect(await store.ready()).toEqual({ ok: true })
    })

    it('gives back the very bytes that were put, whole and in part', async () => {
      const key = `${fresh()}/a/b.bin`
      await store.putBytes(key, Buffer.from('0123456789'), { mime })
      expect(String(await read(await store.open(key)))).toBe('0123456789')
      expect(String(await read(await store.open(key, { start: 3 })))).toBe('3456789')
      expect(String(await read(await store.open(key, { start: 2, end: 4 })))).toBe('234')
      expect(String(await read(await store.open(key, { start: 0, end: 0 })))).toBe('0')
      expect(String(await read(await store.open(key, { start: 10 })))).toBe('')
      expect(await store.stat(key)).toEqual({ bytes: 10 })
    })

    it('keeps an empty file', async () => {
      const key = `${fresh()}/empty`
      await store.putFile(key, await fileOf(Buffer.alloc(0)), { mime })
      expect(await store.stat(key)).toEqual({ bytes: 0 })
      expect(await read(await store.open(key))).toHaveLength(0)
    })

    it('answers null for what is not there, and finds nothing below it', async () => {
      const key = `${fresh()}/nothing`
      expect(await store.open(key)).toBeNull()
      expect(await store.stat(key)).toBeNull()
      expect(await store.list(`${key}/`)).toEqual([])
      expect(await store.copy(key, `${key}-copy`)).toBe(false)
      await expect(store.localCopy(key, folder)).rejects.toMatchObject({ code: 'key-absent' })
      await store.remove(key)
      await store.remove(`${key}/`)
    })

    it('carries a big file in parts without changing a byte', async () => {
      const key = `${fresh()}/big`
      const bytes = randomBytes(37 * 1024 * 1024 + 13)
      await store.putFile(key, await fileOf(bytes), { mime })
      expect(await store.stat(key)).toEqual({ bytes: bytes.length })
      const copy = await store.localCopy(key, folder)
      expect((await readFile(copy.file)).equals(bytes)).toBe(true)
      await copy.release()
      await expect(access(copy.file)).rejects.toMatchObject({ code: 'ENOENT' })
      expect(await store.stat(key)).toEqual({ bytes: bytes.length })
    })

    it('never writes other bytes under a key that is taken, and takes the same bytes twice in peace', async () => {
      const key = `${fresh()}/once`
      await store.putBytes(key, Buffer.from('first'), { mime })
      await store.putBytes(key, Buffer.from('first'), { mime })
      await store.putFile(key, await fileOf(Buffer.from('first')), { mime })
      await expect(store.putBytes(key, Buffer.from('other'), { mime })).rejects.toMatchObject({
        code: 'key-taken',
      })
      const other = await fileOf(Buffer.from('third'))
      await expect(store.putFile(key, other, { mime })).rejects.toMatchObject({ code: 'key-taken' })
      expect(String(await read(await store.open(key)))).toBe('first')
    })

    it('lets exactly one of two writers of different bytes win', async () => {
      const key = `${fresh()}/race`
      const tries = await Promise.allSettled(
        ['aaaa', 'bbbb', 'cccc', 'dddd'].map((text) =>
          store.putBytes(key, Buffer.from(text), { mime }),
        ),
      )
      expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
      const winner = tries.findIndex((one) => one.status === 'fulfilled')
      expect(String(await read(await store.open(key)))).toBe('abcd'.charAt(winner).repeat(4))
    })

    it('shows nothing of a put that failed half-way', async () => {
      const top = fresh()
      await expect(
        store.putFile(`${top}/half`, path.join(folder, 'is-not-there'), { mime }),
      ).rejects.toThrow()
      expect(await store.list(`${top}/`)).toEqual([])
    })

    it.each([
      ['small', 20],
      ['big', 20 * 1024 * 1024],
    ])('puts nothing when a %s file is not what it should be any more', async (_what, size) => {
      const key = `${fresh()}/judged`
      const judged = randomBytes(size)
      const put = { mime, sha256: createHash('sha256').update(judged).digest('hex') }
      const other = await fileOf(Buffer.concat([judged.subarray(0, -1), Buffer.from('!')]))
      await expect(store.putFile(key, other, put)).rejects.toMatchObject({ code: 'bytes-changed' })
      expect(await store.stat(key)).toBeNull()
      expect(await store.tidy(0)).toBe(0)
      await store.putFile(key, await fileOf(judged), put)
      expect((await read(await store.open(key)))?.equals(judged)).toBe(true)
    })

    it('takes the file away when it is moved in, and leaves it otherwise', async () => {
      const top = fresh()
      const kept = await fileOf(Buffer.from('kept'))
      const moved = await fileOf(Buffer.from('moved'))
      await store.putFile(`${top}/kept`, kept, { mime })
      await store.putFile(`${top}/moved`, moved, { mime, move: true })
      expect(await readdir(folder)).toContain(path.basename(kept))
      expect(await readdir(folder)).not.toContain(path.basename(moved))
      expect(String(await read(await store.open(`${top}/moved`)))).toBe('moved')
    })

    it('copies inside; the copy stays when the first is removed', async () => {
      const top = fresh()
      await store.putBytes(`${top}/from`, Buffer.from('same'), { mime })
      expect(await store.copy(`${top}/from`, `${top}/deep/to`)).toBe(true)
      await store.remove(`${top}/from`)
      expect(await store.stat(`${top}/from`)).toBeNull()
      expect(String(await read(await store.open(`${top}/deep/to`)))).toBe('same')
    })

    it('lists below a prefix in order, and removes exactly that', async () => {
      const top = fresh()
      const keys = ['b/2', 'b/10', 'a', 'b-neighbour', 'b/c/d'].map((key) => `${top}/${key}`)
      for (const key of keys) await store.putBytes(key, Buffer.from(key), { mime })
      expect(await store.list(`${top}/`)).toEqual([...keys].sort())
      expect(await store.list(`${top}/b/`)).toEqual([`${top}/b/10`, `${top}/b/2`, `${top}/b/c/d`])
      await store.remove(`${top}/b/`)
      expect(await store.list(`${top}/`)).toEqual([`${top}/a`, `${top}/b-neighbour`])
    })

    it.each([
      '../x',
      'a/../b',
      '/a',
      'a//b',
      'a/',
      'A/b',
      '.partial/x',
      'a/.hidden',
      'tin đẹp',
      'a\0b',
      '',
    ])('refuses the key %j', async (key) => {
      const refused = { code: 'bad-key' }
      await expect(store.putBytes(key, Buffer.from('x'), { mime })).rejects.toMatchObject(refused)
      await expect(store.open(key)).rejects.toMatchObject(refused)
      await expect(store.copy('a', key)).rejects.toMatchObject(refused)
    })
  })
}
