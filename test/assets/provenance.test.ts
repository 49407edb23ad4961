import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom, type Newsroom } from '../support/newsroom'
import { bring, newStory, openDesk, type Desk } from '../signoff/support'

let room: Newsroom
let desk: Desk
let story: string
let asset: string
beforeAll(async () => {
  room = await openNewsroom()
  desk = await openDesk(room)
  story = await newStory(desk)
  ;({ asset } = await bring(desk, story, 'in-review'))
  const device = JSON.stringify({ maker: 'HangMay', model: 'MayQuay 15', takenAt: '2026-11-21', saysWhere: true }) // prettier-ignore
  await desk.db.compareAndSet({ payload: room.payload, collection: 'assets', id: asset, expect: {}, set: { device } }) // prettier-ignore
}, 180_000)
afterAll(() => room.close())

const look = (as: { token: string } | null, id = story) =>
  room.call({ method: 'GET', path: `/provenance/${id}`, as })

const audit = async () => {
  const rows = await desk.db.findRows({ payload: room.payload, collection: 'audit-entries', where: { action: { equals: 'asset.provenance' } } }) // prettier-ignore
  return rows.map(({ actorId, story: told, subjectId }) => [actorId, told, subjectId])
}

describe('Nguồn gốc tệp', () => {
  it('tells the desk the hash, the device and each step, oldest first', async () => {
    const { record } = await import('@/audit/record')
    const actor = { id: desk.editor.id, name: 'Biên tập', roles: 'editor' }
    await record({ payload: room.payload, actor, action: 'asset.redact', outcome: 'done', subject: 'assets', subjectId: asset }) // prettier-ignore
    const { status, body } = await look(desk.editor)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      device: { maker: 'HangMay', model: 'MayQuay 15', saysWhere: true },
    })
    const steps = body.steps as { at: string; action: string; who: string | null; detail: { recipe?: string; version?: string } }[] // prettier-ignore
    expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).toSorted())
    expect(steps.find(({ action }) => action === 'asset.redact')?.who).toBe('Biên tập')
    const made = steps.filter(({ action }) => action === 'rendition.made')
    expect(made.map(({ detail }) => [detail.recipe, detail.version]).toSorted()).toEqual(
      expect.arrayContaining([['poster', '1'], ['web-mp4', '1']]), // prettier-ignore
    )
  })

  it('writes down who looked', async () => {
    await look(desk.head)
    expect(await audit()).toContainEqual([desk.head.id, story, asset])
  })

  it.each(['contributor', 'reporter', 'admin'] as const)(
    'is not for a %s, who hears only that',
    async (role) => {
      const person = await room.person(role)
      const before = (await audit()).length
      const { status, body } = await look(person)
      expect(status).toBe(403)
      expect(JSON.stringify(body)).not.toContain('MayQuay')
      expect(await audit()).toHaveLength(before)
    },
  )

  it('is for nobody who is not signed in, and is not there for a story without a file', async () => {
    expect((await look(null)).status).toBe(401)
    expect((await look(desk.editor, await newStory(desk))).status).toBe(404)
    expect((await look(desk.editor, 'nothing')).status).toBe(404)
  })

  it('gives the device away nowhere else: not over the API of assets, not in the review', async () => {
    const row = await room.call({ method: 'GET', path: `/assets/${asset}`, as: desk.head })
    const review = await room.call({ method: 'GET', path: `/desk/story/${story}`, as: desk.head })
    expect([row.status, review.status]).toEqual([200, 200])
    expect(JSON.stringify([row.body, review.body])).not.toContain('MayQuay')
  })
})
