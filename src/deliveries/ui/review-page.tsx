'use client'

import { ReviewRoom } from '@/signoff/ui/review-room'
import { PlanSlot } from './plan-slot'
import { TakedownSlot } from './takedown-slot'

/** The review room of sign-off, with what deliveries put into it. */
export const ReviewPage = ({ story }: { story: string }) => (
  <ReviewRoom story={story} Outward={PlanSlot} Takedown={TakedownSlot} />
)
