'use client'

import { useSay } from '@/people/ui/say'
import { CHANNELS } from './channel-words'
import { troubleOf } from './trouble-words'

type Props = { row: Parameters<typeof troubleOf>[0] }

/** Why it does not go on, in the newsroom's language; what the platform itself said stands below, small. */
export const Trouble = ({ row }: Props) => {
  const say = useSay()
  const trouble = troubleOf(row)
  if (!trouble) return null
  return (
    <p className="ht-trouble">
      {say(trouble.words, { code: trouble.code })}
      {trouble.line ? (
        <small className="ht-break">{say(CHANNELS.platformSays, { line: trouble.line })}</small>
      ) : null}
    </p>
  )
}
