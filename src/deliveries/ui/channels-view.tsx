import type { AdminViewServerProps } from 'payload'
import { Frame } from '@/people/ui/frame'
import { ChannelsPage } from './channels-page'

/** /admin/channels */
export const ChannelsView = (props: AdminViewServerProps) => (
  <Frame {...props}>
    <ChannelsPage />
  </Frame>
)
