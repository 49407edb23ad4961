import { notFound } from 'next/navigation'
import type { AdminViewServerProps } from 'payload'
import { Frame } from '@/people/ui/frame'
import { ReviewPage } from './review-page'

/** /admin/review/:story */
export const ReviewView = (props: AdminViewServerProps) => {
  const segments = props.params?.segments
  const story = Array.isArray(segments) ? segments[1] : undefined
  if (!story) notFound()
  return (
    <Frame {...props}>
      <ReviewPage story={story} />
    </Frame>
  )
}
