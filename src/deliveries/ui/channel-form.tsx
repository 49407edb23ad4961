'use client'

import { useState, type FormEvent, type ReactNode } from 'react'
import { useSay } from '@/people/ui/say'
import { isPlatform } from '../platforms'
import { CHANNELS, FORMS, type SettingField } from './channel-words'
import type { ChannelRow, ChannelWish } from './use-channels'

const settingsOf = (channel: ChannelRow | null): Record<string, string> => {
  if (!channel) return {}
  const parsed: unknown = JSON.parse(channel.settings || '{}')
  if (typeof parsed !== 'object' || parsed === null) return {}
  return Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, String(value)]))
}

const Setting = ({
  field,
  value,
  onChange,
}: {
  field: SettingField
  value: string
  onChange: (value: string) => void
}) => {
  const say = useSay()
  return (
    <label className="ht-field">
      {say(field.label)}
      {field.choices ? (
        <select
          className="ht-input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {field.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {say(choice.label)}
            </option>
          ))}
        </select>
      ) : (
        <input
          className="ht-input"
          value={value}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {field.hint ? <span>{say(field.hint)}</span> : null}
    </label>
  )
}

const Flag = ({
  words,
  hint,
  value,
  onChange,
}: {
  words: string
  hint?: string
  value: boolean
  onChange: (value: boolean) => void
}) => (
  <label className="ht-flag">
    <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
    <span>
      {words}
      {hint ? <small className="ht-muted">{hint}</small> : null}
    </span>
  </label>
)

const useForm = (channel: ChannelRow | null) => {
  const [name, setName] = useState(channel?.name ?? '')
  const [token, setToken] = useState('')
  const [settings, setSettings] = useState(() => settingsOf(channel))
  const [flags, setFlags] = useState({
    insurance: channel?.insurance ?? false,
    active: channel?.active ?? true,
    held: channel?.held ?? false,
  })
  /** Settings and token go along only when they were typed: they make the platform be asked again. */
  const wish = (): ChannelWish => {
    const filled = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''))
    const changed = JSON.stringify(filled) !== JSON.stringify(settingsOf(channel))
    return {
      name: name.trim(),
      ...(channel ? { ...flags, revision: channel.revision } : { insurance: flags.insurance }),
      ...(changed || !channel ? { settings: filled } : {}),
      ...(token.trim() ? { token: token.trim() } : {}),
    }
  }
  const set = (key: string, value: string) => setSettings({ ...settings, [key]: value })
  return { name, setName, token, setToken, settings, set, flags, setFlags, wish }
}

type Form = ReturnType<typeof useForm>

const TokenField = ({ form, hint }: { form: Form; hint: string }) => {
  const say = useSay()
  return (
    <label className="ht-field">
      {say(CHANNELS.token)}
      <input
        className="ht-input"
        type="password"
        autoComplete="new-password"
        value={form.token}
        onChange={(event) => form.setToken(event.target.value)}
      />
      <span>{hint}</span>
    </label>
  )
}

const Settings = ({ form, fields }: { form: Form; fields: SettingField[] }) =>
  fields.map((field) => (
    <Setting
      key={field.key}
      field={field}
      value={form.settings[field.key] ?? ''}
      onChange={(value) => form.set(field.key, value)}
    />
  ))

const Flags = ({ form, insurance, made }: { form: Form; insurance: boolean; made: boolean }) => {
  const say = useSay()
  const flag = (key: keyof Form['flags']) => ({
    value: form.flags[key],
    onChange: (value: boolean) => form.setFlags({ ...form.flags, [key]: value }),
  })
  return (
    <>
      {insurance ? (
        <Flag
          words={say(CHANNELS.insurance)}
          hint={say(CHANNELS.insuranceWhat)}
          {...flag('insurance')}
        />
      ) : null}
      {made ? <Flag words={say(CHANNELS.active)} {...flag('active')} /> : null}
      {made ? <Flag words={say(CHANNELS.held)} {...flag('held')} /> : null}
    </>
  )
}

type Props = {
  platform: string
  channel: ChannelRow | null
  busy: boolean
  onSend: (wish: ChannelWish) => void
  onCancel: () => void
  children?: ReactNode
}

/** Connects a channel, or changes one. A token that was typed is sent once and never read back. */
export const ChannelForm = ({ platform, channel, busy, onSend, onCancel, children }: Props) => {
  const say = useSay()
  const form = useForm(channel)
  const { settings, token, insurance } = FORMS[isPlatform(platform) ? platform : 'dry-run']
  const trials = settings.filter(({ trial }) => trial)
  const lacking = form.name.trim() === '' || (token !== null && !channel && form.token === '')
  const submitted = (event: FormEvent) => {
    event.preventDefault()
    onSend(form.wish())
  }
  return (
    <form className="ht-channel__form" autoComplete="off" onSubmit={submitted}>
      {children}
      <label className="ht-field">
        {say(CHANNELS.name)}
        <input
          className="ht-input"
          value={form.name}
          maxLength={120}
          onChange={(event) => form.setName(event.target.value)}
        />
      </label>
      {token ? <TokenField form={form} hint={say(channel ? CHANNELS.tokenKept : token)} /> : null}
      <Settings form={form} fields={settings.filter(({ trial }) => !trial)} />
      {trials.length > 0 ? (
        <details className="ht-whynot">
          <summary>{say(CHANNELS.trial)}</summary>
          <div className="ht-channel__form">
            <Settings form={form} fields={trials} />
          </div>
        </details>
      ) : null}
      <Flags form={form} insurance={insurance} made={channel !== null} />
      <div className="ht-row">
        <button type="submit" className="ht-btn ht-btn--primary" disabled={busy || lacking}>
          {say(busy ? CHANNELS.connecting : channel ? CHANNELS.save : CHANNELS.connect)}
        </button>
        <button type="button" className="ht-btn" onClick={onCancel}>
          {say(CHANNELS.cancel)}
        </button>
      </div>
    </form>
  )
}
