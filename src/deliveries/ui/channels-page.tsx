'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ChannelMark, Notice, Pill } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import { isPlatform, OWN_SITE, PLATFORMS, type PlatformId } from '../platforms'
import { ChannelForm } from './channel-form'
import { CHANNELS } from './channel-words'
import { useAdmin, useChannels, type ChannelRow, type ChannelWish } from './use-channels'

const States = ({ channel }: { channel: ChannelRow }) => {
  const say = useSay()
  return (
    <>
      {channel.insurance ? <Pill tone="violet">{say(CHANNELS.insured)}</Pill> : null}
      {channel.held ? <Pill tone="amber">{say(CHANNELS.isHeld)}</Pill> : null}
      <Pill tone={channel.active ? 'green' : 'grey'}>
        {say(channel.active ? CHANNELS.active : CHANNELS.off)}
      </Pill>
    </>
  )
}

const nameOf = (platform: string) =>
  isPlatform(platform) ? PLATFORMS[platform].label : { vi: platform, en: platform }

type CardProps = {
  channel: ChannelRow
  admin: boolean
  busy: boolean
  onSend: (wish: ChannelWish) => Promise<unknown>
}

/** One channel: whose account, how it stands, and for an admin the way to change it. */
const ChannelCard = ({ channel, admin, busy, onSend }: CardProps) => {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const send = async (wish: ChannelWish) => {
    if (await onSend(wish)) setOpen(false)
  }
  return (
    <li className="ht-card" aria-label={channel.name}>
      <div className="ht-row">
        <ChannelMark platform={channel.platform} label={say(nameOf(channel.platform))} />
        <div className="ht-grow">
          <h2>{channel.name}</h2>
          <span className="ht-muted ht-break">{channel.account || say(CHANNELS.noAccount)}</span>
        </div>
        <States channel={channel} />
        {admin && !open ? (
          <button type="button" className="ht-btn" onClick={() => setOpen(true)}>
            {say(CHANNELS.change)}
          </button>
        ) : null}
      </div>
      {open ? (
        <ChannelForm
          key={channel.revision}
          platform={channel.platform}
          channel={channel}
          busy={busy}
          onSend={(wish) => void send(wish)}
          onCancel={() => setOpen(false)}
        />
      ) : null}
    </li>
  )
}

type ConnectProps = {
  busy: boolean
  onSend: (wish: ChannelWish) => void
  onCancel: () => void
}

const OFFERED = Object.keys(PLATFORMS).filter(
  (id): id is PlatformId => isPlatform(id) && id !== OWN_SITE,
)

const ConnectForm = ({ busy, onSend, onCancel }: ConnectProps) => {
  const say = useSay()
  const [platform, setPlatform] = useState(OFFERED[0] ?? OWN_SITE)
  return (
    <section className="ht-card" aria-label={say(CHANNELS.connect)}>
      <h2>{say(CHANNELS.connect)}</h2>
      <ChannelForm
        key={platform}
        platform={platform}
        channel={null}
        busy={busy}
        onSend={(wish) => onSend({ ...wish, platform })}
        onCancel={onCancel}
      >
        <label className="ht-field">
          {say(CHANNELS.platform)}
          <select
            className="ht-input"
            value={platform}
            onChange={({ target }) => isPlatform(target.value) && setPlatform(target.value)}
          >
            {OFFERED.map((id) => (
              <option key={id} value={id}>
                {say(PLATFORMS[id].label)}
              </option>
            ))}
          </select>
        </label>
      </ChannelForm>
    </section>
  )
}

const Head = ({ mayAdd, onAdd }: { mayAdd: boolean; onAdd: () => void }) => {
  const say = useSay()
  return (
    <header className="ht-head">
      <h1>{say(CHANNELS.title)}</h1>
      {mayAdd ? (
        <button type="button" className="ht-btn ht-btn--primary" onClick={onAdd}>
          <Plus size={16} aria-hidden />
          {say(CHANNELS.connect)}
        </button>
      ) : null}
    </header>
  )
}

/** Every channel of the newsroom. An admin connects and changes them; the desk sees how they stand. */
export const ChannelsPage = () => {
  const say = useSay()
  const admin = useAdmin()
  const { channels, said, busy, send } = useChannels()
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<ChannelRow | null>(null)
  const connect = async (wish: ChannelWish) => {
    const channel = await send('/api/channel', wish)
    setMade(channel)
    if (channel) setAdding(false)
  }
  const done = made ? { name: made.name, account: made.account ?? '' } : null
  return (
    <div className="ht-view ht-channels">
      <Head mayAdd={admin && !adding} onAdd={() => setAdding(true)} />
      {admin ? null : <p className="ht-muted">{say(CHANNELS.readOnly)}</p>}
      {said ? (
        <Notice tone="red" live>
          {say(said.help)}
          {said.line ? (
            <small className="ht-channels__line ht-break">
              {say(CHANNELS.platformSays, { line: said.line })}
            </small>
          ) : null}
        </Notice>
      ) : null}
      {done ? <Notice tone="blue">{say(CHANNELS.done, done)}</Notice> : null}
      {adding ? (
        <ConnectForm
          busy={busy}
          onSend={(wish) => void connect(wish)}
          onCancel={() => setAdding(false)}
        />
      ) : null}
      {channels ? null : <p className="ht-muted">{say(CHANNELS.loading)}</p>}
      <ul>
        {channels?.map((channel) => (
          <ChannelCard
            key={channel.id}
            channel={channel}
            admin={admin}
            busy={busy}
            onSend={(wish) => send(`/api/channel/${channel.id}`, wish)}
          />
        ))}
      </ul>
    </div>
  )
}
