import { recordedCluster, removeCluster, stopCluster } from './background.ts'
import { dataFolder, understood } from './command-line.ts'

const usage = `npm run kafka:down                    stops the brokers that npm run kafka:up has started; their data stay
npm run kafka:down -- --remove        removes the data too
npm run kafka:down -- --data /tmp/k   those with the data there (default: data/kafka)`

const values = understood(usage, { remove: { type: 'boolean', default: false }, data: { type: 'string' } })
const folder = dataFolder(values.data)
const cluster = recordedCluster(folder)
const stopped = cluster === undefined ? 0 : await stopCluster(folder, cluster)
if (stopped === 0) console.log(`No broker of ${folder} runs.`)
else console.log(`Stopped ${stopped === 1 ? 'one broker' : `${stopped} brokers`} at ${cluster?.brokers}.`)
if (cluster !== undefined && values.remove) {
  removeCluster(folder)
  console.log(`Removed ${folder}.`)
}
