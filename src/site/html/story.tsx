import { env } from '@/env'
import { languageName } from '@/media/caption-languages'
import { captionsOf, pictureOf, playableOf } from '../media-of'
import type { Shown } from '../reading'
import type { Snapshot } from '../snapshot'
import { timeOf } from '../words'
import { Document, type Section } from './document'
import { absolute, jsonLdOf } from './json-ld'
import { List } from './parts'

const KICKERS = { text: '', clip: 'Clip', audio: 'Nghe', photo: 'Ảnh' } as const

export const StoryPage = (props: { shown: Shown; sections: Section[]; more: Snapshot[] }) => {
  const { snapshot } = props.shown
  const { firstPublishedAt, byline, section, kind } = snapshot
  return (
    <Document
      title={`${snapshot.title} · ${env.SITE_NAME}`}
      sections={props.sections}
      current={snapshot.sectionSlug}
      head={<ShareTags shown={props.shown} />}
    >
      <article className="story">
        <p className="kicker">{[section, KICKERS[kind]].filter(Boolean).join(' · ')}</p>
        <h1>{snapshot.title}</h1>
        {snapshot.summary && <p className="sapo">{snapshot.summary}</p>}
        <p className="meta">
          {byline && `${byline} · `}
          <time dateTime={firstPublishedAt}>{timeOf(firstPublishedAt)}</time>
        </p>
        <Media snapshot={snapshot} />
        <div className="body">
          {paragraphsOf(snapshot.body).map((text, n) => (
            <p key={n}>{text}</p>
          ))}
        </div>
        <Correction snapshot={snapshot} />
        {snapshot.tags.length > 0 && (
          <ul className="tags" aria-label="Từ khóa">
            {snapshot.tags.map((tag) => (
              <li key={tag}>{tag}</li>
            ))}
          </ul>
        )}
      </article>
      {props.more.length > 0 && (
        <section className="more">
          <h2 className="rule">Mới nhất</h2>
          <List snapshots={props.more} />
        </section>
      )}
    </Document>
  )
}

const paragraphsOf = (body: string) =>
  body
    .split(/\n\s*\n/)
    .map((text) => text.trim())
    .filter((text) => text !== '')

const ShareTags = ({ shown: { snapshot, digest } }: { shown: Shown }) => {
  const url = absolute(snapshot.path)
  const picture = pictureOf(snapshot)
  return (
    <>
      <meta name="ht-edition" content={digest} />
      <link rel="canonical" href={url} />
      {snapshot.summary && <meta name="description" content={snapshot.summary} />}
      <meta property="og:type" content="article" />
      <meta property="og:site_name" content={env.SITE_NAME} />
      <meta property="og:locale" content="vi_VN" />
      <meta property="og:title" content={snapshot.title} />
      {snapshot.summary && <meta property="og:description" content={snapshot.summary} />}
      <meta property="og:url" content={url} />
      {picture && <meta property="og:image" content={absolute(picture.jpeg)} />}
      <meta property="article:published_time" content={snapshot.firstPublishedAt} />
      <meta property="article:modified_time" content={snapshot.publishedAt} />
      <meta property="article:section" content={snapshot.section} />
      <meta name="twitter:card" content={picture ? 'summary_large_image' : 'summary'} />
      <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonLdOf(snapshot) }} />
    </>
  )
}

const Media = ({ snapshot }: { snapshot: Snapshot }) => {
  const playable = playableOf(snapshot)
  const picture = pictureOf(snapshot)
  if (!playable && !picture) return <Credit snapshot={snapshot} />
  return (
    <figure className={playable ? undefined : 'still'}>
      {playable && <Player snapshot={snapshot} />}
      {!playable && picture && <img src={picture.jpeg} alt={snapshot.title} />}
      <figcaption>
        <CreditText snapshot={snapshot} />
        <WhoWroteCaptions snapshot={snapshot} />
      </figcaption>
      {playable && <script type="module" src="/js/player.js" />}
    </figure>
  )
}

/** Plays without any script from the plain file; the script swaps in the stream. */
const Player = ({ snapshot }: { snapshot: Snapshot }) => {
  const playable = playableOf(snapshot)
  const picture = pictureOf(snapshot)
  return (
    <video
      controls
      playsInline
      preload="none"
      aria-label={snapshot.title}
      poster={picture?.jpeg}
      src={playable?.mp4 ?? undefined}
      data-hls={playable?.hls ?? undefined}
      data-captioned={playable?.captioned ?? undefined}
      width={snapshot.facts?.width || undefined}
      height={snapshot.facts?.height || undefined}
    >
      {playable?.captions.map(({ url, language, label }) => (
        <track key={url} kind="captions" srcLang={language} label={label} src={url} />
      ))}
    </video>
  )
}

/** A reader is told when the words under the picture were first written by a machine. */
const WhoWroteCaptions = ({ snapshot }: { snapshot: Snapshot }) => {
  const machine = captionsOf(snapshot).filter((track) => track.machine)
  if (machine.length === 0) return null
  const languages = machine.map(({ language }) => languageName(language).vi.replace(/^T/, 't'))
  return (
    <span className="machine">
      Phụ đề {languages.join(', ')} do máy tạo, người của tòa soạn đã soát.
    </span>
  )
}

const CreditText = ({ snapshot }: { snapshot: Snapshot }) => (
  <>
    {[
      snapshot.credit && `Nguồn: ${snapshot.credit}`,
      snapshot.signedBy && `Người duyệt: ${snapshot.signedBy}`,
    ]
      .filter(Boolean)
      .join(' · ')}
  </>
)

const Credit = ({ snapshot }: { snapshot: Snapshot }) => (
  <p className="meta">
    <CreditText snapshot={snapshot} />
  </p>
)

const Correction = ({ snapshot: { replaces, publishedAt } }: { snapshot: Snapshot }) =>
  replaces && (
    <p className="fix">
      <strong>Cải chính.</strong>{' '}
      {replaces.reason ?? `Bài này thay bản đăng lúc ${timeOf(replaces.publishedAt)}.`}{' '}
      <span>Sửa {timeOf(publishedAt)}.</span>
    </p>
  )
