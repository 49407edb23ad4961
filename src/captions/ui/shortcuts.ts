import type { Help } from '@/errors'

export type Command =
  | 'play'
  | 'again'
  | 'in'
  | 'out'
  | 'next'
  | 'previous'
  | 'split'
  | 'merge'
  | 'add'
  | 'remove'
  | 'earlier'
  | 'later'
  | 'back'
  | 'forth'
  | 'undo'
  | 'redo'
  | 'write'
  | 'leave'

type Shortcut = {
  command: Command
  code: string
  /** `alone` outside a text field; `alt` also inside one; `ctrl` with Ctrl or ⌘. */
  with: 'alone' | 'alt' | 'ctrl' | 'ctrl-shift'
  keys: string
  help: Help
}

const say = (vi: string, en: string): Help => ({ vi, en })

const both = (command: Command, code: string, key: string, help: Help): Shortcut[] => [
  { command, code, with: 'alone', keys: key, help },
  { command, code, with: 'alt', keys: `Alt+${key}`, help },
]

/** By the place of the key, not its letter: Vietnamese typing programs change letters on their way. */
export const SHORTCUTS: readonly Shortcut[] = [
  { command: 'play', code: 'Space', with: 'alone', keys: 'Space', help: say('Phát, dừng', 'Play, pause') }, // prettier-ignore
  { command: 'play', code: 'KeyP', with: 'alt', keys: 'Alt+P', help: say('Phát, dừng', 'Play, pause') }, // prettier-ignore
  ...both('again', 'KeyR', 'R', say('Nghe lại câu này', 'Hear this one again')),
  ...both('in', 'KeyI', 'I', say('Bắt đầu tại đây', 'Begins here')),
  ...both('out', 'KeyO', 'O', say('Hết tại đây', 'Ends here')),
  ...both('next', 'ArrowDown', '↓', say('Câu sau', 'Next')),
  ...both('previous', 'ArrowUp', '↑', say('Câu trước', 'Previous')),
  ...both('split', 'KeyS', 'S', say('Tách câu', 'Split')),
  ...both('merge', 'KeyM', 'M', say('Gộp với câu sau', 'Merge with the next')),
  ...both('add', 'KeyN', 'N', say('Câu mới tại đây', 'New one here')),
  ...both('remove', 'Delete', 'Del', say('Xóa câu', 'Delete')),
  ...both('earlier', 'Comma', ',', say('Sớm hơn 0,1 giây', '0.1 s earlier')),
  ...both('later', 'Period', '.', say('Muộn hơn 0,1 giây', '0.1 s later')),
  ...both('back', 'ArrowLeft', '←', say('Lùi 1 giây', 'Back 1 s')),
  ...both('forth', 'ArrowRight', '→', say('Tới 1 giây', 'On 1 s')),
  { command: 'write', code: 'Enter', with: 'alone', keys: 'Enter', help: say('Gõ chữ', 'Type') },
  { command: 'leave', code: 'Escape', with: 'alone', keys: 'Esc', help: say('Thôi gõ', 'Stop typing') }, // prettier-ignore
  { command: 'undo', code: 'KeyZ', with: 'ctrl', keys: 'Ctrl+Z', help: say('Hoàn tác', 'Undo') },
  { command: 'redo', code: 'KeyZ', with: 'ctrl-shift', keys: 'Ctrl+Shift+Z', help: say('Làm lại', 'Redo') }, // prettier-ignore
  { command: 'redo', code: 'KeyY', with: 'ctrl', keys: 'Ctrl+Y', help: say('Làm lại', 'Redo') },
]

type Pressed = { code: string; alt: boolean; ctrl: boolean; shift: boolean; typing: boolean }

const heldWith = ({ alt, ctrl, shift }: Pressed): Shortcut['with'] | null => {
  if (ctrl) return alt ? null : shift ? 'ctrl-shift' : 'ctrl'
  if (alt) return shift ? null : 'alt'
  return shift ? null : 'alone'
}

/** What a press of keys asks for; while somebody types, a key alone is a letter. */
export const commandOf = (pressed: Pressed): Command | null => {
  const held = heldWith(pressed)
  const found = SHORTCUTS.find((one) => one.code === pressed.code && one.with === held)
  if (!found) return null
  if (!pressed.typing) return found.command
  return held === 'alone' && found.command !== 'leave' ? null : found.command
}
