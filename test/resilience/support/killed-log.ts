import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type ChildEnd, ReportingChild } from '../../support/child-process.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'
import type { Report } from './report.ts'
import type { LogWorkload } from './workload-options.ts'

export const workloadFile = fileURLToPath(new URL('./log-workload.ts', import.meta.url))

/** One life of the workload. It is killed after a random number of reports, now and then while it opens the log. */
export async function liveAndBeKilled(workload: LogWorkload, report: Report, random: SeededRandom): Promise<ChildEnd> {
  const whileOpening = random.chance(0.15)
  const reports = whileOpening ? 1 : random.integer(2, 600)
  const delayMs = random.integer(0, whileOpening ? 40 : 4)
  let heard = 0
  const child = new ReportingChild({
    command: [process.execPath, workloadFile, JSON.stringify(workload)],
    onLine: (line) => {
      report.add(line)
      if (++heard === reports) void sleep(delayMs).then(() => child.killNow())
    },
  })
  return child.ended()
}

/** A life that ends by itself. */
export function live(workload: LogWorkload, report: Report): Promise<ChildEnd> {
  const command = [process.execPath, workloadFile, JSON.stringify(workload)] as const
  return new ReportingChild({ command, onLine: (line) => report.add(line) }).ended()
}
