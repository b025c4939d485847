// A program of its own, to be killed: a broker, its processes and its door. It reports on file descriptor 3.
import { writeSync } from 'node:fs'
import { adapters, conditionProblems, openBroker } from '@portreeve/broker'
import { requireConfiguration } from '@portreeve/configuration'
import { startGateway } from '@portreeve/gateway'

function report(what: string): void {
  writeSync(3, `${what}\n`)
}

const [, , folder = ''] = process.argv
report('opening')
const configuration = await requireConfiguration({ folder, declarations: adapters, conditionProblems, environment: {} })
const broker = await openBroker({
  configuration,
  retry: { baseDelayMs: 50, maxDelayMs: 200 },
  listener: {
    accepted: ({ label }) => report(`accepted ${label}`),
    delivered: ({ receiver }) => report(`delivered ${receiver}`),
    failing: ({ what, code, sentence }) => report(`failing ${what}: ${code} ${sentence}`),
  },
})
const { baseUrl } = await startGateway(broker, configuration)
report(`open ${baseUrl}`)
