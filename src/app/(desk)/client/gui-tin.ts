import { call, helpOf, isObject } from '../gui-tin/browser/api'
import { startCompose } from '../gui-tin/browser/compose'
import { byId, formById, problem, say, valuesOf } from '../gui-tin/browser/dom'
import { startMine } from '../gui-tin/browser/mine'
import { startDrop } from '../gui-tin/browser/drop'
import { goOn, useTransfers } from '../gui-tin/browser/transfers'
import { OFFLINE } from '../gui-tin/browser/words'

/** The reporter's page: who is here, then the form and one's own items. */
const SENDERS = ['contributor', 'reporter', 'producer', 'editor', 'desk-head']

const mine = startMine()
const compose = startCompose(mine.look)

const showLogin = () => {
  formById('login').hidden = false
  byId('compose').hidden = true
  byId('leave').hidden = true
  mine.close()
}

const showDesk = (user: Record<string, unknown>) => {
  const roles = Array.isArray(user.roles) ? user.roles : []
  formById('login').hidden = true
  byId('who').textContent = String(user.name ?? '')
  byId('leave').hidden = false
  byId('compose').hidden = !roles.some((role) => SENDERS.includes(String(role)))
  byId('mine').hidden = false
  compose.open(String(user.id ?? ''))
  mine.open()
  goOn()
}

const whoIsHere = async (): Promise<void> => {
  const answer = await call('GET', '/api/users/me?depth=0')
  if (answer.status === 0 || answer.status >= 500) {
    tellLine(true)
    window.setTimeout(() => void whoIsHere(), 5_000)
    return
  }
  tellLine(!navigator.onLine)
  if (isObject(answer.body.user)) showDesk(answer.body.user)
  else showLogin()
}

const login = formById('login')
login.addEventListener('submit', (event) => {
  event.preventDefault()
  void (async () => {
    problem(login, '')
    const answer = await call('POST', '/api/users/login?depth=0', valuesOf(login))
    if (answer.status !== 200) return problem(login, answer.status === 401 ? WRONG : helpOf(answer))
    const password = login.elements.namedItem('password')
    if (password instanceof HTMLInputElement) password.value = ''
    await whoIsHere()
  })()
})
const WRONG = 'Thư điện tử hoặc mật khẩu không đúng.'

byId('leave').addEventListener('click', () => {
  void call('POST', '/api/users/logout', {}).then(() => window.location.reload())
})

const tellLine = (offline: boolean) => {
  byId('line').hidden = !offline
  byId('line').textContent = offline ? OFFLINE : ''
}
window.addEventListener('offline', () => tellLine(true))
window.addEventListener('online', () => {
  tellLine(false)
  say('Có mạng lại')
  mine.look()
})

startDrop(compose.add)
useTransfers({ signedOut: showLogin, arrived: mine.look })
void whoIsHere()
