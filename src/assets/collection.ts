import type { CollectionConfig } from 'payload'
import { desk, nobody, only } from '@/people/access'
import { holds, personOf } from '@/people/person'
import { closed } from '@/records/closed'
import { eventedFields, indexedText } from '@/records/fields'
import { dressFields } from './dress-fields'

const label = (vi: string, en: string) => ({ vi, en })

/** One person's sending of one file. The bytes it brought are an asset; two uploads of the same bytes share it. */
export const uploads: CollectionConfig = {
  slug: 'uploads',
  hooks: closed,
  admin: { hidden: true },
  access: {
    create: nobody,
    update: nobody,
    delete: nobody,
    read: ({ req }) => {
      const person = personOf(req.user)
      if (holds(person, ...desk)) return true
      return person && person.kind === 'person' ? { owner: { equals: person.id } } : false
    },
  },
  fields: [
    indexedText('tusId', { unique: true, required: true }),
    indexedText('owner', { required: true }),
    indexedText('story'),
    { name: 'filename', type: 'text' },
    { name: 'bytes', type: 'number' },
    { name: 'claimedSha256', type: 'text' },
    indexedText('sha256'),
    indexedText('asset'),
    // Material beside the story's clip: kept and shown, never the clip itself.
    { name: 'extra', type: 'checkbox', defaultValue: false },
    // Which spool its bytes lie in, by the spool's own mark; see `spool-home.ts`.
    { name: 'spool', type: 'text' },
    // receiving → received → accepted | refused | expired
    indexedText('state', { required: true }),
    // A stable word, and beside it what the sender may do, as JSON of Help.
    { name: 'refusal', type: 'text' },
    { name: 'refusalHelp', type: 'textarea' },
    ...eventedFields,
  ],
}

/** An original, whole and probed. Immutable: its bytes never change, its key is random. */
export const assets: CollectionConfig = {
  slug: 'assets',
  hooks: closed,
  labels: { singular: label('Tư liệu', 'Asset'), plural: label('Tư liệu', 'Assets') },
  admin: { useAsTitle: 'title', defaultColumns: ['title', 'kind', 'state', 'bytes', 'createdAt'] },
  access: { create: nobody, update: nobody, delete: nobody, read: only(...desk, 'inspector') },
  disableDuplicate: true,
  disableBulkEdit: true,
  fields: [
    { name: 'title', type: 'text', label: label('Tên', 'Name') },
    indexedText('sha256', { unique: true, required: true }),
    {
      name: 'storeKey',
      type: 'text',
      required: true,
      access: { read: () => false },
      admin: { hidden: true },
    },
    { name: 'kind', type: 'text', label: label('Loại', 'Kind') },
    { name: 'mime', type: 'text', label: label('Kiểu tệp', 'File type') },
    { name: 'bytes', type: 'number', label: label('Byte', 'Bytes') },
    // Facts of `media/probe.ts` as JSON.
    { name: 'facts', type: 'textarea', label: label('Số đo của máy', 'Probed facts') },
    { name: 'durationSeconds', type: 'number', label: label('Dài, giây', 'Length, seconds') },
    // Maker, model and hour, as the device wrote them: JSON of `media/device.ts`, never public.
    { name: 'device', type: 'textarea', access: { read: () => false }, admin: { hidden: true } },
    // storing → stored → processing (→ stopping) → ready | failed
    indexedText('state', { required: true, label: label('Trạng thái', 'State') }),
    { name: 'pass', type: 'text', label: label('Đang làm', 'Pass') },
    { name: 'progress', type: 'number', defaultValue: 0, label: label('Đã xong', 'Progress') },
    { name: 'secondsLeft', type: 'number', label: label('Còn, giây', 'Seconds left') },
    { name: 'failures', type: 'number', defaultValue: 0, label: label('Số lần hỏng', 'Failures') },
    { name: 'failure', type: 'text', label: label('Vì sao hỏng', 'Why it failed') },
    // The same words in both languages, as JSON of Help.
    { name: 'failureHelp', type: 'textarea', admin: { hidden: true } },
    // What was tried and came to nothing beside a whole base, as JSON: recipe to the words of a person.
    { name: 'unmade', type: 'text', defaultValue: '', admin: { hidden: true } },
    { name: 'leaseBy', type: 'text', access: { read: () => false }, admin: { hidden: true } },
    { name: 'leaseUntil', type: 'number', defaultValue: 0, admin: { hidden: true } },
    // Instants in milliseconds, 0 for never: called breaking news, last begun, not to be tried before.
    { name: 'urgentAt', type: 'number', defaultValue: 0, label: label('Tin nóng từ', 'Urgent') },
    { name: 'startedAt', type: 'number', defaultValue: 0, index: true, admin: { hidden: true } },
    { name: 'waitUntil', type: 'number', defaultValue: 0, admin: { hidden: true } },
    // The section whose turn this clip took when it was begun.
    { name: 'desk', type: 'text', index: true, admin: { hidden: true } },
    // Workers that died over it since the last rendition came out whole.
    { name: 'losses', type: 'number', defaultValue: 0, admin: { hidden: true } },
    // Its last dead workers, those that no longer count too, as JSON of `losses.ts`; and when the newest was found dead.
    { name: 'lost', type: 'textarea', access: { read: () => false }, admin: { hidden: true } },
    { name: 'lostAt', type: 'number', defaultValue: 0, index: true, admin: { hidden: true } },
    ...dressFields,
    // Cut out of another original: which, and between which instants of it, in milliseconds.
    indexedText('parent', { label: label('Cắt từ', 'Cut from') }),
    { name: 'inPoint', type: 'number', label: label('Từ, mili giây', 'From, milliseconds') },
    { name: 'outPoint', type: 'number', label: label('Đến, mili giây', 'To, milliseconds') },
    ...eventedFields,
  ],
}

/** A file set that a worker made from an asset. The row appears when its bytes are whole in the store. */
export const renditions: CollectionConfig = {
  slug: 'renditions',
  hooks: closed,
  admin: { hidden: true },
  access: { create: nobody, update: nobody, delete: nobody, read: only(...desk, 'inspector') },
  fields: [
    indexedText('key', { unique: true, required: true }), // asset:recipe:recipe version[:dressing]
    indexedText('asset', { required: true }),
    indexedText('recipe', { required: true }),
    // What it was made with, by `media/dress.ts`; empty when as it came.
    { name: 'dressing', type: 'text', defaultValue: '' },
    { name: 'prefix', type: 'text', required: true, access: { read: () => false } },
    // [{path, bytes, sha256, mime}] sorted by path, as JSON
    { name: 'files', type: 'textarea', required: true },
    { name: 'sha256', type: 'text', required: true }, // digest of the sorted manifest, media/digest.ts
    { name: 'bytes', type: 'number' },
    { name: 'width', type: 'number' },
    { name: 'height', type: 'number' },
    { name: 'durationSeconds', type: 'number' },
    { name: 'loudness', type: 'number' },
    { name: 'peak', type: 'number' },
  ],
}

/** Objects of the store that no row named when `orphans.ts` looked: reported first, removed a day later at the earliest. */
export const orphans: CollectionConfig = {
  slug: 'orphans',
  hooks: closed,
  admin: { hidden: true },
  access: { create: nobody, update: nobody, delete: nobody, read: only('admin', 'inspector') },
  fields: [
    indexedText('key', { unique: true, required: true }),
    // reported → removed, or back to kept when something names it again
    indexedText('state', { required: true }),
    { name: 'bytes', type: 'number' },
    { name: 'reportedAt', type: 'number', required: true },
    { name: 'removedAt', type: 'number' },
  ],
}
