import { expect, it } from '@jest/globals'
import { auditEntriesWith } from '@/audit/collection'

const cells = { action: 'a#Cell', outcome: 'o#Cell', story: 's#Cell' }
const fields = auditEntriesWith(cells).fields.filter((field) => 'name' in field)

it('the audit’s list draws with the cells it is handed and names no other room’s', () => {
  const drawn = fields.flatMap((field) => {
    const admin = field.admin
    const cell = admin && 'components' in admin ? admin.components?.Cell : undefined
    return cell === undefined ? [] : [[field.name, cell]]
  })
  expect(Object.fromEntries(drawn)).toEqual(cells)
})

it('the audit’s columns are named in a newsroom’s words', () => {
  const label = (name: string) => fields.find((field) => field.name === name)?.label
  expect(label('subject')).toEqual({ vi: 'Thuộc về', en: 'Belongs to' })
  expect(label('key')).toEqual({ vi: 'Mã', en: 'Code' })
})
