import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { say } from './say.mjs'

const logins = (settings) => {
  const file = path.join(settings.DATA_DIR, 'demo-logins.json')
  try {
    const rows = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
    return Array.isArray(rows) ? rows : []
  } catch {
    return []
  }
}

const table = (rows) => {
  const wide = (key) => Math.max(...rows.map((row) => String(row[key] ?? '').length))
  const [name, email] = [wide('name'), wide('email')]
  return rows.map(
    (row) =>
      `  ${String(row.name ?? '').padEnd(name)}  ${String(row.email).padEnd(email)}  ${row.password}`,
  )
}

const EVERYWHERE = ['0.0.0.0', '::']

/** Others reach it by another name than we print, and signing in works by the name in PUBLIC_URL alone. */
const sayHowOthersCome = ({ HOST, PORT, PUBLIC_URL }) => {
  if (!EVERYWHERE.includes(HOST) || new URL(PUBLIC_URL).hostname !== 'localhost') return
  say()
  say(
    `! HOST=${HOST} lets others in, but PUBLIC_URL is still ${PUBLIC_URL}: they can read the site and`,
  )
  say(
    `  not sign in. Put what they will type into .env, such as PUBLIC_URL=http://192.0.2.7:${PORT}`,
  )
}

/** The address, who may log in, and what to try first. */
export const welcome = (settings) => {
  const rows = logins(settings)
  say()
  say(`Hội Tụ is up:  ${settings.PUBLIC_URL}`)
  say(`  Public site   ${settings.PUBLIC_URL}/`)
  say(`  The desk      ${settings.PUBLIC_URL}/admin`)
  say(`  Gửi tin       ${settings.PUBLIC_URL}/gui-tin   (the reporter's page, made for a phone)`)
  if (rows.length > 0) {
    say()
    say(
      'Demo logins (role, address, password; generated for this install, kept in .data/demo-logins.json):',
    )
    for (const line of table(rows)) say(line)
    say()
    say(
      'What to try first: log in as the reporter at /gui-tin and send a clip; as the editor clear it on the',
    )
    say(
      'desk; as the head watch it and sign; then see it on the public site. Or let it play by itself: the',
    )
    say(
      'same eight steps run with `DEMO_PLATFORMS=1 npm start` here and `npm run journey` in a second terminal.',
    )
  }
  sayHowOthersCome(settings)
  if (settings.DEMO_PLATFORMS)
    say('\nDEMO_PLATFORMS=1: loopback platforms are allowed and real tokens are refused.')
  say()
  say('Ctrl-C stops everything. Logs: .data/log/')
}
