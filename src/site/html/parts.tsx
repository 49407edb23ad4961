import { now } from '@/clock'
import { pictureOf } from '../media-of'
import type { Snapshot } from '../snapshot'
import { kindOf, lengthOf, shortTimeOf } from '../words'

type Of = { snapshot: Snapshot }

/** The picture of a story, in the size that the screen needs; nothing where there is none. */
export const Shot = ({ snapshot, sizes, tall }: Of & { sizes: string; tall?: boolean }) => {
  const picture = pictureOf(snapshot)
  const { kind, facts } = snapshot
  if (!picture) return null
  return (
    <a
      className={tall ? 'shot tall' : 'shot'}
      href={`/${snapshot.path}`}
      tabIndex={-1}
      aria-hidden="true"
    >
      <picture>
        {picture.sources.map(({ mime, files }) => (
          <source
            key={mime}
            type={mime}
            srcSet={files.map(({ url, width }) => `${url} ${width}w`).join(', ')}
            sizes={sizes}
          />
        ))}
        <img src={picture.jpeg} alt="" loading={tall ? 'lazy' : undefined} />
      </picture>
      {facts && kind === 'clip' && (
        <span className="long">▶ {lengthOf(facts.durationSeconds)}</span>
      )}
    </a>
  )
}

export const Title = ({ snapshot }: Of) => <a href={`/${snapshot.path}`}>{snapshot.title}</a>

export const List = ({ snapshots }: { snapshots: Snapshot[] }) => (
  <ol className="list">
    {snapshots.map((snapshot) => (
      <li key={snapshot.path}>
        <time className="meta" dateTime={snapshot.publishedAt}>
          {shortTimeOf(snapshot.publishedAt, now())}
        </time>
        <div>
          <h3>
            <Title snapshot={snapshot} />
          </h3>
          <p className="kind">{[snapshot.section, kindOf(snapshot)].filter(Boolean).join(' · ')}</p>
        </div>
      </li>
    ))}
  </ol>
)
