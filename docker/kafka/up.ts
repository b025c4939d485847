import { recordCluster, recordedCluster, runningPids } from './background.ts'
import { startCluster } from './cluster.ts'
import { dataFolder, fail, understood } from './command-line.ts'
import { isFree } from './free-ports.ts'
import { whyNoCluster } from './jars.ts'

const usage = `npm run kafka:up                    one broker of Apache Kafka at 127.0.0.1:9092
npm run kafka:up -- --brokers 3     three, at ports 9092 to 9094
npm run kafka:up -- --port 19092    at other ports, this one and those after it
npm run kafka:up -- --data /tmp/k   with the data there (default: data/kafka)

They run in the background until npm run kafka:down, and keep their data. Ports 100 above are the controllers'.
Needs Java 17 or later, and Maven the first time.`

const values = understood(usage, {
  brokers: { type: 'string', default: '1' },
  port: { type: 'string', default: '9092' },
  data: { type: 'string' },
})
const brokers = values.brokers === '1' ? 1 : values.brokers === '3' ? 3 : fail(`--brokers is 1 or 3\n\n${usage}`, 2)
const port = Number(values.port)
if (!Number.isInteger(port) || port < 1 || port > 65_000) fail(`--port is a number from 1 to 65000\n\n${usage}`, 2)
const folder = dataFolder(values.data)
const before = recordedCluster(folder)
const stop = `npm run kafka:down${values.data === undefined ? '' : ` -- --data ${values.data}`}`
const remove = `${stop}${values.data === undefined ? ' --' : ''} --remove`

if (before !== undefined && runningPids(folder, before).length > 0) {
  const running = runningPids(folder, before).length
  if (before.pids.length === brokers && before.port === port && running === brokers) {
    tell(before.brokers, 'runs already')
    process.exit(0)
  }
  fail(
    `Others run already, with their data in ${folder}: ${running} of ${before.pids.length}, at ${before.brokers}.\n` +
      `Stop them first: ${stop}`,
  )
}
if (before !== undefined && before.pids.length !== brokers) {
  fail(
    `${folder} has the data of ${before.pids.length === 1 ? 'one broker' : `${before.pids.length} brokers`}.\n` +
      `Start as many, or remove the data first: ${remove}`,
  )
}
const fault = whyNoCluster()
if (fault !== null) fail(`Apache Kafka cannot be started: ${fault}.`)
const ports = Array.from({ length: brokers }, (_, index) => ({
  internal: port + index,
  controller: port + 100 + index,
}))
for (const taken of ports.flatMap(({ internal, controller }) => [internal, controller])) {
  if (!(await isFree(taken)))
    fail(`Port ${taken} is taken by another program. Choose another: npm run kafka:up -- --port 19092`)
}
console.error(`Starting ${brokers === 1 ? 'one broker' : 'three brokers'} …`)
// What has half started goes with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
try {
  const cluster = await startCluster({ brokers, folder, ports, outlives: true, quick: 'work', heapMegabytes: 512 })
  const pids = cluster.nodes.flatMap(({ pid }) => pid ?? [])
  recordCluster(folder, { brokers: cluster.brokers, port, pids })
  tell(cluster.brokers, 'answers')
} catch (error) {
  fail(error instanceof Error ? error.message : String(error))
}

function tell(address: string, does: string): void {
  console.log(`Apache Kafka ${does} at ${address}
Tests on it:  KAFKA_BROKERS=${address} npm test
Data, logs:   ${folder}
Stop it:      ${stop}`)
}
