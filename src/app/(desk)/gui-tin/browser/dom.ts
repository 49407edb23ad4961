type Props = Record<string, string | boolean | number | null | ((event: Event) => void)>
type Child = Node | string | null | false

/** Makes an element. Text stays text: nothing that somebody typed is ever read as HTML. */
export const el = <T extends keyof HTMLElementTagNameMap>(
  tag: T,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] => {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') made.addEventListener(name, value)
    else if (value === true) made.setAttribute(name, '')
    else if (value !== false && value !== null) made.setAttribute(name, String(value))
  }
  made.append(...children.filter((child) => child !== null && child !== false))
  return made
}

export const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id)
  if (!found) throw new Error(`no #${id} in the page`)
  return found
}

export const formById = (id: string): HTMLFormElement => {
  const found = byId(id)
  if (!(found instanceof HTMLFormElement)) throw new Error(`#${id} is no form`)
  return found
}

export const fileInput = (id: string): HTMLInputElement => {
  const found = byId(id)
  if (!(found instanceof HTMLInputElement)) throw new Error(`#${id} is no input`)
  return found
}

/** The words of a form, trimmed; files are not words. */
export const valuesOf = (form: HTMLFormElement): Record<string, string> => {
  const values: Record<string, string> = {}
  new FormData(form).forEach((value, name) => {
    if (typeof value === 'string') values[name] = value.trim()
  })
  return values
}

export const fill = (form: HTMLFormElement, values: Record<string, string>) => {
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name)
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
      field.value = value
    if (field instanceof HTMLSelectElement && [...field.options].some((one) => one.value === value))
      field.value = value
  }
}

export const problem = (form: HTMLElement, text: string) => {
  const place = form.querySelector('.problem')
  if (place) place.textContent = text
}

/** Said aloud by a screen reader, without moving the focus. */
export const say = (text: string) => {
  byId('said').textContent = text
}
