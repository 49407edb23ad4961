'use client'

import {
  ArrowDown,
  ArrowUp,
  Combine,
  Play,
  Plus,
  Redo2,
  RotateCcw,
  Scissors,
  Trash2,
  Undo2,
  type LucideIcon,
} from 'lucide-react'
import { useSay } from '@/people/ui/say'
import { SHORTCUTS, type Command } from './shortcuts'
import { CAPTIONS } from './words'

const TOOLS: readonly { command: Command; icon?: LucideIcon; text?: string }[] = [
  { command: 'play', icon: Play },
  { command: 'again', icon: RotateCcw },
  { command: 'previous', icon: ArrowUp },
  { command: 'next', icon: ArrowDown },
  { command: 'in', text: '[' },
  { command: 'out', text: ']' },
  { command: 'split', icon: Scissors },
  { command: 'merge', icon: Combine },
  { command: 'add', icon: Plus },
  { command: 'remove', icon: Trash2 },
  { command: 'undo', icon: Undo2 },
  { command: 'redo', icon: Redo2 },
]

const LOOKING: readonly Command[] = ['play', 'again', 'previous', 'next']

const shortcut = (command: Command) => SHORTCUTS.find((one) => one.command === command)

type Props = { run: (command: Command) => void; open: boolean }

/** The same orders as the keys, for a hand or a thumb. */
export const Tools = ({ run, open }: Props) => {
  const say = useSay()
  return (
    <div className="ht-cap__tools" role="toolbar" aria-label={say(CAPTIONS.title)}>
      {TOOLS.filter(({ command }) => open || LOOKING.includes(command)).map((tool) => {
        const known = shortcut(tool.command)
        const label = known ? say(known.help) : tool.command
        const Icon = tool.icon
        return (
          <button
            key={tool.command}
            type="button"
            className="ht-btn ht-btn--icon"
            aria-label={label}
            title={known ? `${label} (${known.keys})` : label}
            onClick={() => run(tool.command)}
          >
            {Icon ? <Icon size={16} aria-hidden /> : <b aria-hidden>{tool.text}</b>}
          </button>
        )
      })}
    </div>
  )
}

export const Keys = () => {
  const say = useSay()
  const alone = SHORTCUTS.filter((one) => one.with !== 'alt')
  return (
    <details className="ht-cap__keys ht-desktop">
      <summary>{say(CAPTIONS.keys)}</summary>
      <dl>
        {alone.map(({ command, keys, help }) => (
          <div key={`${command} ${keys}`}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{say(help)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
