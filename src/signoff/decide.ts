import { refuse, type Outcome } from '@/errors'
import { holds, type Person } from '@/people/person'
import { NO_FACTS, type DeskFacts, type Facts } from './facts'
import { GUARDS } from './guards'
import { ACTIONS, RULES, STATES, type ActionId, type EffectId, type StateId } from './states'

export type Decision = Outcome<{ to: StateId; effects: readonly EffectId[] }>

const NOT_YOURS = (action: ActionId) =>
  refuse('role', {
    vi: `Vai trò của bạn không làm được việc "${ACTIONS[action].label.vi}".`,
    en: `Your role may not do "${ACTIONS[action].label.en}".`,
  })

/** Whoever runs the machine decides nothing that goes out, whatever else they are. */
const NEVER_ADMIN: readonly ActionId[] = ['clear', 'second', 'sign']

const NOT_NOW = (action: ActionId, state: StateId) =>
  refuse('wrong-state', {
    vi: `Tin đang ở "${STATES[state].vi}", chưa "${ACTIONS[action].label.vi}" được.`,
    en: `The story is "${STATES[state].en}"; "${ACTIONS[action].label.en}" is not possible now.`,
  })

/** May this person do this to a story that stands so? Pure; each refusal carries its guard's word. */
export const decide = (args: {
  action: ActionId
  person: Person
  desk: DeskFacts
  facts?: Facts
}): Decision => {
  const { action, person, desk } = args
  const facts = args.facts ?? NO_FACTS
  const rows = RULES.filter((row) => row.action === action)
  if (!rows.some(({ roles }) => holds(person, ...roles))) return NOT_YOURS(action)
  if (NEVER_ADMIN.includes(action) && holds(person, 'admin')) return NOT_YOURS(action)
  const rule = rows.find(({ from }) => from.includes(desk.state))
  if (!rule) return NOT_NOW(action, desk.state)
  if (!holds(person, ...rule.roles)) return NOT_YOURS(action)
  for (const guard of rule.guards) {
    const refusal = GUARDS[guard]({ person, desk, facts })
    if (refusal) return refusal
  }
  return { ok: true, to: rule.to === 'same' ? desk.state : rule.to, effects: rule.effects }
}
