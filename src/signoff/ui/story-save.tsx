'use client'

import {
  FormSubmit,
  useDocumentInfo,
  useForm,
  useFormModified,
  useOperation,
  useTranslation,
} from '@payloadcms/ui'
import { useState } from 'react'
import type { Help } from '@/errors'
import { getJson } from '@/people/ui/api'
import { AskReason } from '@/people/ui/ask-reason'
import { useSay } from '@/people/ui/say'
import type { Review } from './types'

const WORDS = {
  title: { vi: 'Lưu sẽ làm mất hiệu lực quyết định trước', en: 'Saving voids an earlier decision' },
  save: { vi: 'Vẫn lưu', en: 'Save anyway' },
}

const warningOf = async (story: string): Promise<Help | null> => {
  const answer = await getJson<Review>(`/api/desk/story/${story}`)
  return answer.ok ? answer.data.editWarning : null
}

/** Saves; before a save that would void a clearing or a seal it says so and asks. */
export const StorySave = () => {
  const say = useSay()
  const { t } = useTranslation()
  const { id } = useDocumentInfo()
  const { submit } = useForm()
  const modified = useFormModified()
  const operation = useOperation()
  const [warning, setWarning] = useState<Help | null>(null)
  const press = async () => {
    const found = id === undefined || id === null ? null : await warningOf(String(id))
    if (found) setWarning(found)
    else await submit()
  }
  const answered = (yes: string | null) => {
    setWarning(null)
    if (yes !== null) void submit()
  }
  return (
    <>
      <FormSubmit
        buttonId="action-save"
        type="button"
        size="medium"
        disabled={operation === 'update' && !modified}
        onClick={() => void press()}
      >
        {t('general:save')}
      </FormSubmit>
      {warning ? (
        <AskReason
          question={{
            title: say(WORDS.title),
            what: say(warning),
            confirm: say(WORDS.save),
            needsReason: false,
          }}
          onAnswer={answered}
        />
      ) : null}
    </>
  )
}
