'use client'

import { getTranslation } from '@payloadcms/translations'
import { Link, useDocumentInfo, useTranslation } from '@payloadcms/ui'
import type { CheckboxFieldClient, DefaultCellComponentProps, TextFieldClient } from 'payload'
import { fullMoment } from './format'
import { Pill } from './pieces'
import { useLanguage, useSay } from './say'

const WORDS = {
  saved: { vi: 'Sửa lần cuối', en: 'Last changed' },
  zone: { vi: 'giờ Việt Nam', en: 'Vietnam time' },
}

/** An instant in the newsroom's zone, with the zone said: a reporter may be abroad. */
const ZoneTime = ({ iso }: { iso: string }) => {
  const say = useSay()
  return (
    <time dateTime={iso} title={say(WORDS.zone)} className="ht-time">
      {fullMoment(useLanguage(), iso)} <small>GMT+7</small>
    </time>
  )
}

type TextCell = DefaultCellComponentProps<TextFieldClient>

/** In Payload's lists, where its own cell would take the browser's zone. */
export const TimeCell = ({ cellData, link, linkURL, collectionSlug, rowData }: TextCell) => {
  if (typeof cellData !== 'string') return null
  if (!link) return <ZoneTime iso={cellData} />
  const href = linkURL ?? `/admin/collections/${collectionSlug}/${String(rowData.id)}`
  return (
    <Link href={href} prefetch={false}>
      <ZoneTime iso={cellData} />
    </Link>
  )
}

/** What is so is said by its own name, which a card on a phone needs; what is not so is a dash. */
export const FlagCell = ({ cellData, field }: DefaultCellComponentProps<CheckboxFieldClient>) => {
  const { i18n } = useTranslation()
  if (!cellData) return <span className="ht-flag-no">–</span>
  return <Pill>{field.label ? getTranslation(field.label, i18n) : field.name}</Pill>
}

/** On Payload's edit pages, instead of its line in the browser's zone. */
export const SavedTime = () => {
  const say = useSay()
  const { savedDocumentData } = useDocumentInfo()
  const iso: unknown = savedDocumentData?.updatedAt
  if (typeof iso !== 'string') return null
  return (
    <span className="ht-saved ht-muted">
      {say(WORDS.saved)} <ZoneTime iso={iso} />
    </span>
  )
}
