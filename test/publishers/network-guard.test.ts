import { connect } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { guardedFetch } from '../../src/publishers/http'
import { startYouTubeDouble } from '../doubles/youtube/double'
import type { NetworkGuard } from '../support/network-guard'
import { installNetworkGuard } from '../support/network-guard'

let guard: NetworkGuard | null = null
afterEach(() => guard?.restore())

test('a request to the internet fails, is written down, and fails the suite even when swallowed', async () => {
  const watching = installNetworkGuard()
  guard = watching
  await expect(fetch('http://platform.invalid/x')).rejects.toThrow('fetch failed')
  await expect(guardedFetch({ allowLoopback: false })('https://203.0.113.9/x')).rejects.toThrow()
  expect(() => connect(443, 'elsewhere.invalid')).toThrow('tried to reach elsewhere.invalid')
  expect(watching.attempts()).toEqual(['platform.invalid', '203.0.113.9', 'elsewhere.invalid'])
  expect(() => watching.finish()).toThrow('tests tried to leave this machine')
})

test('a request to this machine passes and leaves no trace', async () => {
  const watching = installNetworkGuard()
  guard = watching
  const double = await startYouTubeDouble()
  const answer = await fetch(`${double.url}/watch?v=nothing`)
  await double.close()
  expect(answer.status).toBe(200)
  expect(() => watching.finish()).not.toThrow()
})
