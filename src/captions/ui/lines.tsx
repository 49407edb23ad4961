'use client'

import type { ReactNode } from 'react'

const PAIR = /<(i|b)>([\s\S]*?)<\/\1>/

/** Text of a caption with its italics and bold: the only tags there are. */
const marked = (text: string, key = ''): ReactNode[] => {
  const found = PAIR.exec(text)
  if (!found) return [text.replace(/<\/?[ib]>/g, '')]
  const [whole, tag, inner = ''] = found
  const Tag = tag === 'b' ? 'b' : 'i'
  return [
    text.slice(0, found.index),
    <Tag key={`${key}${found.index}`}>{marked(inner, `${key}-`)}</Tag>,
    ...marked(text.slice(found.index + whole.length), `${key}${found.index}.`),
  ]
}

export const Lines = ({ text }: { text: string }) => (
  <span className="ht-cap__lines">{marked(text)}</span>
)
