import type { AdminViewServerProps } from 'payload'
import { Frame } from '@/people/ui/frame'
import { TranscodesPage } from './transcodes-page'

/** /admin/transcodes */
export const TranscodesView = (props: AdminViewServerProps) => (
  <Frame {...props}>
    <TranscodesPage />
  </Frame>
)
