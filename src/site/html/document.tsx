import type { ReactNode } from 'react'
import { now } from '@/clock'
import { env } from '@/env'
import { longDayOf } from '../words'
import { FIRST_FONTS, STYLE } from './style'

export type Section = { name: string; slug: string }

export type DocumentProps = {
  title: string
  /** More of the head: share tags, the edition's digest. */
  head?: ReactNode
  sections: Section[]
  /** Slug of the section that the reader is in; '' at home; null elsewhere. */
  current: string | null
  children: ReactNode
}

/** The frame of every public page. Complete HTML: nothing of it needs a script. */
export const Document = ({ title, head, sections, current, children }: DocumentProps) => (
  <html lang="vi">
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title}</title>
      {FIRST_FONTS.map((href) => (
        <link key={href} rel="preload" as="font" type="font/woff2" href={href} crossOrigin="" />
      ))}
      <link rel="icon" type="image/svg+xml" href="/icon.svg" />
      <link rel="alternate" type="application/rss+xml" title={env.SITE_NAME} href="/rss.xml" />
      {head}
      <style dangerouslySetInnerHTML={{ __html: STYLE }} />
    </head>
    <body>
      <a className="skip" href="#main">
        Đến nội dung chính
      </a>
      <header className="top">
        <div className="wrap">
          <p className="today">{longDayOf(now())}</p>
          <div className="mast">
            <a className="name" href="/">
              {env.SITE_NAME}
            </a>
            <Nav sections={sections} current={current} />
          </div>
        </div>
      </header>
      <main id="main" className="wrap">
        {children}
      </main>
      <footer className="foot">
        <div className="wrap">
          <span>{env.SITE_NAME}</span>
          <a href="/rss.xml">RSS</a>
        </div>
      </footer>
    </body>
  </html>
)

const Nav = ({ sections, current }: { sections: Section[]; current: string | null }) => (
  <nav className="nav" aria-label="Chuyên mục">
    <a href="/" aria-current={current === '' ? 'page' : undefined}>
      Mới nhất
    </a>
    {sections.map(({ name, slug }) => (
      <a key={slug} href={`/${slug}`} aria-current={current === slug ? 'true' : undefined}>
        {name}
      </a>
    ))}
  </nav>
)
