import type { CollectionConfig, Field } from 'payload'
import { desk, nobody, only } from '@/people/access'
import { holds, personOf } from '@/people/person'
import { indexedText } from '@/records/fields'
import { KIND_OPTIONS } from './kinds'

const label = (vi: string, en: string) => ({ vi, en })

const textFields: Field[] = [
  { name: 'title', type: 'text', required: true, maxLength: 200, label: label('Tít', 'Title') },
  { name: 'summary', type: 'textarea', maxLength: 600, label: label('Sapo', 'Summary') },
  { name: 'body', type: 'textarea', admin: { rows: 12 }, label: label('Nội dung', 'Text') },
  { name: 'byline', type: 'text', maxLength: 120, label: label('Bút danh', 'Byline') },
  { name: 'note', type: 'textarea', label: label('Ghi chú của phóng viên', 'Reporter’s note') },
]

const placeFields: Field[] = [
  {
    name: 'kind',
    type: 'select',
    required: true,
    options: KIND_OPTIONS,
    label: label('Thể loại', 'Kind'),
  },
  {
    name: 'section',
    type: 'relationship',
    relationTo: 'sections',
    required: true,
    label: label('Chuyên mục', 'Section'),
  },
  {
    name: 'source',
    type: 'relationship',
    relationTo: 'sources',
    required: true,
    label: label('Nguồn', 'Source'),
  },
  {
    name: 'political',
    type: 'checkbox',
    defaultValue: false,
    label: label('Chính trị', 'Political'),
  },
]

/** Holds no value: above the text it says what a save would void, and why the story came back. */
const standing: Field = {
  name: 'standing',
  type: 'ui',
  admin: {
    disableListColumn: true,
    components: { Field: '/signoff/ui/story-standing#StoryStanding' },
  },
}

/** What the machine sets: nobody writes these over an API. The clip of a story is its newest accepted upload. */
const machineFields: Field[] = [
  {
    name: 'revision',
    type: 'number',
    required: true,
    defaultValue: 0,
    admin: {
      readOnly: true,
      position: 'sidebar',
      components: { Field: '/stories/ui/revision-field#RevisionField' },
    },
    label: label('Bản', 'Revision'),
  },
  {
    ...indexedText('author'),
    access: { update: () => false, create: () => false },
    admin: { hidden: true },
  } as Field,
  {
    ...indexedText('slug'),
    access: { update: () => false, create: () => false },
    admin: { hidden: true },
  } as Field,
  {
    name: 'searchText',
    type: 'text',
    label: label('tít, sapo, nội dung', 'title, summary, text'),
    access: { update: () => false, create: () => false },
    admin: { hidden: true },
  },
]

/**
 * One piece of journalism: words only. Where it stands lies in its desk item; the public reads editions.
 * Versions without drafts: there is no `_status` to get round.
 */
export const stories: CollectionConfig = {
  slug: 'stories',
  labels: { singular: label('Tin', 'Story'), plural: label('Tin bài', 'Stories') },
  admin: {
    useAsTitle: 'title',
    defaultColumns: ['title', 'kind', 'section', 'updatedAt'],
    listSearchableFields: ['searchText'],
    hideAPIURL: true,
    components: {
      edit: {
        beforeDocumentControls: ['/signoff/ui/story-bar#StoryBar'],
        SaveButton: '/signoff/ui/story-save#StorySave',
      },
    },
  },
  versions: { maxPerDoc: 0 },
  lockDocuments: { duration: 120 },
  disableDuplicate: true,
  disableBulkEdit: true,
  access: {
    create: only('contributor', 'reporter', 'producer', 'editor', 'desk-head', 'secretariat'),
    update: only('contributor', 'reporter', 'producer', 'editor', 'desk-head', 'secretariat'),
    delete: nobody,
    read: ({ req }) => {
      const person = personOf(req.user)
      if (!person || person.kind === 'service') return false
      if (holds(person, ...desk, 'inspector')) return true
      return holds(person, 'reporter', 'contributor') ? { author: { equals: person.id } } : false
    },
    readVersions: only(...desk, 'inspector'),
  },
  fields: [standing, ...textFields, ...placeFields, ...machineFields],
}
