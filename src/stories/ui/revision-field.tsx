'use client'

import { useField } from '@payloadcms/ui'
import { useSay } from '@/people/ui/say'
import { nth } from '../revision'
import { REVISION } from './words'

/** Shown, never typed: the form carries it so that a save can say where it started from. */
export const RevisionField = ({ path }: { path: string }) => {
  const say = useSay()
  const { value } = useField<number>({ path })
  return (
    <p className="ht-fact">
      {say(REVISION)} <b>{nth(value)}</b>
    </p>
  )
}
