import type { AdminViewServerProps } from 'payload'
import { Frame } from '@/people/ui/frame'
import { LibraryScreen } from './library-screen'

/** /admin/kho-tu-lieu */
export const LibraryView = (props: AdminViewServerProps) => (
  <Frame {...props}>
    <LibraryScreen />
  </Frame>
)
