import { describe, expect, it } from '@jest/globals'
import { fold, newSlug, nfc, searchText, slugOf, tagList } from '@/stories/text'

describe('Vietnamese text', () => {
  it.each([
    ['Đồng Hỷ được mùa chè', 'dong hy duoc mua che'],
    ['ĐƯỜNG SẮT', 'duong sat'],
    ['Nguyễn Ngọc Ẩn'.normalize('NFD'), 'nguyen ngoc an'],
  ])('"%s" is found without its marks', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  it('is kept in one spelling of each letter', () => {
    const typedOnAMac = 'Tiếng Việt'.normalize('NFD')
    expect(nfc(typedOnAMac)).toBe('Tiếng Việt'.normalize('NFC'))
    expect(nfc(typedOnAMac)).not.toBe(typedOnAMac)
  })

  it.each([
    ['Chè Tân Cương vào vụ: 46 tấn!', 'che-tan-cuong-vao-vu-46-tan'],
    ['  “Đừng quên”  ', 'dung-quen'],
    ['!!!', 'tin'],
  ])('the address of "%s" is %s', (title, slug) => {
    expect(slugOf(title)).toBe(slug)
  })

  it('cuts a long address between two words, at 100 characters at most', () => {
    const title = 'thông tin tuyên truyền '.repeat(12)
    expect(slugOf(title).length).toBeLessThanOrEqual(100)
    expect(slugOf(title)).toMatch(/-(thong|tin|tuyen|truyen)$/)
    expect(slugOf('a'.repeat(150))).toBe('a'.repeat(100))
  })

  it('gives two stories of one title two addresses of the form that the site takes', () => {
    const slugs = Array.from({ length: 50 }, () => newSlug('Bão số 3 '.repeat(20)))
    expect(new Set(slugs).size).toBe(50)
    for (const slug of slugs) {
      expect(slug.length).toBeLessThanOrEqual(100)
      expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    }
  })

  it('search text holds every part once, folded', () => {
    expect(searchText(['Tít  một', null, 'Nội\ndung'])).toBe('tit mot noi dung')
  })

  it('reads tags as a list', () => {
    expect(tagList(' chè, Tân Cương ,, ')).toEqual(['chè', 'Tân Cương'])
    expect(tagList(null)).toEqual([])
  })
})
