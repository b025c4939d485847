// A program of its own, to be killed: a broker and its door. Reports on file descriptor 3 where it listens.
import { writeSync } from 'node:fs'
import { adapters, conditionProblems, openBroker } from '@portreeve/broker'
import { requireConfiguration } from '@portreeve/configuration'
import { startGateway } from '@portreeve/gateway'

const [, , folder = ''] = process.argv
const configuration = await requireConfiguration({ folder, declarations: adapters, conditionProblems, environment: {} })
const broker = await openBroker({ configuration })
const { baseUrl } = await startGateway(broker, configuration)
writeSync(3, `${baseUrl}\n`)
