'use client'

import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

export type Tone = 'grey' | 'green' | 'amber' | 'red' | 'violet' | 'teal' | 'blue'

export const Pill = ({ tone = 'grey', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`ht-pill ht-tone-${tone}`}>{children}</span>
)

const LETTERS: Record<string, string> = {
  website: 'W',
  youtube: '▶',
  facebook: 'f',
  zalo: 'Z',
  tiktok: '♪',
  x: 'X',
}

/** A channel as a small lettered square; what it is and how it stands are told in words too. */
export const ChannelMark = ({ platform, label }: { platform: string; label: string }) => (
  <span className={`ht-chan ht-chan--${platform}`} role="img" aria-label={label} title={label}>
    {LETTERS[platform] ?? platform.slice(0, 1).toUpperCase()}
  </span>
)

const ICONS = { amber: TriangleAlert, red: CircleAlert, blue: Info }

export const Notice = ({
  tone = 'amber',
  live = false,
  children,
}: {
  tone?: 'amber' | 'red' | 'blue'
  live?: boolean
  children: ReactNode
}) => {
  const Icon = ICONS[tone]
  return (
    <div className={`ht-notice ht-notice--${tone}`} role={live ? 'alert' : 'note'}>
      <Icon size={16} aria-hidden />
      <div className="ht-grow">{children}</div>
    </div>
  )
}

export const Meter = ({ share, label, done }: { share: number; label: string; done?: boolean }) => {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100)
  return (
    <div
      className={done ? 'ht-meter ht-meter--done' : 'ht-meter'}
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i style={{ width: `${percent}%` }} />
    </div>
  )
}
