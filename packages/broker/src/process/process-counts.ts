import type { Configuration } from '@portreeve/configuration'
import type { Log } from '@portreeve/log'
import type { ProcessStore } from '@portreeve/state'
import type { Status } from '../operations.ts'
import { intakeGroup, processGroup, processTopic } from './process-topic.ts'

export interface CountedProcesses {
  readonly configuration: Pick<Configuration, 'processes'>
  readonly log: Pick<Log, 'lag' | 'ranges'>
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
  const ranges = await log.ranges(processTopic)
  const isBehind = ranges.some(
    ({ partition, start, end }) => start < end && store.position(processTopic, partition) < end,
  )
  return Math.max(lag, isBehind ? 1 : 0)
}
