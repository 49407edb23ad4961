import { describe, expect, it } from '@jest/globals'
import { elsewhere } from '@/app/elsewhere'

describe('a page of the admin', () => {
  it.each([
    ['unauthorized', '/gui-tin'],
    ['forgot', '/admin/login'],
    ['collections/channels', '/admin/channels'],
    ['collections/channels/abc', '/admin/channels'],
  ])('%s leads to the one that the house has for it: %s', (path, better) => {
    expect(elsewhere(path.split('/'))).toBe(better)
  })

  it.each([
    '',
    'login',
    'collections/stories',
    'constructor',
    'toString',
    '__proto__',
    'valueOf/x',
  ])('%j leads nowhere else', (path) => expect(elsewhere(path.split('/'))).toBeUndefined())
})
