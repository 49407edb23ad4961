import { headers } from 'next/headers'
import { getPayload, type SanitizedConfig } from 'payload'
import type { Handle } from './body-limit'

const CHOSEN = /(?:^|;\s*)payload-lng=(?:vi|en)(?:;|$)/

/** The cookie that Payload leaves when somebody picks a language in their account. */
const hasChosen = (sent: Pick<Headers, 'get'>): boolean => CHOSEN.test(sent.get('cookie') ?? '')

/**
 * The house speaks Vietnamese until a person chooses otherwise. Payload takes the browser's `Accept-Language` before
 * its own fallback, and has no setting against it (getRequestLanguage, 3.90.1): whoever has not chosen is answered
 * from a config that knows one language. The newsroom itself is made from the whole one, first.
 */
export const houseConfig = async (config: Promise<SanitizedConfig>): Promise<SanitizedConfig> => {
  const whole = await config
  if (hasChosen(await headers())) return whole
  await getPayload({ config: whole })
  const { vi } = whole.i18n.supportedLanguages
  return vi ? { ...whole, i18n: { ...whole.i18n, supportedLanguages: { vi } } } : whole
}

/** The same for the API, where Payload reads its own config but the request is ours to hand in. */
export const inHouseLanguage =
  <C>(handle: Handle<C>): Handle<C> =>
  (request, context) => {
    if (!hasChosen(request.headers)) request.headers.set('Accept-Language', 'vi')
    return handle(request, context)
  }
