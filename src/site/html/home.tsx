import { env } from '@/env'
import { pictureOf } from '../media-of'
import type { Snapshot } from '../snapshot'
import { timeOf } from '../words'
import { Document, type Section } from './document'
import { List, Shot, Title } from './parts'

const CLIPS = 5

/** Home, and a section's page: the newest with its picture, then the rest by time. */
export const HomePage = (props: {
  snapshots: Snapshot[]
  sections: Section[]
  section: Section | null
}) => {
  const { snapshots, section } = props
  const lead = snapshots.find((one) => pictureOf(one) !== null) ?? snapshots[0]
  const rest = snapshots.filter((one) => one !== lead)
  const clips = rest.filter((one) => one.kind === 'clip' && pictureOf(one)).slice(0, CLIPS)
  const url = `${env.PUBLIC_URL}/${section?.slug ?? ''}`
  return (
    <Document
      title={section ? `${section.name} · ${env.SITE_NAME}` : env.SITE_NAME}
      sections={props.sections}
      current={section?.slug ?? ''}
      head={
        <>
          <link rel="canonical" href={url} />
          <meta property="og:type" content="website" />
          <meta property="og:site_name" content={env.SITE_NAME} />
          <meta property="og:title" content={section?.name ?? env.SITE_NAME} />
          <meta property="og:url" content={url} />
        </>
      }
    >
      <h1 className="skip">{section?.name ?? env.SITE_NAME}</h1>
      {!lead && (
        <div className="notice">
          <p>Chưa có tin nào.</p>
        </div>
      )}
      {lead && (
        <div className={rest.length > 0 ? 'front' : 'front alone'}>
          <Lead snapshot={lead} />
          {rest.length > 0 && (
            <section>
              <h2 className="rule">{section ? section.name : 'Mới nhất'}</h2>
              <List snapshots={rest} />
            </section>
          )}
        </div>
      )}
      {clips.length > 0 && <Clips snapshots={clips} />}
    </Document>
  )
}

const Lead = ({ snapshot }: { snapshot: Snapshot }) => (
  <article className="lead">
    <Shot snapshot={snapshot} sizes="(max-width: 860px) 100vw, 690px" />
    <p className="kicker">{snapshot.section}</p>
    <h2>
      <Title snapshot={snapshot} />
    </h2>
    {snapshot.summary && <p className="sapo">{snapshot.summary}</p>}
    <p className="meta">
      {snapshot.byline && `${snapshot.byline} · `}
      <time dateTime={snapshot.publishedAt}>{timeOf(snapshot.publishedAt)}</time>
    </p>
  </article>
)

const Clips = ({ snapshots }: { snapshots: Snapshot[] }) => (
  <section className="clips">
    <h2 className="rule">Clip</h2>
    <ul>
      {snapshots.map((snapshot) => (
        <li key={snapshot.path}>
          <Shot snapshot={snapshot} sizes="(max-width: 560px) 480px, 610px" tall />
          <h3>
            <Title snapshot={snapshot} />
          </h3>
        </li>
      ))}
    </ul>
  </section>
)
