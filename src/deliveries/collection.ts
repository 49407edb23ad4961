import type { CollectionConfig } from 'payload'
import { desk, machineRows, nobody, only } from '@/people/access'
import { closed } from '@/records/closed'
import { eventedFields, indexedText } from '@/records/fields'
import { NO_MERE_CLAIM } from './accounts'

const label = (vi: string, en: string) => ({ vi, en })

const mayRead = only(...desk, 'admin', 'inspector')

/** One account on one platform. Settings are data; the token lies encrypted and is never read over an API. */
export const channels: CollectionConfig = {
  slug: 'channels',
  hooks: closed,
  labels: { singular: label('Kênh', 'Channel'), plural: label('Kênh', 'Channels') },
  admin: { useAsTitle: 'name', defaultColumns: ['name', 'platform', 'active'] },
  access: {
    create: nobody,
    update: nobody,
    delete: nobody,
    // A claim that a dead process left is no channel yet.
    read: (args) => (mayRead(args) === true ? NO_MERE_CLAIM : false),
  },
  disableDuplicate: true,
  disableBulkEdit: true,
  fields: [
    { name: 'name', type: 'text', required: true, label: label('Tên', 'Name') },
    indexedText('platform', { required: true }),
    { name: 'active', type: 'checkbox', defaultValue: true, label: label('Đang dùng', 'Active') },
    { name: 'held', type: 'checkbox', defaultValue: false, label: label('Đang giữ', 'Held') },
    {
      name: 'insurance',
      type: 'checkbox',
      defaultValue: false,
      label: label('Hẹn giờ dự phòng', 'Insurance timer'),
    },
    { name: 'settings', type: 'textarea', required: true }, // JSON of strings
    { name: 'token', type: 'textarea', access: { read: () => false }, admin: { hidden: true } },
    { name: 'account', type: 'text' },
    // platform:account, as the platform names it. Two channels on one account could send one clip twice.
    indexedText('accountKey', { unique: true, required: true }),
    ...eventedFields,
  ],
}

/** One variant on one channel at one time, with its whole history. Changed by the machine of deliveries alone. */
export const deliveries: CollectionConfig = {
  slug: 'deliveries',
  hooks: closed,
  labels: { singular: label('Lượt đăng', 'Delivery'), plural: label('Lượt đăng', 'Deliveries') },
  admin: { hidden: true },
  access: machineRows,
  fields: [
    indexedText('key', { unique: true, required: true }), // story:channel:number
    indexedText('story', { required: true }),
    indexedText('channel', { required: true }),
    { name: 'platform', type: 'text', required: true },
    { name: 'number', type: 'number', required: true },
    indexedText('replaces'), // the delivery whose edition this one takes over
    indexedText('state', { required: true }),
    indexedText('dueAt', { required: true }), // ISO instant
    { name: 'seal', type: 'text' },
    { name: 'sealDigest', type: 'text' },
    { name: 'checkpoint', type: 'textarea', access: { read: () => false } }, // encrypted JSON
    { name: 'externalId', type: 'text' },
    { name: 'url', type: 'text' },
    { name: 'code', type: 'text' }, // reason word of the last trouble
    { name: 'line', type: 'text' },
    { name: 'tries', type: 'number', defaultValue: 0 },
    { name: 'nextAt', type: 'number', defaultValue: 0, index: true }, // epoch ms of the next step
    { name: 'leaseBy', type: 'text', access: { read: () => false } },
    { name: 'leaseUntil', type: 'number', defaultValue: 0 },
    { name: 'attempt', type: 'text', access: { read: () => false } }, // id of the one commit under way
    { name: 'attempts', type: 'number', defaultValue: 0 },
    { name: 'absentAt', type: 'number', defaultValue: 0 }, // when the platform first said: not here
    { name: 'armed', type: 'checkbox', defaultValue: false }, // the platform may hold a timer of its own
    { name: 'goal', type: 'text' }, // where a disarming or a withdrawal leads
    { name: 'wanted', type: 'text' }, // 'gone': a takedown came while the commit was under way
    { name: 'goneCount', type: 'number', defaultValue: 0 },
    { name: 'proof', type: 'textarea' }, // [{at, what, status, url, digest}] JSON, what a stranger saw
    ...eventedFields,
  ],
}
