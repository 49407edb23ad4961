import type { AdminViewServerProps } from 'payload'
import { Frame } from '@/people/ui/frame'
import { DeliveriesBoard } from './deliveries-board'

/** /admin/deliveries */
export const DeliveriesView = (props: AdminViewServerProps) => (
  <Frame {...props}>
    <DeliveriesBoard />
  </Frame>
)
