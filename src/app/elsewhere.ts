/** Pages of Payload's that the house has a better one for. */
const ELSEWHERE: Record<string, string> = {
  // Whoever is signed in and has no desk here (reporters, contributors) has a page of their own.
  unauthorized: '/gui-tin',
  // No letter is ever sent: the sign-in page says whom to ask.
  forgot: '/admin/login',
  'collections/channels': '/admin/channels',
}

/** Where whoever asks for this page of the admin is led instead. A path may be any word, `constructor` too. */
export const elsewhere = ([first = '', second = '']: string[]): string | undefined =>
  [first, `${first}/${second}`]
    .filter((path) => Object.hasOwn(ELSEWHERE, path))
    .map((path) => ELSEWHERE[path])[0]
