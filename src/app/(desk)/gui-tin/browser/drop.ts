import { byId } from './dom'
import { takeUnfinished } from './unfinished'

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** Files dropped anywhere on the page: those that were begun before go on, the others are for the new story. */
export const startDrop = (add: (files: File[]) => void) => {
  let depth = 0
  const mark = (change: number) => {
    depth = Math.max(0, depth + change)
    document.body.classList.toggle('dropping', depth > 0)
  }
  const on = (name: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (e: DragEvent) => void) =>
    window.addEventListener(name, (event) => {
      if (!hasFiles(event)) return
      // Or the browser would leave the page to show the file.
      event.preventDefault()
      act(event)
    })
  on('dragenter', () => mark(1))
  on('dragleave', () => mark(-1))
  on('dragover', () => undefined)
  on('drop', (event) => {
    mark(-depth)
    const rest = takeUnfinished([...(event.dataTransfer?.files ?? [])])
    if (rest.length > 0 && !byId('compose').hidden) add(rest)
  })
}
