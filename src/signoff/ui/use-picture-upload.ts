'use client'

import { useCallback, useState } from 'react'
import type { Help } from '@/errors'
import { REVIEW } from './words'

const CHUNK = 8 * 1024 ** 2
const TUS = { 'Tus-Resumable': '1.0.0' }

const base64 = (text: string) =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))

class Refused extends Error {
  constructor(readonly help: Help) {
    super(help.en)
  }
}

const isHelp = (value: unknown): value is { help: Help } =>
  typeof value === 'object' && value !== null && 'help' in value

const asked = async (path: string, init: RequestInit): Promise<Response> => {
  const response = await fetch(path, { credentials: 'same-origin', ...init })
  if (response.ok) return response
  const said: unknown = await response.json().catch(() => null)
  throw new Refused(isHelp(said) ? said.help : REVIEW.pictureLost)
}

/** A picture is sent in a few pieces, by the same door as a clip: the same limits, the same look at what it is. */
const send = async (story: string, file: File, tell: (share: number) => void) => {
  const words = { story, filename: file.name, extra: '1' }
  const metadata = Object.entries(words).map(([key, value]) => `${key} ${base64(value)}`)
  const headers = {
    ...TUS,
    'Upload-Length': String(file.size),
    'Upload-Metadata': metadata.join(','),
  }
  const made = await asked('/tus', { method: 'POST', headers })
  const place = made.headers.get('Location') ?? ''
  for (let from = 0; from < file.size; from += CHUNK) {
    await asked(place, {
      method: 'PATCH',
      headers: {
        ...TUS,
        'Upload-Offset': String(from),
        'Content-Type': 'application/offset+octet-stream',
      },
      body: file.slice(from, from + CHUNK),
    })
    tell(Math.min(1, (from + CHUNK) / file.size))
  }
}

export type PictureUpload = {
  /** How much of it is sent; null while nothing is. */
  share: number | null
  said: Help | null
  begin: (file: File) => Promise<void>
}

export const usePictureUpload = (story: string, onSent: () => Promise<void>): PictureUpload => {
  const [share, setShare] = useState<number | null>(null)
  const [said, setSaid] = useState<Help | null>(null)
  const begin = useCallback(
    async (file: File) => {
      setShare(0)
      setSaid(null)
      try {
        await send(story, file, setShare)
        setSaid(REVIEW.pictureSent)
        await onSent()
      } catch (error) {
        setSaid(error instanceof Refused ? error.help : REVIEW.pictureLost)
      }
      setShare(null)
    },
    [story, onSent],
  )
  return { share, said, begin }
}
