// A program of its own, to be traced: a borough whose files go their way to the VOA and whose answers come back. The VOA's
// stand-in runs in it, so that the trace shows what it had taken at each moment. Reports on file descriptor 3.
import { mkdirSync, writeSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { writeWholeFile } from '@portreeve/endpoints'
import { TestBorough } from '../../system/support/borough.ts'
import type { ToldEvent } from '../../system/support/recorded-events.ts'
import { journeySettings } from './journey-settings.ts'
import type { JourneyWorkload } from './workload-options.ts'

/** Under `strace` everything is slow. */
const SETTLES_WITHIN_MS = 120_000

const workload: JourneyWorkload = JSON.parse(process.argv[2] ?? '')
let reports = 0

function report(...lines: readonly string[]): void {
  writeSync(3, lines.map((line) => `${line}\n`).join(''))
  if (++reports === workload.killsItselfAt) process.kill(process.pid, 'SIGKILL')
}

function tell(event: ToldEvent): void {
  if (event.name === 'accepted') report(`accepted ${event.status} ${event.reference}`)
  if (event.name !== 'delivered') return
  report(...event.outcomes.map(({ messageId, state }) => `ended ${event.receiver} ${messageId} ${state}`))
}

/** As a careful sender does: once it is reported, no power cut takes the file from the inbox. */
async function drop(borough: TestBorough, path: string): Promise<void> {
  const name = basename(path)
  const content = await readFile(path)
  await writeWholeFile(borough.inbox(), name, content)
  borough.expect(name, content)
  report(`dropped ${name}`)
}

const borough = await TestBorough.start({
  ...journeySettings,
  folder: workload.folder,
  startBroker: false,
  voa: { ...journeySettings.voa, onTaken: (submission) => report(`taken ${JSON.stringify(submission)}`) },
  onEvent: tell,
})
// The inbox is the operator's: it was there before.
mkdirSync(borough.inbox(), { recursive: true })
await using above = await open(dirname(borough.inbox()))
await above.sync()
for (const path of workload.drops) await drop(borough, path)
await borough.startBroker()
await borough.settled(SETTLES_WITHIN_MS)
if (workload.dropsLate !== undefined) {
  await drop(borough, workload.dropsLate)
  await borough.settled(SETTLES_WITHIN_MS)
}
await borough.stopBroker()
await borough.stopVoa()
