// A program of its own, one of several: a whole broker on a log that others share. It reports on file descriptor 3 what it tells its
// listener, tells at SIGUSR2 how much
// processor time it has had, and stops in order at SIGTERM.
import { writeSync } from 'node:fs'
import { adapters, conditionProblems, openBroker } from '@portreeve/broker'
import { requireConfiguration } from '@portreeve/configuration'
import type { BrokerProcess } from './broker-process.ts'

function report(what: string): void {
  writeSync(3, `${what}\n`)
}

const { folder, password }: BrokerProcess = JSON.parse(process.argv[2] ?? '')
const broker = await openBroker({
  configuration: await requireConfiguration({
    folder,
    declarations: adapters,
    conditionProblems,
    environment: { VOA_PASSWORD: password },
  }),
  retry: { baseDelayMs: 50, maxDelayMs: 200 },
  listener: {
    accepted: () => report('accepted'),
    split: () => report('split'),
    delivered: ({ outcomes }) => report(`delivered ${outcomes.length}`),
    failing: ({ what, code, sentence }) => report(`failing ${what}: ${code} ${sentence}`),
  },
})
process.on('SIGUSR2', () => {
  const { user, system } = process.cpuUsage()
  report(`cpu ${(user + system) / 1000}`)
})
process.once('SIGTERM', () => {
  void broker.stop().then(() => {
    report('stopped')
    process.exit(0)
  })
})
report('open')
