'use client'

import { useAuth } from '@payloadcms/ui'
import { useState } from 'react'
import type { Help } from '@/errors'
import { sendJson } from '@/people/ui/api'
import { usePolled } from '@/people/ui/use-polled'
import { CHANNELS } from './channel-words'

/** A channel as its admin sees it. The token is never among what is read. */
export type ChannelRow = {
  id: string
  name: string
  platform: string
  active: boolean
  held: boolean
  insurance: boolean
  account: string | null
  settings: string
  revision: number
}

export type ChannelWish = {
  name?: string
  platform?: string
  settings?: Record<string, string>
  token?: string
  insurance?: boolean
  active?: boolean
  held?: boolean
  revision?: number
}

/** Whether to offer what only an admin may do; the server decides. */
export const useAdmin = (): boolean => {
  const { user } = useAuth()
  return Array.isArray(user?.roles) && user.roles.includes('admin')
}

/** A no: what it means and what to do, and the platform's own sentence where it gave one. */
export type Said = { help: Help; line: string }

const saidOf = (no: { reason: string; help: Help; line?: string }): Said => ({
  help: no.reason === 'stale' ? CHANNELS.stale : no.help,
  line: no.line ?? '',
})

const LIST = '/api/channels?limit=100&depth=0&sort=name'

export const useChannels = () => {
  const { data, refused, reload } = usePolled<{ docs: ChannelRow[] }>(LIST, () => 30_000)
  const [said, setSaid] = useState<Said | null>(null)
  const [busy, setBusy] = useState(false)
  const send = async (path: string, wish: ChannelWish): Promise<ChannelRow | null> => {
    setBusy(true)
    const answer = await sendJson<{ channel: ChannelRow }>(path, wish)
    setSaid(answer.ok ? null : saidOf(answer))
    await reload()
    setBusy(false)
    return answer.ok ? answer.data.channel : null
  }
  return {
    channels: data?.docs ?? null,
    said: said ?? (refused ? { help: refused.help, line: '' } : null),
    busy,
    send,
  }
}
