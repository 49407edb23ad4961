'use client'

import { useDocumentInfo, useFormModified } from '@payloadcms/ui'
import { Notice } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import { WhyNot } from './action-bar'
import { useReview } from './use-review'
import { REVIEW } from './words'

const SAVE_FIRST = { vi: 'Lưu bài trước, rồi hãy chuyển bước.', en: 'Save first, then move on.' }

const Standing = ({ story }: { story: string }) => {
  const say = useSay()
  const modified = useFormModified()
  const { review } = useReview(story)
  if (!review) return null
  const { reason, state } = review.desk
  return (
    <div className="ht-standing">
      <WhyNot actions={review.actions} />
      {modified ? <Notice tone="blue">{say(SAVE_FIRST)}</Notice> : null}
      {review.editWarning ? <Notice>{say(review.editWarning)}</Notice> : null}
      {reason && state === 'changes-requested' ? (
        <Notice>{say(REVIEW.returned, { reason })}</Notice>
      ) : null}
    </div>
  )
}

/** Above the text: what a save would void, and why the story came back. */
export const StoryStanding = () => {
  const { id } = useDocumentInfo()
  return id === undefined || id === null ? null : <Standing story={String(id)} />
}
