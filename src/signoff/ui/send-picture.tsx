'use client'

import { useAuth } from '@payloadcms/ui'
import { useId } from 'react'
import { Meter, Notice } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import { usePictureUpload } from './use-picture-upload'
import { REVIEW } from './words'

type Props = { story: string; state: string; onSent: () => Promise<void> }

/** A picture of one's own to stand for the story, where no frame of the clip will do. */
export const SendPicture = ({ story, state, onSent }: Props) => {
  const say = useSay()
  const id = useId()
  const { permissions } = useAuth()
  const { share, said, begin } = usePictureUpload(story, onSent)
  // A file comes to a story only while it is in review; at any other time there is nothing to offer.
  if (state !== 'in-review' || !permissions?.collections?.variants?.update) return null
  return (
    <section className="ht-card" aria-label={say(REVIEW.sendPicture)}>
      <label htmlFor={id}>{say(REVIEW.sendPicture)}</label>
      <input
        id={id}
        type="file"
        accept="image/jpeg,image/png,image/webp,image/avif"
        disabled={share !== null}
        onChange={({ target }) => {
          const [file] = target.files ?? []
          target.value = ''
          if (file) void begin(file)
        }}
      />
      <p className="ht-muted">{say(REVIEW.sendPictureHow)}</p>
      {share === null ? null : <Meter share={share} label={say(REVIEW.sendPicture)} />}
      {said ? (
        <Notice tone={said === REVIEW.pictureSent ? 'blue' : 'red'} live>
          {say(said)}
        </Notice>
      ) : null}
    </section>
  )
}
