import type { CollectionConfig } from 'payload'
import { anyoneSignedIn, nobody, only } from '@/people/access'
import { closed } from '@/records/closed'
import { eventedFields, indexedText } from '@/records/fields'

const label = (vi: string, en: string) => ({ vi, en })

export const sections: CollectionConfig = {
  slug: 'sections',
  labels: { singular: label('Chuyên mục', 'Section'), plural: label('Chuyên mục', 'Sections') },
  admin: { useAsTitle: 'name', group: label('Tòa soạn', 'Newsroom') },
  access: {
    create: only('secretariat', 'head'),
    update: only('secretariat', 'head'),
    delete: nobody,
    read: anyoneSignedIn,
  },
  disableBulkEdit: true,
  fields: [
    { name: 'name', type: 'text', required: true, label: label('Tên', 'Name') },
    indexedText('slug', { unique: true, required: true }),
  ],
}

/** The approved list. Only the head changes it; a story notes the version it used. */
export const sources: CollectionConfig = {
  slug: 'sources',
  labels: { singular: label('Nguồn', 'Source'), plural: label('Nguồn tin', 'Sources') },
  admin: {
    useAsTitle: 'name',
    defaultColumns: ['name', 'own', 'inForce', 'version'],
    group: label('Tòa soạn', 'Newsroom'),
  },
  access: { create: only('head'), update: only('head'), delete: nobody, read: anyoneSignedIn },
  disableBulkEdit: true,
  fields: [
    { name: 'name', type: 'text', required: true, label: label('Tên', 'Name') },
    { name: 'credit', type: 'text', required: true, label: label('Cách ghi nguồn', 'Credit line') },
    { name: 'domain', type: 'text', label: label('Tên miền', 'Domain') },
    {
      name: 'own',
      type: 'checkbox',
      defaultValue: false,
      label: label('Tự sản xuất', 'Own production'),
    },
    {
      name: 'inForce',
      type: 'checkbox',
      defaultValue: true,
      label: label('Còn hiệu lực', 'In force'),
    },
    {
      name: 'version',
      type: 'number',
      defaultValue: 1,
      admin: { readOnly: true },
      label: label('Phiên bản', 'Version'),
    },
  ],
}

/** What one channel will show of one story. The key forbids a second one; saves go through `signoff/saving`. */
export const variants: CollectionConfig = {
  slug: 'variants',
  labels: { singular: label('Bản kênh', 'Variant'), plural: label('Bản kênh', 'Variants') },
  admin: { useAsTitle: 'title', hidden: true },
  access: {
    create: only('editor', 'desk-head', 'secretariat', 'audience'),
    update: only('editor', 'desk-head', 'secretariat', 'audience'),
    delete: nobody,
    read: only(
      'producer',
      'editor',
      'desk-head',
      'secretariat',
      'board',
      'deputy',
      'head',
      'audience',
      'inspector',
    ),
  },
  disableDuplicate: true,
  disableBulkEdit: true,
  fields: [
    indexedText('key', { unique: true }),
    indexedText('story', { required: true }),
    indexedText('channel', { required: true }),
    { name: 'title', type: 'text', required: true, label: label('Tiêu đề', 'Title') },
    { name: 'text', type: 'textarea', label: label('Mô tả', 'Description') },
    {
      name: 'tags',
      type: 'text',
      label: label('Từ khóa, cách nhau bằng dấu phẩy', 'Tags, comma-separated'),
    },
    { name: 'thumbnail', type: 'text', label: label('Ảnh đại diện', 'Thumbnail') },
    {
      name: 'removed',
      type: 'checkbox',
      defaultValue: false,
      label: label('Bỏ kênh', 'Channel dropped'),
    },
    { name: 'revision', type: 'number', defaultValue: 0, admin: { readOnly: true } },
    // The revision that a save took before it wrote, and when: the two differ while it is writing.
    {
      name: 'claimed',
      type: 'number',
      defaultValue: 0,
      admin: { hidden: true },
      access: { read: () => false },
    },
    {
      name: 'claimedAt',
      type: 'number',
      defaultValue: 0,
      admin: { hidden: true },
      access: { read: () => false },
    },
  ],
}

/** Switches of the whole house; `outward` holds every delivery. */
export const switches: CollectionConfig = {
  slug: 'switches',
  hooks: closed,
  admin: { hidden: true },
  access: { create: nobody, update: nobody, delete: nobody, read: anyoneSignedIn },
  fields: [
    indexedText('name', { unique: true, required: true }),
    { name: 'held', type: 'checkbox', defaultValue: false },
    { name: 'reason', type: 'text' },
    ...eventedFields,
  ],
}
