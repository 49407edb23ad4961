'use client'

import { Link } from '@payloadcms/ui'
import type { DefaultCellComponentProps, TextFieldClient } from 'payload'
import { Pill } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import { actionWords } from './history-words'

const WORDS = {
  done: { vi: 'Đã làm', en: 'Done' },
  refused: { vi: 'Bị từ chối', en: 'Refused' },
  open: { vi: 'Mở tin', en: 'Open the story' },
}

type Props = DefaultCellComponentProps<TextFieldClient>

/** The audit keeps bare words; its list says them as the history of a story does. */
export const ActionCell = ({ cellData }: Props) => {
  const say = useSay()
  return <span title={cellData}>{say(actionWords(cellData))}</span>
}

export const OutcomeCell = ({ cellData }: Props) => {
  const say = useSay()
  if (cellData === 'refused') return <Pill tone="amber">{say(WORDS.refused)}</Pill>
  return <>{cellData === 'done' ? say(WORDS.done) : cellData}</>
}

export const StoryCell = ({ cellData }: Props) => {
  const say = useSay()
  if (!cellData) return <>–</>
  return (
    <Link href={`/admin/review/${cellData}`} prefetch={false}>
      {say(WORDS.open)}
    </Link>
  )
}
