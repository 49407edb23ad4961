import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readDevice } from '@/media/device'
import { exifIn } from '@/media/exif'
import { bareFfmpeg, factsOf, workshop } from './clips'

let shop: Awaited<ReturnType<typeof workshop>>
beforeAll(async () => {
  shop = await workshop()
})
afterAll(() => shop.close())

const clip = async (name: string, tags: readonly string[]) => {
  await bareFfmpeg(
    ...[
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=320x180:r=25:d=1',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
    ],
    ...['-movflags', 'use_metadata_tags', ...tags.flatMap((tag) => ['-metadata', tag])],
    shop.at(name),
  )
  return readDevice(shop.at(name), await factsOf(shop.at(name)))
}

/** EXIF as a camera writes it: maker and model, an hour in the second table, and a table of where. */
const exif = ({ where = true, far = false } = {}) => {
  const data = Buffer.alloc(256)
  data.write('II*\0', 0, 'latin1')
  data.writeUInt32LE(8, 4)
  const entry = (at: number, [tag, type, count, value]: [number, number, number, number]) => {
    data.writeUInt16LE(tag, at)
    data.writeUInt16LE(type, at + 2)
    data.writeUInt32LE(count, at + 4)
    data.writeUInt32LE(value, at + 8)
  }
  data.writeUInt16LE(where ? 4 : 3, 8)
  entry(10, [0x010f, 2, 8, 120])
  entry(22, [0x0110, 2, 9, 130])
  entry(34, [0x8769, 4, 1, far ? 9_000_000 : 90])
  if (where) entry(46, [0x8825, 4, 1, 200])
  data.writeUInt16LE(1, 90)
  entry(92, [0x9003, 2, 20, 150])
  data.write('MayAnh\0', 120, 'latin1')
  data.write('Kieu 200\0', 130, 'latin1')
  data.write('2026:11:21 05:40:00\0', 150, 'latin1')
  return data
}

describe('Thiết bị đã ghi', () => {
  it('is read from a clip: maker, model and hour, and only that it says where', async () => {
    const device = await clip('phone.mov', [
      'com.apple.quicktime.make=HangMay',
      'com.apple.quicktime.model=MayQuay 15',
      'creation_time=2026-11-21T05:40:00Z',
      'com.apple.quicktime.location.ISO6709=+21.5942+105.8482/',
    ])
    expect(device).toEqual({
      maker: 'HangMay',
      model: 'MayQuay 15',
      takenAt: expect.stringContaining('2026-11-21T05:40:00'),
      saysWhere: true,
    })
    expect(JSON.stringify(device)).not.toContain('21.5942')
  })

  it('is empty where nothing is said, and a name of a thousand letters is cut', async () => {
    expect(await clip('plain.mp4', [])).toMatchObject({ maker: '', model: '', saysWhere: false })
    const { model } = await clip('long.mp4', [`model=${'Á'.repeat(1000)}`])
    expect(model).toBe('Á'.repeat(80))
  })

  it('is read from a photograph, whatever its EXIF points at', () => {
    const camera = { make: 'MayAnh', model: 'Kieu 200', creation_time: '2026:11:21 05:40:00' }
    expect(exifIn(exif())).toEqual({ ...camera, location: 'said' })
    expect(exifIn(exif({ where: false }))).toEqual(camera)
    expect(exifIn(Buffer.concat([Buffer.from('Exif\0\0'), exif()]))).toMatchObject({
      make: 'MayAnh',
    })
    expect(exifIn(exif({ far: true }))).toEqual({})
    expect(exifIn(Buffer.from('II'))).toEqual({})
  })
})
