'use client'

import type { RightsNow } from '@/assets/rights-of'
import type { Help } from '@/errors'
import { Notice } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'

/** Only what the signer should stop at; where nobody said anything, nothing stands here. */
const WORDS: Partial<Record<RightsNow['state'], { tone: 'red' | 'amber'; words: Help }>> = {
  expired: {
    tone: 'red',
    words: {
      vi: 'Bản quyền của clip đã hết ngày {to}. Ký được, nhưng không kênh nào đăng cho đến khi gia hạn trong Kho tư liệu.',
      en: 'The rights in the clip ended with {to}. It can be signed, but no channel sends it until they are extended in the library.',
    },
  },
  'not-yet': {
    tone: 'amber',
    words: {
      vi: 'Clip chỉ được dùng từ ngày {from}. Trước ngày đó không kênh nào đăng.',
      en: 'The clip may be used from {from} on. No channel sends it before.',
    },
  },
  expiring: {
    tone: 'amber',
    words: {
      vi: 'Bản quyền của clip hết vào cuối ngày {to}. Sau đó không kênh nào đăng.',
      en: 'The rights in the clip end with {to}. No channel sends it after.',
    },
  },
}

const dayWords = (day: string) => day.split('-').toReversed().join('/')

export const RightsNotice = ({ rights }: { rights: RightsNow | null }) => {
  const say = useSay()
  const found = rights ? WORDS[rights.state] : undefined
  if (!rights || !found) return null
  const [from, to] = [dayWords(rights.from), dayWords(rights.to)]
  return <Notice tone={found.tone}>{say(found.words, { from, to })}</Notice>
}
