'use client'

import { Link, useAuth, useNav } from '@payloadcms/ui'
import { LogOut, X } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import { isRole, ROLES } from '../roles'
import { Logo } from './mark'
import { HOUSE_LINKS, WORK_LINKS, type NavLink } from './nav-links'
import { useSay } from './say'

const WORDS = {
  menu: { vi: 'Các mục', en: 'Menu' },
  house: { vi: 'Tòa soạn', en: 'Newsroom' },
  out: { vi: 'Đăng xuất', en: 'Sign out' },
  close: { vi: 'Đóng', en: 'Close' },
  waiting: { vi: 'việc chờ bạn', en: 'waiting for you' },
}

/** The desk board says how much waits for this person; the menu repeats it. */
export const WAITING_EVENT = 'ht-waiting'

const useWaiting = () => {
  const [waiting, setWaiting] = useState(0)
  useEffect(() => {
    const heard = (event: Event) => {
      if (event instanceof CustomEvent && typeof event.detail === 'number') setWaiting(event.detail)
    }
    window.addEventListener(WAITING_EVENT, heard)
    return () => window.removeEventListener(WAITING_EVENT, heard)
  }, [])
  return waiting
}

const isHere = (pathname: string, href: string) =>
  href === '/admin'
    ? pathname === '/admin' || pathname.startsWith('/admin/review')
    : pathname.startsWith(href)

const Links = ({ links }: { links: NavLink[] }) => {
  const say = useSay()
  const pathname = usePathname()
  const waiting = useWaiting()
  const { permissions } = useAuth()
  const seen = links.filter(({ needs }) => permissions?.collections?.[needs]?.read)
  return (
    <ul>
      {seen.map(({ href, label, icon: Icon }) => (
        <li key={href}>
          <Link
            className="ht-nav__link"
            href={href}
            prefetch={false}
            aria-current={isHere(pathname, href) ? 'page' : undefined}
          >
            <Icon size={16} aria-hidden />
            {say(label)}
            {href === '/admin' && waiting > 0 ? (
              <span
                className="ht-count ht-count--hot"
                aria-label={`${waiting} ${say(WORDS.waiting)}`}
              >
                {waiting}
              </span>
            ) : null}
          </Link>
        </li>
      ))}
    </ul>
  )
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word.slice(0, 1))
    .slice(0, 2)
    .join('')
    .toUpperCase()

const Me = () => {
  const say = useSay()
  const { user } = useAuth()
  const name = typeof user?.name === 'string' ? user.name : ''
  const roles: unknown[] = Array.isArray(user?.roles) ? user.roles : []
  const titles = roles
    .filter(isRole)
    .map((role) => say(ROLES[role]))
    .filter((title) => title !== name)
  return (
    <div className="ht-nav__me">
      <span className="ht-avatar" aria-hidden>
        {initials(name)}
      </span>
      <Link className="ht-nav__who" href="/admin/account" prefetch={false}>
        {name}
        <small>{titles.join(', ')}</small>
      </Link>
      <Link
        className="ht-btn ht-btn--icon"
        href="/admin/logout"
        prefetch={false}
        aria-label={say(WORDS.out)}
        title={say(WORDS.out)}
      >
        <LogOut size={15} aria-hidden />
      </Link>
    </div>
  )
}

/** Closes the menu of a phone when the page changes. */
const useCloseOnMove = () => {
  const pathname = usePathname()
  const { setNavOpen } = useNav()
  useEffect(() => {
    if (window.matchMedia('(max-width: 1024px)').matches) setNavOpen(false)
  }, [pathname, setNavOpen])
}

export const Nav = () => {
  const say = useSay()
  const { navOpen, navRef, setNavOpen } = useNav()
  useCloseOnMove()
  return (
    <aside className={navOpen ? 'ht-nav ht-nav--open' : 'ht-nav'} ref={navRef}>
      <div className="ht-nav__brand">
        <Link href="/admin" prefetch={false} aria-label="Hội Tụ">
          <Logo />
        </Link>
        <button
          type="button"
          className="ht-btn ht-btn--icon ht-nav__close"
          aria-label={say(WORDS.close)}
          onClick={() => setNavOpen(false)}
        >
          <X size={16} aria-hidden />
        </button>
      </div>
      <nav aria-label={say(WORDS.menu)}>
        <Links links={WORK_LINKS} />
        <p className="ht-nav__group">{say(WORDS.house)}</p>
        <Links links={HOUSE_LINKS} />
      </nav>
      <Me />
    </aside>
  )
}
