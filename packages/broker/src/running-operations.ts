import type { House } from './house.ts'
import { localOperations } from './local-operations.ts'
import type { Operations } from './operations.ts'
import type { CurrentWork } from './takeover/current-work.ts'

/** The operations of a broker at work: always on what it works with at the moment. */
export function runningOperations(house: House, current: CurrentWork): Operations {
  const since = house.now().toISOString()
  let work = current.work
  let operations = operationsOf()
  return new Proxy(operations, { get: (_, name) => Reflect.get(present(), name) })

  function present(): Operations {
    if (work !== current.work) {
      work = current.work
      operations = operationsOf()
    }
    return operations
  }

  function operationsOf(): Operations {
    const { configuration, receivers, topics, consumers } = work
    const { events, folder, replayDecided } = house
    return localOperations({
      ...house,
      configuration,
      receivers,
      topics,
      dataFolder: folder.path,
      running: () => ({
        pid: process.pid,
        since,
        failing: [...events.failing].map(([what, code]) => ({ what, code })),
        paused: new Map(
          [...events.pausedReceivers].map(([receiver, pause]) => {
            const { retryAt = null } = consumers.find(({ name }) => name === receiver)?.delivery ?? {}
            return [receiver, { ...pause, retryAt: retryAt?.toISOString() ?? null }]
          }),
        ),
        underWay: events.underWay,
        active: current.active,
      }),
      apply: ({ version }) => current.apply(version),
      onReplayDecided: () => replayDecided.ring(),
      onReleased: (receiver) => consumers.find(({ name }) => name === receiver)?.released.ring(),
    })
  }
}
