import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { losersAmong } from '@/assets/losers'
import { openNewsroom, type Newsroom } from '../support/newsroom'

let newsroom: Newsroom
let store: import('@/media/store').Store
let db: typeof import('@/records/db')

beforeAll(async () => {
  newsroom = await openNewsroom()
  store = (await import('@/media/store')).openStore()
  await store.ready()
  db = await import('@/records/db')
})
afterAll(() => newsroom.close())

const random = () => randomBytes(16).toString('hex')
const put = (prefix: string, ...names: string[]) =>
  Promise.all(
    names.map((name) =>
      store.putBytes(prefix + name, Buffer.from(prefix + name), { mime: 'video/mp4' }),
    ),
  )
const kept = (asset: string, recipe: string, prefix: string) =>
  db.insertRow({
    payload: newsroom.payload,
    collection: 'renditions',
    data: {
      key: `${asset}:${recipe}:1`,
      asset,
      recipe,
      prefix,
      files: '[]',
      sha256: random(),
      bytes: 1,
    },
  })
const assetIn = async (state: string) => {
  const made = await db.insertRow({
    payload: newsroom.payload,
    collection: 'assets',
    data: {
      sha256: random(),
      storeKey: `originals/${random()}`,
      state,
      revision: 0,
      pending: false,
    },
  })
  if (!made.ok) throw new Error('the asset exists already')
  return made.row.id
}

describe('what a worker that was overtaken left in the store', () => {
  it('goes once the row of its rendition stands, and what the row names stays', async () => {
    const { removeLosers } = await import('@/assets/losers')
    const asset = await assetIn('processing')
    const folder = `renditions/${asset}/web-hls-1/`
    const [winner, loser] = [`${folder}${random()}/`, `${folder}${random()}/`]
    await put(winner, 'master.m3u8', '720p.m4s')
    await put(loser, 'master.m3u8')
    await removeLosers({ payload: newsroom.payload, store, asset })
    expect(await store.list(folder)).toHaveLength(3)
    await kept(asset, 'web-hls', winner)
    await removeLosers({ payload: newsroom.payload, store, asset })
    expect(await store.list(folder)).toEqual([`${winner}720p.m4s`, `${winner}master.m3u8`])
  })

  it('stays while its own recipe has no row: somebody may still be writing it', async () => {
    const { removeLosers } = await import('@/assets/losers')
    const asset = await assetIn('processing')
    const [proxy, vertical] = ['proxy', 'vertical'].map(
      (recipe) => `renditions/${asset}/${recipe}-1/${random()}/`,
    ) as [string, string]
    await put(proxy, 'proxy.mp4')
    await put(vertical, 'vertical.mp4')
    await kept(asset, 'proxy', proxy)
    await removeLosers({ payload: newsroom.payload, store, asset })
    expect(await store.list(`renditions/${asset}/`)).toHaveLength(2)
  })

  it('goes by the sweep of the machine that still has its work folder, when the clip is ready', async () => {
    const { sweepAssets } = await import('@/assets/sweep')
    const { workFolder } = await import('@/assets/work-folder')
    const asset = await assetIn('ready')
    const folder = `renditions/${asset}/proxy-1/`
    const winner = `${folder}${random()}/`
    await put(winner, 'proxy.mp4')
    await put(`${folder}${random()}/`, 'proxy.mp4')
    await kept(asset, 'proxy', winner)
    mkdirSync(workFolder(asset), { recursive: true })
    await sweepAssets(newsroom.payload, store)
    expect(await store.list(folder)).toEqual([`${winner}proxy.mp4`])
  })

  it('fails no good clip when it cannot be taken away: the work folder stays, and the sweep looks again', async () => {
    const { processAsset } = await import('@/assets/process')
    const { RECIPES } = await import('@/media/profiles')
    const { workFolder } = await import('@/assets/work-folder')
    const { sweepAssets } = await import('@/assets/sweep')
    const asset = await assetIn('stored')
    const prefixOf = (recipe: string) => `renditions/${asset}/${recipe}-1/${random()}/`
    for (const recipe of RECIPES) await kept(asset, recipe, prefixOf(recipe))
    const loser = prefixOf('proxy')
    await put(loser, 'proxy.mp4')
    mkdirSync(workFolder(asset), { recursive: true })
    const list = () => Promise.reject(new Error('the store does not answer'))
    const { payload } = newsroom
    expect(await processAsset({ payload, store: { ...store, list }, asset })).toBe('done')
    const row = await db.rowById(payload, 'assets', asset)
    expect(row).toMatchObject({ state: 'ready', failures: 0 })
    expect(existsSync(workFolder(asset))).toBe(true)
    await sweepAssets(payload, store)
    expect(await store.list(loser)).toEqual([])
    expect(existsSync(workFolder(asset))).toBe(false)
  })

  it('of one clip that cannot be looked through keeps no other clip waiting', async () => {
    const { workFolder } = await import('@/assets/work-folder')
    const { sweepAssets } = await import('@/assets/sweep')
    const assets = [await assetIn('ready'), await assetIn('ready'), await assetIn('ready')]
    for (const asset of assets) mkdirSync(workFolder(asset), { recursive: true })
    const list: typeof store.list = (prefix) =>
      prefix.includes(assets[1] ?? '-')
        ? Promise.reject(new Error('no answer'))
        : store.list(prefix)
    await sweepAssets(newsroom.payload, { ...store, list })
    expect(assets.map((asset) => existsSync(workFolder(asset)))).toEqual([false, true, false])
  })

  it('is never what a row names, be the row of another recipe, another version or an older form', () => {
    const rows = [
      { key: 'a:proxy:1', prefix: 'renditions/a/proxy-1/w/' },
      { key: 'a:proxy:2', prefix: 'renditions/a/proxy-1/x/' },
      { key: 'a:poster:1', prefix: 'renditions/0123/' },
    ]
    const keys = ['w/1.mp4', 'x/1.mp4', 'y/1.mp4'].map((name) => `renditions/a/proxy-1/${name}`)
    expect(losersAmong([...keys, 'renditions/0123/poster.jpg'], rows)).toEqual([
      'renditions/a/proxy-1/y/',
    ])
    expect(losersAmong(['renditions/a/proxy-10/z/1.mp4'], rows)).toEqual([])
  })
})
