import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Broker, type BrokerListener, connectOrOpen, openBroker } from '@portreeve/broker'
import type { Configuration } from '@portreeve/configuration'
import { newApiKey, startGateway } from '@portreeve/gateway'
import { DoorLoaders } from './door-loaders.ts'
import { FirstFault } from './first-fault.ts'
import type { Row } from './row.ts'
import { configured, eager, secondJourney, systems, withoutProcess } from './tell-us-once-configuration.ts'

const transactions = 2000
const connections = 64
const rounds = 5
const warmUp = 1

/** CPU of all threads of the broker, in ms for 1,000 transactions. */
interface Round {
  readonly whole: number
  readonly door: number
  readonly process: number
  readonly delivery: number
  readonly ledger: number
}

/**
 * What a change of address costs, part by part: each is left out in turn. The ledger is measured by itself: from zero over what
 * the whole has left on the log. What the parts do not explain is the rest.
 */
export async function benchCostApart(): Promise<Row[]> {
  using loaders = new DoorLoaders()
  const measured: Round[] = []
  for (let round = 0; round < rounds + warmUp; round += 1) {
    const costs = await roundOf(loaders)
    if (round >= warmUp) measured.push(costs)
  }
  const of = (part: keyof Round) => median(measured.map((round) => round[part]))
  const whole = of('whole')
  const parts = of('door') + of('process') + of('delivery') + of('ledger')
  const error = Math.max(...measured.map((round) => Math.abs(round.whole - whole)))
  const unit = 'ms/1,000'
  const note = (text: string) => ({ note: text })
  return [
    { name: 'cost apart: door', value: of('door'), unit, ...note('HTTP, checks, durable acceptance') },
    { name: 'cost apart: process manager', value: of('process'), unit, ...note('decisions and what they ask for') },
    { name: 'cost apart: delivery', value: of('delivery'), unit, ...note('three receivers that answer at once') },
    {
      name: 'cost apart: ledger',
      value: of('ledger'),
      unit,
      ...note('from zero, over what the whole left on the log'),
    },
    {
      name: 'cost apart: rest',
      value: whole - parts,
      unit,
      ...note('outcomes that the process hears of; smaller batches while all of it is at work'),
    },
    {
      name: 'cost apart: whole',
      value: whole,
      unit,
      ...note(`${transactions} transactions by ${connections} connections, median of ${rounds} rounds`),
    },
    {
      name: 'cost apart: error',
      value: error,
      unit,
      ...note('the furthest that a round of the whole was from its median'),
    },
  ]
}

async function roundOf(loaders: DoorLoaders): Promise<Round> {
  const nothing = (configuration: Configuration) => ({ ...configuration, processes: [], routes: [] })
  const noReceiver = (configuration: Configuration) => ({ ...configuration, routes: [] })
  const door = await run(loaders, nothing)
  const deliveryAlone = await run(loaders, withoutProcess)
  const processAlone = await run(loaders, noReceiver)
  const whole = await run(loaders, (configuration) => configuration)
  const withoutLedger = ({ all, ledger }: Cost) => all - ledger
  return {
    whole: whole.all,
    door: withoutLedger(door),
    process: withoutLedger(processAlone) - withoutLedger(door),
    delivery: withoutLedger(deliveryAlone) - withoutLedger(door),
    ledger: whole.ledger,
  }
}

interface Cost {
  readonly all: number
  /** Of `all`, as far as it can be told by doing it again. */
  readonly ledger: number
}

/** From the first request until everything has come to rest. */
async function run(loaders: DoorLoaders, change: (configuration: Configuration) => Configuration): Promise<Cost> {
  const { key, hash } = newApiKey()
  const configuration = change(secondJourney(await configured()))
  const { door } = configuration
  if (!door) throw new TypeError('the example has a door')
  const withDoor = { ...configuration, door: { ...door, port: 0, apiKeys: [{ name: 'bench', hash }] } }
  let delivered = 0
  const fault = new FirstFault()
  const listener: BrokerListener = {
    ...fault.listener,
    delivered: (event) => {
      fault.listener.delivered?.(event)
      delivered += event.outcomes.filter(({ state }) => state === 'delivered').length
    },
  }
  try {
    const broker = await openBroker({ configuration: withDoor, openAdapter: async () => eager(), listener })
    const gateway = await startGateway(broker, withDoor)
    await sleep(500)
    const all = await cpuOf(async () => {
      const { baseUrl } = gateway
      await fault.orFault(loaders.bring({ baseUrl, key, connections, transactions, series: 'bench' }))
      const wanted = withDoor.routes.length === 0 ? 0 : transactions * systems.length
      while (delivered < wanted || !(await isDecided(broker, withDoor))) {
        await fault.orFault(sleep(100))
      }
      await gateway.stop()
      await broker.stop()
    })
    return { all, ledger: await ledgerOf(withDoor) }
  } finally {
    await rm(configuration.dataFolder, { recursive: true, force: true })
  }
}

/** The process has nothing left to do: where nobody takes what it asks for, each transaction stays open. */
async function isDecided({ operations }: Broker, { processes, routes }: Configuration): Promise<boolean> {
  if (processes.length === 0) return true
  const { processes: all } = await operations.status()
  const open = all.reduce((sum, each) => sum + each.open, 0)
  return all.every(({ lag }) => lag === 0) && open === (routes.length === 0 ? transactions : 0)
}

/** Makes the ledger anew from the log. */
async function ledgerOf(configuration: Configuration): Promise<number> {
  const openAndClose = async () => (await connectOrOpen(configuration)).close()
  const opening = await cpuOf(openAndClose)
  for (const end of ['', '-wal', '-shm']) await rm(join(configuration.dataFolder, `ledger.db${end}`), { force: true })
  return (await cpuOf(openAndClose)) - opening
}

async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return Math.round((user + system) / transactions)
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}
