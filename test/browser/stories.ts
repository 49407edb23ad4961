import { list, number, text, type Person } from '../../scripts/journey/client'
import { awaitDelivery, bring, everybody, insist, room, variantIn } from '../support/drive'
import type { Room } from '../support/room'

/** Makes stories of its own for each case, over the newsroom's HTTP API, as the people who would. */
export const storyMaker = async (house: Room) => {
  const as = await everybody(house.base, house.dataDir)
  const [reporter, editor, head, audience] = ['reporter', 'editor', 'head', 'audience'].map(as)
  if (!reporter || !editor || !head || !audience) throw new Error('somebody is missing')
  const website = await idOf(editor, '/channels?where[platform][equals]=website&limit=1')

  const draft = async (title: string): Promise<string> => {
    const made = await reporter.post('/stories', {
      kind: 'text',
      title,
      summary: 'Một câu sapo.',
      body: 'Một đoạn.',
      section: await idOf(reporter, '/sections?limit=1'),
      source: await idOf(reporter, '/sources?limit=1&where[own][equals]=true'),
    })
    return text(made.body, 'doc.id')
  }

  const submitted = async (title: string): Promise<string> => {
    const story = await draft(title)
    await bring({ person: reporter, story, action: 'submit', to: ['submitted'], reader: editor })
    return story
  }

  const cleared = async (title: string): Promise<string> => {
    const story = await submitted(title)
    await bring({ person: editor, story, action: 'take', to: ['in-review'], reader: editor })
    await editor.post('/variants', {
      story,
      channel: website,
      title,
      text: 'Một câu sapo.',
      tags: '',
    })
    await bring({ person: editor, story, action: 'clear', to: ['cleared'], reader: editor })
    return story
  }

  const signed = async (title: string): Promise<string> => {
    const story = await cleared(title)
    const more = { channels: [website] }
    await bring({ person: head, story, action: 'sign', to: ['signed'], more, reader: head })
    return story
  }

  /** Signed and out on the newsroom's own site; gives the address of its public page too. */
  const published = async (title: string): Promise<{ story: string; url: string }> => {
    const story = await signed(title)
    await audience.post('/plan', { story, channel: website, dueAt: 'now' })
    await awaitDelivery(audience, story, website, 'published', 60)
    return { story, url: text(variantIn(await room(head, story), website), 'delivery.url') }
  }

  const revisionOf = async (story: string) => number(await room(editor, story), 'story.revision')
  const stateOf = async (story: string) => text(await room(head, story), 'desk.state')
  const savedAt = async (story: string) =>
    text((await editor.get(`/stories/${story}?depth=0`)).body, 'updatedAt')
  const untilState = (story: string, state: string) =>
    insist(`the story is ${state}`, 30, async () =>
      (await stateOf(story)) === state ? true : null,
    )

  return { draft, submitted, cleared, signed, published, revisionOf, stateOf, savedAt, untilState }
}

const idOf = async (person: Person, path: string): Promise<string> =>
  text(list((await person.get(path)).body, 'docs')[0], 'id')
