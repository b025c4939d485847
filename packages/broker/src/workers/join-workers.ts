import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { GivenPartition, Log, TopicConfig } from '@portreeve/log'
import type { State } from '@portreeve/state'
import type { BrokerEvents } from '../events.ts'
import { keepRunning } from '../keep-running.ts'
import { Leases, leasePartitions, leaseTopic } from './leases.ts'
import { SharedState, stateTopic } from './shared-state.ts'
import type { Workers } from './workers.ts'

/** Topics of workers who share a log. */
export const workerTopics: readonly TopicConfig[] = [
  { name: stateTopic },
  { name: leaseTopic, partitions: leasePartitions },
]

const tryAgainAfterMs = 1000

export interface JoinedWorkers extends Workers, AsyncDisposable {}

/** Joins the others on this log; its topics are there. */
export function joinWorkers(log: Log, state: State): JoinedWorkers {
  const what = 'state of the workers'
  let events: Pick<BrokerEvents, 'failed' | 'recovered'> | undefined
  const told: Pick<BrokerEvents, 'failed' | 'recovered'> = {
    failed: (...what) => events?.failed(...what),
    recovered: (...what) => events?.recovered(...what),
  }
  const shared = new SharedState({
    log,
    state,
    worker: randomUUID(),
    onFault: (error) => told.failed(what, error),
    onRecovered: () => told.recovered(what),
  })
  const untilTaken = async (name: string, signal: AbortSignal) => {
    for (;;) {
      try {
        const lost = await shared.take(name, '', 0)
        told.recovered(`lease ${name}`)
        return lost
      } catch (error) {
        if (!signal.aborted) told.failed(`lease ${name}`, error)
        await sleep(tryAgainAfterMs, undefined, { signal })
      }
    }
  }
  /** Who had the lease before may have been frozen, and take it late: it stays this worker's, which takes it again. */
  const whileLeased = async (name: string, leased: AbortSignal, work: (signal: AbortSignal) => Promise<void>) => {
    for (;;) {
      const lost = await untilTaken(name, leased)
      try {
        await work(AbortSignal.any([leased, lost]))
        if (!lost.aborted) return
      } catch (error) {
        if (!lost.aborted) throw error
      }
      await sleep(tryAgainAfterMs, undefined, { signal: leased })
    }
  }
  const leases = new Leases()
  const leaving = new AbortController()
  let leasing: Promise<void> | undefined
  return {
    state: shared.state,
    areMany: true,
    catchUp: () => shared.confirm('', '', 0),
    take: (receiver, given) =>
      unlessAborted(
        given,
        shared.take(receiver, given.topic, given.partition).then(() => undefined),
      ),
    confirm: (receiver, { topic, partition }) => shared.confirm(receiver, topic, partition),
    async onOne(name, signal, work) {
      leasing ??= keepRunning('leases', () => leases.consume(log), told, leaving.signal)
      await leases.run(name, signal, (leased) => whileLeased(name, leased, work))
    },
    tellFaultsTo(listener) {
      events = listener
    },
    async [Symbol.asyncDispose]() {
      leaving.abort()
      await leasing
      await shared.close()
    },
  }
}

function unlessAborted({ signal }: GivenPartition, work: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })
}
