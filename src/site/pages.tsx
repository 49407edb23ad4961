import { answerPage } from './answer'
import { rssFeed, sitemap } from './feeds'
import type { Section } from './html/document'
import { HomePage } from './html/home'
import { NoticePage, type NoticeStatus } from './html/notice'
import { StoryPage } from './html/story'
import { playableOf } from './media-of'
import type { AtPath, Reading, Shown } from './reading'
import { isSlug } from './snapshot'

const ON_HOME = 40
const BESIDE_A_STORY = 24
const MORE = 5

type Ask = { reading: Reading; request: Request }

/** The sections that have something live, in the order of their newest story. */
const sectionsOf = (shown: Shown[]): Section[] => {
  const found = new Map(shown.map(({ snapshot }) => [snapshot.sectionSlug, snapshot.section]))
  return [...found].map(([slug, name]) => ({ slug, name }))
}

const notice = ({ request }: Ask, status: NoticeStatus) =>
  answerPage(request, { status, element: <NoticePage status={status} /> })

/** One public address, answered out of editions and nothing else. */
export const sitePage = async (args: Ask & { segments: string[] }): Promise<Response> => {
  const { segments } = args
  const [first, second] = segments
  if (first === undefined) return home(args)
  if (segments.length === 1 && first === 'rss.xml') return rssFeed(args)
  if (segments.length === 1 && first === 'sitemap.xml') return sitemap(args)
  if (segments.length > 2 || !segments.every(isSlug)) return notice(args, 404)
  return second === undefined ? section(args, first) : story(args, `${first}/${second}`)
}

const home = async (ask: Ask) => {
  const shown = await ask.reading.latest({ limit: ON_HOME })
  const snapshots = shown.map(({ snapshot }) => snapshot)
  const page = <HomePage snapshots={snapshots} sections={sectionsOf(shown)} section={null} />
  return answerPage(ask.request, { status: 200, element: page })
}

const section = async (ask: Ask, slug: string) => {
  const shown = await ask.reading.latest({ section: slug, limit: ON_HOME })
  const here = sectionsOf(shown).find((one) => one.slug === slug)
  if (!here) return notice(ask, 404)
  const sections = sectionsOf(await ask.reading.latest({ limit: BESIDE_A_STORY }))
  const snapshots = shown.map(({ snapshot }) => snapshot)
  const page = <HomePage snapshots={snapshots} sections={sections} section={here} />
  return answerPage(ask.request, { status: 200, element: page })
}

const STATUS: Record<Exclude<AtPath['is'], 'live'>, NoticeStatus> = {
  absent: 404,
  gone: 410,
  tampered: 503,
}

const story = async (ask: Ask, path: string) => {
  const found = await ask.reading.at(path)
  if (found.is !== 'live') return notice(ask, STATUS[found.is])
  const { snapshot } = found.shown
  const latest = await ask.reading.latest({ limit: BESIDE_A_STORY })
  const others = latest.map((one) => one.snapshot).filter((one) => one.path !== path)
  const page = (
    <StoryPage shown={found.shown} sections={sectionsOf(latest)} more={others.slice(0, MORE)} />
  )
  return answerPage(ask.request, {
    status: 200,
    element: page,
    player: playableOf(snapshot) !== null,
  })
}
