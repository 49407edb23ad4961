import { expect, it, jest } from '@jest/globals'
import { mkdirSync, rmSync } from 'node:fs'
import { setTestSettings } from '../support/settings'

it('Payload says nothing about letters at the start, and writes none into the log', async () => {
  const { folder } = setTestSettings()
  mkdirSync(`${folder}/data`, { recursive: true })
  const { log } = await import('@/log')
  const said: string[] = []
  for (const level of ['info', 'warn'] as const) {
    jest.spyOn(log, level).mockImplementation((line: unknown) => {
      said.push(JSON.stringify(line))
    })
  }
  const { getPayload } = await import('payload')
  const { default: config } = await import('@payload-config')
  const payload = await getPayload({ config, disableOnInit: true })
  await payload.sendEmail({ to: 'a@newsroom.test', subject: 'a token', text: 'secret-token' })
  expect(payload.email.name).toBe('none')
  expect(said.filter((line) => /email|secret-token|a token/i.test(line))).toEqual([])
  await payload.destroy()
  rmSync(folder, { recursive: true, force: true })
})
