/** What was typed, kept in this browser until the server has it. A full or forbidden storage is no error. */
const PREFIX = 'gui-tin:'

export const keep = (name: string, value: unknown) => {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value))
  } catch {
    // Private windows have no room; the form itself still holds the words.
  }
}

export const kept = (name: string): unknown => {
  try {
    const text = localStorage.getItem(PREFIX + name)
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

export const forget = (name: string) => {
  try {
    localStorage.removeItem(PREFIX + name)
  } catch {
    // As above.
  }
}

export const keptWords = (name: string): Record<string, string> => {
  const found = kept(name)
  if (typeof found !== 'object' || found === null) return {}
  const words = Object.entries(found).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  )
  return Object.fromEntries(words)
}

/** Stories that are to be handed in as soon as their file has arrived, also after a closed tab. */
export const waiting = (): string[] => {
  const found = kept('waiting')
  return Array.isArray(found) ? found.filter((id) => typeof id === 'string') : []
}
export const wait = (story: string) => keep('waiting', [...new Set([...waiting(), story])])
export const waitNoMore = (story: string) =>
  keep(
    'waiting',
    waiting().filter((id) => id !== story),
  )
