'use client'

import { useState } from 'react'
import { getJson } from '@/people/ui/api'
import { useSay } from '@/people/ui/say'
import type { Proof } from '../proof'
import { ProofList } from './proof-list'
import type { DeliveryBoard } from './use-board'
import { PLAN } from './words'

const proofOf = async (story: string, delivery: string): Promise<Proof[]> => {
  const answer = await getJson<DeliveryBoard>(`/api/desk/deliveries?story=${story}`)
  if (!answer.ok) return []
  return answer.data.deliveries.find(({ id }) => id === delivery)?.proof ?? []
}

/** The proof of one delivery, read when somebody asks for it. */
export const ProofSlot = ({ story, delivery }: { story: string; delivery: string }) => {
  const say = useSay()
  const [proof, setProof] = useState<Proof[] | null>(null)
  if (proof) return <ProofList proof={proof} />
  return (
    <button
      type="button"
      className="ht-btn ht-btn--plain ht-btn--inline"
      onClick={() => void proofOf(story, delivery).then(setProof)}
    >
      {say(PLAN.askProof)}
    </button>
  )
}
