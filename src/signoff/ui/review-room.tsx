'use client'

import { useCallback, useRef, useState, type ComponentType, type RefObject } from 'react'
import { Notice } from '@/people/ui/pieces'
import { useLanguage, useSay } from '@/people/ui/say'
import { Composer } from '@/stories/ui/composer'
import { ActionBar, WhyNot, type Act } from './action-bar'
import { Changes } from './changes'
import { CheckList } from './check-list'
import { checksOf } from './checks'
import { Extras } from './extras'
import { posterChoices } from './media-path'
import { SendPicture } from './send-picture'
import { History } from './history'
import { Player } from './player'
import { Provenance } from './provenance'
import { CoverButton, Redactor } from './redactor'
import { ReviewHead } from './review-head'
import { ReviewParts, useParts } from './review-parts'
import { RightsNotice } from './rights-notice'
import { SealBox } from './seal-box'
import { isSealed, SignChannels, type OutwardSlot } from './sign-channels'
import { StoryText } from './story-text'
import type { Review } from './types'
import { useReview, type ReviewState, type Send } from './use-review'
import { BOARD, REVIEW } from './words'

/** What the room of deliveries puts beside the actions: taking down from every channel. */
export type TakedownSlot = ComponentType<{ review: Review; busy: boolean; send: Send }>

/** No news to whoever could never sign, or not now. */
const NO_SIGNER = [
  'role',
  'wrong-state',
  'needs-head',
  'not-author',
  'not-clearer',
  'not-last-editor',
]

type Slots = { Outward: OutwardSlot; Takedown: TakedownSlot }

/** Every channel that can be signed is ticked until the signer unticks it. */
const useChosen = (review: Review | null) => {
  const [dropped, setDropped] = useState<string[]>([])
  const open = review?.variants.filter((variant) => !isSealed(variant)) ?? []
  const chosen = open.map(({ channel }) => channel).filter((channel) => !dropped.includes(channel))
  const choose = (channel: string, wanted: boolean) =>
    setDropped((before) =>
      wanted ? before.filter((one) => one !== channel) : [...before, channel],
    )
  return { chosen, choose }
}

const goOnWatching = (review: Review, video: RefObject<HTMLVideoElement | null>) => {
  const player = video.current
  if (!player) return
  player.currentTime = review.watch?.gaps[0]?.[0] ?? 0
  player.scrollIntoView({ block: 'center' })
  void player.play()
}

const SidePanel = ({
  review,
  state,
  slots: { Outward, Takedown },
  onMend,
}: {
  review: Review
  state: ReviewState
  slots: Slots
  onMend: (to: 'player' | 'channels') => void
}) => {
  const say = useSay()
  const language = useLanguage()
  const { busy, send, said } = state
  const { chosen, choose } = useChosen(review)
  const sign = review.actions.find(({ action }) => action === 'sign')
  // A signer who cannot sign yet sees the button and what is lacking.
  const open = review.variants.some((variant) => !isSealed(variant))
  const lacking =
    open && sign && !sign.allowed && !NO_SIGNER.includes(sign.reason ?? '') ? sign : null
  const shown = review.actions.filter(
    (one) => (one.allowed && (open || one !== sign)) || one === lacking,
  )
  const maySign = Boolean(sign?.allowed) || lacking !== null
  const act: Act = (action, reason) => {
    const channels = action === 'sign' ? chosen : undefined
    const { id: story } = review.story
    void send('/api/actions', { story, action, revision: review.desk.revision, reason, channels })
  }
  return (
    <aside className="ht-review__side" aria-label={say(REVIEW.sign)}>
      <h2>{say(REVIEW.sign)}</h2>
      <SignChannels {...{ review, chosen, maySign, busy, send, Outward }} onChoose={choose} />
      <CheckList checks={checksOf(review, language)} onMend={onMend} />
      <SealBox review={review} chosen={chosen.length} />
      <WhyNot actions={review.actions} />
      <Takedown review={review} busy={busy} send={send} />
      <div className="ht-review__bar">
        {said ? (
          <Notice tone="red" live>
            {say(said)}
          </Notice>
        ) : null}
        <ActionBar actions={shown} chosen={chosen.length} busy={busy} onAct={act} />
        {lacking?.help ? <p className="ht-muted">{say(lacking.help)}</p> : null}
      </div>
    </aside>
  )
}

/** The clip as it goes out, or opened to cover something in it. */
const Clip = (props: Parameters<typeof Player>[0]) => {
  const { review, onBeat } = props
  const [covering, cover] = useState(false)
  if (covering) return <Redactor review={review} onSaved={onBeat} onClose={() => cover(false)} />
  return (
    <>
      <Player {...props} />
      {review.cover ? <CoverButton count={review.cover.count} onOpen={() => cover(true)} /> : null}
    </>
  )
}

const OnChannels = ({ review, reload }: { review: Review; reload: () => Promise<void> }) => (
  <>
    <Composer
      story={review.story}
      variants={review.variants}
      channels={review.channels}
      posters={review.story.kind === 'text' ? null : posterChoices(review)}
      onSaved={reload}
    />
    <SendPicture story={review.story.id} state={review.desk.state} onSent={reload} />
  </>
)

const Past = ({ review }: { review: Review }) => (
  <>
    <History rows={review.history} />
    {review.asset ? <Provenance story={review.story.id} /> : null}
  </>
)

const Loaded = ({ review, state, slots }: { review: Review; state: ReviewState; slots: Slots }) => {
  const say = useSay()
  const video = useRef<HTMLVideoElement>(null)
  const [shown, show] = useParts(review)
  const { reload } = state
  const onBeat = useCallback(() => void reload(), [reload])
  const mend = (to: 'player' | 'channels') => {
    if (to === 'player') return goOnWatching(review, video)
    show('channels')
    requestAnimationFrame(() => document.getElementById('ht-part-channels')?.scrollIntoView())
  }
  return (
    <div className="ht-view ht-review">
      <ReviewHead review={review} />
      <main className="ht-review__main">
        {review.desk.reason && review.desk.state === 'changes-requested' ? (
          <Notice>{say(REVIEW.returned, { reason: review.desk.reason })}</Notice>
        ) : null}
        <RightsNotice rights={review.rights} />
        <Clip review={review} video={video} onBeat={onBeat} />
        <ReviewParts
          review={review}
          shown={shown}
          onShow={show}
          parts={{
            changes: <Changes diff={review.diff} cleared={review.desk.clearedAt !== null} />,
            text: (
              <>
                <StoryText story={review.story} />
                <Extras extras={review.extras} />
              </>
            ),
            channels: <OnChannels review={review} reload={reload} />,
            history: <Past review={review} />,
          }}
        />
      </main>
      <SidePanel review={review} state={state} slots={slots} onMend={mend} />
    </div>
  )
}

/** One story before the person who decides: what it is, what changed, what stops it, and the seal. */
export const ReviewRoom = ({ story, ...slots }: { story: string } & Slots) => {
  const say = useSay()
  const state = useReview(story)
  if (state.review) return <Loaded review={state.review} state={state} slots={slots} />
  return (
    <div className="ht-view">
      {state.said ? (
        <Notice tone="red" live>
          {say(state.said)}
        </Notice>
      ) : (
        <p className="ht-muted">{say(BOARD.loading)}</p>
      )}
    </div>
  )
}
