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
      vi: 'Bản quyền của clip hoặc ảnh đại diện đã hết ngày {to}. Ký được, nhưng kênh dùng nó không đăng cho đến khi gia hạn trong Kho tư liệu.',
      en: 'The rights in the clip or a thumbnail ended with {to}. It can be signed, but no channel that shows it sends it until they are extended in the library.',
    },
  },
  'not-yet': {
    tone: 'amber',
    words: {
      vi: 'Clip hoặc ảnh đại diện chỉ được dùng từ ngày {from}. Trước ngày đó kênh dùng nó không đăng.',
      en: 'The clip or a thumbnail may be used from {from} on. No channel that shows it sends it before.',
    },
  },
  expiring: {
    tone: 'amber',
    words: {
      vi: 'Bản quyền của clip hoặc ảnh đại diện hết vào cuối ngày {to}. Sau đó kênh dùng nó không đăng.',
      en: 'The rights in the clip or a thumbnail end with {to}. No channel that shows it sends it after.',
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
