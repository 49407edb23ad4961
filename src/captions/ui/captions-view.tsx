import { notFound } from 'next/navigation'
import type { AdminViewServerProps } from 'payload'
import { Frame } from '@/people/ui/frame'
import { CaptionsPage } from './captions-page'

/** /admin/captions/:asset */
export const CaptionsView = (props: AdminViewServerProps) => {
  const segments = props.params?.segments
  const asset = Array.isArray(segments) ? segments[1] : undefined
  if (!asset) notFound()
  return (
    <Frame {...props}>
      <CaptionsPage asset={asset} />
    </Frame>
  )
}
