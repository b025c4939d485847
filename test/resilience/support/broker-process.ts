// A program of its own, to be killed: a whole broker. It reports on file descriptor 3 what it tells its listener.
import { writeSync } from 'node:fs'
import { adapters, conditionProblems, openBroker } from '@portreeve/broker'
import { requireConfiguration } from '@portreeve/configuration'

export interface BrokerProcess {
  /** Of the configuration. */
  readonly folder: string
  readonly password: string
}

function report(what: string): void {
  writeSync(3, `${what}\n`)
}

const { folder, password }: BrokerProcess = JSON.parse(process.argv[2] ?? '')
report('opening')
const configuration = await requireConfiguration({
  folder,
  declarations: adapters,
  conditionProblems,
  environment: { VOA_PASSWORD: password },
})
await openBroker({
  configuration,
  retry: { baseDelayMs: 50, maxDelayMs: 200 },
  listener: {
    accepted: () => report('accepted'),
    progress: () => report('progress'),
    split: () => report('split'),
    delivered: () => report('delivered'),
    failing: ({ what, code, sentence }) => report(`failing ${what}: ${code} ${sentence}`),
  },
})
report('open')
