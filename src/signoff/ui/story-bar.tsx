'use client'

import { Link, useDocumentInfo, useFormModified } from '@payloadcms/ui'
import { ScanEye } from 'lucide-react'
import { CaptionsLink } from '@/captions/ui/captions-line'
import { Notice, Pill } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import { ActionBar } from './action-bar'
import { useReview } from './use-review'
import { REVIEW, STATES, stateOf } from './words'

/** The signature belongs to the review room, where what is signed is seen. */
const IN_THE_ROOM = ['sign']

const Bar = ({ story }: { story: string }) => {
  const say = useSay()
  const modified = useFormModified()
  const { review, said, busy, send } = useReview(story)
  if (!review) return null
  const { tone, label } = stateOf(STATES, review.desk.state)
  const here = review.actions.filter(
    ({ allowed, action }) => allowed && !IN_THE_ROOM.includes(action),
  )
  const act = (action: string, reason?: string) =>
    void send('/api/actions', { story, action, revision: review.desk.revision, reason })
  return (
    <div className="ht-storybar">
      <Pill tone={tone}>{say(label)}</Pill>
      <ActionBar actions={here} busy={busy || modified} onAct={act} />
      <Link className="ht-btn" href={`/admin/review/${story}`} prefetch={false}>
        <ScanEye size={15} aria-hidden />
        {say(REVIEW.room)}
      </Link>
      {review.asset ? <CaptionsLink asset={review.asset.id} /> : null}
      {said ? (
        <Notice tone="red" live>
          {say(said)}
        </Notice>
      ) : null}
    </div>
  )
}

/** The workflow on the story's own page: where it stands, what may be done, and why not the rest. */
export const StoryBar = () => {
  const { id } = useDocumentInfo()
  return id === undefined || id === null ? null : <Bar story={String(id)} />
}
