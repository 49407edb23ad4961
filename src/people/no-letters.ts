import type { EmailAdapter } from 'payload'
import { logOf } from '@/log'

/**
 * The newsroom sends no letters: a forgotten password is set anew by the administrator. Payload is told so, or it warns
 * at each start and writes letters into the log, with whatever token they hold.
 */
export const noLetters: EmailAdapter = () => ({
  name: 'none',
  defaultFromAddress: 'nobody@localhost',
  defaultFromName: 'Hội Tụ',
  sendEmail: async () => {
    logOf('people').warn('a letter was to be sent; the newsroom sends none')
  },
})
