import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { unsaidBehindHttps } from '@/app/behind-https'

const https = { PUBLIC_URL: 'https://newsroom.test', TRUST_PROXY: true, COOKIE_SECURE: true }
const compose = readFileSync(path.resolve(import.meta.dirname, '../../compose.yaml'), 'utf8')

describe('a newsroom that is read by https', () => {
  it('is told which setting it forgot', () => {
    expect(unsaidBehindHttps(https)).toEqual([])
    expect(unsaidBehindHttps({ ...https, TRUST_PROXY: false })).toEqual(['TRUST_PROXY'])
    expect(unsaidBehindHttps({ ...https, COOKIE_SECURE: false })).toEqual(['COOKIE_SECURE'])
    const both = { ...https, TRUST_PROXY: false, COOKIE_SECURE: false }
    expect(unsaidBehindHttps(both)).toEqual(['TRUST_PROXY', 'COOKIE_SECURE'])
  })

  it('and one that is not hears nothing', () => {
    const plain = { PUBLIC_URL: 'http://localhost:3000', TRUST_PROXY: false, COOKIE_SECURE: false }
    expect(unsaidBehindHttps(plain)).toEqual([])
  })

  it.each(['TRUST_PROXY', 'COOKIE_SECURE'])('can say %s to the containers too', (name) => {
    expect(compose).toContain(`  ${name}: \${${name}:-0}\n`)
  })
})
