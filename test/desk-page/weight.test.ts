import { expect, it } from '@jest/globals'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTestSettings } from '../support/settings'
import { bundlePage } from './serve'

it('weighs at most 150 KB in all, uncompressed, and asks nobody else for anything', async () => {
  setTestSettings()
  const { GET } = await import('@/app/(desk)/gui-tin/route')
  const folder = mkdtempSync(path.join(os.tmpdir(), 'page-'))
  const script = readFileSync(await bundlePage(folder), 'utf8')
  rmSync(folder, { recursive: true })
  const answer = GET()
  const html = await answer.text()
  const asked = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
  expect(asked).toEqual(['/js/gui-tin.js'])
  expect(Buffer.byteLength(html) + Buffer.byteLength(script)).toBeLessThanOrEqual(150_000)
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';")
  expect(html).not.toMatch(/<script(?![^>]*src=)/)
})
