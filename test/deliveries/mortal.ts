import type { Payload } from 'payload'
import type { DeliveryDeps } from '@/deliveries/deps'
import type { Store } from '@/media/store'
import type { Publisher } from '@/publishers/publisher'
import { rowOf, type Room } from './support'

type When = 'before' | 'after'

/** The calls of one process: at the nth it dies, before the call or after its effect. */
export const mortality = (at: number, when: When) => {
  let calls = 0
  let dead = false
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    // What a dead process would do next never happens.
    if (dead) return new Promise<T>(() => undefined)
    calls += 1
    const mine = calls === at
    if (mine && when === 'before') dead = true
    if (dead) return new Promise<T>(() => undefined)
    const value = await work()
    if (mine) dead = true
    return dead ? new Promise<T>(() => undefined) : value
  }
  return { step, dead: () => dead }
}

export type Mortality = ReturnType<typeof mortality>

const through = <T extends object>(target: T, names: string[], { step }: Mortality): T =>
  new Proxy(target, {
    get: (from, name) => {
      const member: unknown = Reflect.get(from, name)
      if (typeof member !== 'function' || !names.includes(String(name))) return member
      return (...args: unknown[]) =>
        step(() => Reflect.apply(member, from, args) as Promise<unknown>)
    },
  })

export const mortalPayload = (payload: Payload, life: Mortality): Payload => {
  const db = through(payload.db, ['find', 'create', 'updateOne'], life)
  return Object.create(payload, { db: { value: db } }) as Payload // the same, seen through
}

export const mortalStore = (store: Store, life: Mortality): Store =>
  through(store, ['putFile', 'remove'], life)

export const mortalPublishers = (
  publishers: DeliveryDeps['publishers'],
  { step }: Mortality,
): DeliveryDeps['publishers'] =>
  Object.fromEntries(
    Object.entries(publishers).map(([name, one]): [string, Publisher] => [
      name,
      {
        ...one,
        prepare: (ctx, work) => step(() => one.prepare(ctx, work)),
        commit: (ctx, work) => step(() => one.commit(ctx, work)),
        find: (ctx, work) => step(() => one.find(ctx, work)),
        seen: (ctx, work) => step(() => one.seen(ctx, work)),
        retract: (ctx, work) => step(() => one.retract(ctx, work)),
      },
    ]),
  )

/** Steps with the mortal until it is dead or the delivery is where it should be. */
export const liveUntilDead = async (
  room: Room,
  id: string,
  until: string[],
  life: { deps: DeliveryDeps; dead: () => boolean },
) => {
  const { stepDelivery } = await import('@/deliveries/step')
  for (let round = 0; round < 40; round += 1) {
    const row = await rowOf(room, id)
    if (until.includes(row.state) || life.dead()) return
    const ahead = (row.nextAt ?? 0) - room.hour.now().getTime()
    if (ahead > 0) room.hour.pass(ahead + 1)
    const stopped = new AbortController()
    const watch = setInterval(() => life.dead() && stopped.abort(), 1)
    const died = new Promise<void>((resolve) =>
      stopped.signal.addEventListener('abort', () => resolve()),
    )
    await Promise.race([stepDelivery({ deps: life.deps, delivery: id }), died])
    clearInterval(watch)
  }
}
