import type { BrokerEvents } from '../events.ts'

/** How one part of the broker is. `paused`: a receiver is left alone, which holds up nobody else. */
export type PartHealth = 'ok' | 'failing' | 'paused'

/** Parts that are told of, and how the names of what fails begin. `log`: by the code too. */
const parts = {
  log: /^(door|record .*)$/,
  ledger: /^ledger /,
  disk: /^disk$/,
  pollers: /^poll /,
  routes: /^route /,
  receivers: /^(receiver|dead letters of) /,
  processes: /^(process .*|processes|timers|register .*)$/,
  telemetry: /^telemetry$/,
} as const

export type HealthPart = keyof typeof parts
export const healthParts = Object.keys(parts) as readonly HealthPart[]

export interface Health {
  /** `degraded`: something fails or is paused; what else there is works. */
  readonly status: 'ok' | 'degraded'
  readonly parts: Readonly<Record<HealthPart, PartHealth>>
}

/** Without labels and reasons: who asks may be anybody. `portreeve status` has them. */
export function healthOf({ failing, pausedReceivers }: Pick<BrokerEvents, 'failing' | 'pausedReceivers'>): Health {
  const isFailing = (part: HealthPart) =>
    [...failing].some(([what, code]) => parts[part].test(what) || (part === 'log' && code.startsWith('PRV_LOG_')))
  const healthOfPart = (part: HealthPart): PartHealth => {
    if (isFailing(part)) return 'failing'
    return part === 'receivers' && pausedReceivers.size > 0 ? 'paused' : 'ok'
  }
  const found = {
    log: healthOfPart('log'),
    ledger: healthOfPart('ledger'),
    disk: healthOfPart('disk'),
    pollers: healthOfPart('pollers'),
    routes: healthOfPart('routes'),
    receivers: healthOfPart('receivers'),
    processes: healthOfPart('processes'),
    telemetry: healthOfPart('telemetry'),
  }
  return { status: Object.values(found).every((how) => how === 'ok') ? 'ok' : 'degraded', parts: found }
}
