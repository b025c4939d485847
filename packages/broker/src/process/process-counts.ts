import type { Configuration } from '@portreeve/configuration'
import { hasRecordsFrom, type Log } from '@portreeve/log'
import type { ProcessStore } from '@portreeve/state'
import type { Status } from '../operations.ts'
import { intakeGroup, processGroup, processTopic } from './process-topic.ts'

export interface CountedProcesses {
  readonly configuration: Pick<Configuration, 'processes'>
  readonly log: Pick<Log, 'lag' | 'ranges' | 'read'>
  readonly store: Pick<ProcessStore, 'counts' | 'position'>
}

/** Where the transactions of processes are: of those that have something to do. */
export async function processCounts({ configuration, log, store }: CountedProcesses): Promise<Status['processes']> {
  const { processes } = configuration
  // What comes in goes on to the processes' own topic: it is looked at behind that, so that nothing is missed.
  const incoming = await Promise.all(
    processes.map(async ({ name, startsWith, answers }) => {
      const lags = await Promise.all([startsWith, answers].map((topic) => log.lag(intakeGroup(name), topic)))
      return { name, lag: lags.reduce((sum, lag) => sum + lag, 0) }
    }),
  )
  const undecided = processes.length === 0 ? 0 : await undecidedRecords(log, store)
  const counts = store.counts()
  const names = new Set([...processes.map(({ name }) => name), ...counts.map(({ process }) => process)])
  return [...names].flatMap((process) => {
    const { open = 0, needPerson = 0 } = counts.find((counted) => counted.process === process) ?? {}
    const lag = (incoming.find(({ name }) => name === process)?.lag ?? 0) + undecided
    return open + lag === 0 ? [] : [{ process, open, needPerson, lag }]
  })
}

/** Of all processes, which share a topic: what is to be decided, and at least 1 while `state` does not know of a decision. */
async function undecidedRecords(log: CountedProcesses['log'], store: Pick<ProcessStore, 'position'>): Promise<number> {
  const lag = await log.lag(processGroup, processTopic)
  for (const range of await log.ranges(processTopic)) {
    const next = store.position(processTopic, range.partition)
    if (await hasRecordsFrom(log, processTopic, range, next)) return Math.max(lag, 1)
  }
  return lag
}
