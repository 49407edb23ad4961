'use client'

import { useAuth } from '@payloadcms/ui'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Help } from '@/errors'
import { getJson, sendJson } from '@/people/ui/api'
import { ChannelMark, Notice } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import type { ChannelChoice, PosterChoice, VariantText } from './types'
import { VariantCard } from './variant-card'
import { COMPOSER } from './words'

type Story = { id: string; title: string; summary?: string | null }

type AddProps = { story: Story; channels: ChannelChoice[]; onSaved: () => Promise<void> }

type Dropped = { id: string; revision: number }

/** A channel that was dropped keeps its words: adding it again takes them back. */
const droppedOf = async (story: string, channel: string): Promise<Dropped | null> => {
  const where = `where[story][equals]=${story}&where[channel][equals]=${channel}`
  const answer = await getJson<{ docs: Dropped[] }>(`/api/variants?${where}&limit=1&depth=0`)
  return answer.ok ? (answer.data.docs[0] ?? null) : null
}

const takeBack = ({ id, revision }: Dropped) =>
  sendJson(`/api/variants/${id}`, { removed: false, revision }, 'PATCH')

const start = ({ id, title, summary }: Story, channel: string) =>
  sendJson('/api/variants', { story: id, channel, title, text: summary ?? '', revision: 0 })

/** A new channel starts from the story's own words. */
const AddChannel = ({ story, channels, onSaved }: AddProps) => {
  const say = useSay()
  const [said, setSaid] = useState<Help | null>(null)
  const add = async (channel: string) => {
    const dropped = await droppedOf(story.id, channel)
    const answer = dropped ? await takeBack(dropped) : await start(story, channel)
    setSaid(answer.ok ? null : answer.help)
    await onSaved()
  }
  return (
    <div className="ht-row" role="group" aria-label={say(COMPOSER.add)}>
      <span className="ht-muted">{say(COMPOSER.add)}</span>
      {channels.map(({ id, name, platform }) => (
        <button key={id} type="button" className="ht-btn" onClick={() => void add(id)}>
          <Plus size={14} aria-hidden />
          <ChannelMark platform={platform} label={platform} />
          {name}
        </button>
      ))}
      {said ? (
        <Notice tone="red" live>
          {say(said)}
        </Notice>
      ) : null}
    </div>
  )
}

type Props = {
  story: Story
  variants: (VariantText & { seal?: { state: string } | null })[]
  channels: ChannelChoice[]
  /** Null for a story that will never have frames to choose from. */
  posters: PosterChoice[] | null
  onSaved: () => Promise<void>
}

/** One story on its channels, side by side. */
export const Composer = ({ story, variants, channels, posters, onSaved }: Props) => {
  const say = useSay()
  const { permissions } = useAuth()
  const rights = permissions?.collections?.variants
  const taken = variants.map(({ channel }) => channel)
  const free = channels.filter(({ id }) => !taken.includes(id))
  return (
    <section className="ht-composer" aria-label={say(COMPOSER.heading)}>
      <h2>{say(COMPOSER.heading)}</h2>
      {variants.length === 0 ? <p className="ht-muted">{say(COMPOSER.none)}</p> : null}
      <div className="ht-composer__cards">
        {variants.map((variant) => (
          <VariantCard
            key={variant.id}
            variant={variant}
            posters={posters}
            mayEdit={Boolean(rights?.update)}
            sealed={variant.seal?.state === 'valid'}
            onSaved={onSaved}
          />
        ))}
      </div>
      {rights?.create && free.length > 0 ? (
        <AddChannel story={story} channels={free} onSaved={onSaved} />
      ) : null}
    </section>
  )
}
