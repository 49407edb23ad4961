import { nowMs } from '@/clock'
import { lineOf } from '@/errors'
import { logOf } from '@/log'
import { rowById } from '@/records/db'
import { armStep } from './arm'
import { turn, withLease, type Session } from './claim'
import { askStep, checkStep, lookStep } from './confirm'
import { timingOf, type DeliveryDeps } from './deps'
import { disarmStep } from './disarm'
import { gatesNow } from './gates'
import { isLate, nextStep, type Step } from './next'
import { prepareStep } from './prepare'
import { later, rest } from './rest'
import { rightsRest } from './rights'
import { withdrawStep } from './withdraw'

const log = logOf('deliveries')

const lateStep = async (session: Session): Promise<void> => {
  const line = 'its hour is long past; a person decides'
  // The platform's own timer may have fired meanwhile: that is asked before anything is stopped.
  if (session.row.armed) {
    const set = { code: 'timer', line, tries: 0, absentAt: 0, nextAt: nowMs() }
    await turn(session, {
      state: 'unconfirmed',
      action: 'delivery.unconfirmed',
      set,
      reason: 'timer',
      tell: true,
    })
    return
  }
  await rest(session, { state: 'late', code: 'late', line })
}

/** What stopped a held delivery may be gone. If so it goes on from the start: everything is checked again. */
const recheckStep = async (session: Session): Promise<void> => {
  const stop = (await gatesNow(session)) ?? (await rightsRest(session))
  if (stop) return later(session, { line: stop.line, code: stop.code })
  if (isLate(session.row, nowMs(), timingOf(session.deps).lateMs)) return lateStep(session)
  const set = { code: '', line: '', tries: 0, nextAt: nowMs() }
  await turn(session, { state: 'planned', action: 'delivery.resumed', set, tell: true })
}

const STEPS: Record<Exclude<Step, 'none' | 'wait'>, (session: Session) => Promise<void>> = {
  prepare: prepareStep,
  arm: armStep,
  late: lateStep,
  check: checkStep,
  ask: askStep,
  look: lookStep,
  recheck: recheckStep,
  disarm: disarmStep,
  withdraw: withdrawStep,
}

/**
 * Does the one next step of a delivery under its lease. Safe to call at any time, from any process, any number
 * of times. Says what it did; `busy` when another process holds the lease.
 */
export const stepDelivery = async (args: {
  deps: DeliveryDeps
  delivery: string
  signal?: AbortSignal
}): Promise<Step | 'busy'> => {
  const { deps, delivery } = args
  const row = await rowById(deps.payload, 'deliveries', delivery)
  if (!row) return 'none'
  const { lateMs } = timingOf(deps)
  let step = nextStep(row, nowMs(), lateMs)
  if (step === 'none' || step === 'wait') return step
  const lease = await withLease({ ...args, row }, async (session) => {
    const now = nextStep({ ...session.row, leaseUntil: 0 }, nowMs(), lateMs)
    step = now
    if (now === 'none' || now === 'wait') return
    try {
      await STEPS[now](session)
    } catch (error) {
      log.error({ delivery, step: now, err: lineOf(error) }, 'a step of a delivery failed')
      // A commit under way is not put off: its lease runs out and the platform is asked.
      if (session.row.state !== 'committing') await later(session, { line: lineOf(error) })
    }
  })
  return lease === 'busy' ? 'busy' : step
}
