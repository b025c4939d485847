import { rm } from 'node:fs/promises'
import { openBroker } from '@portreeve/broker'
import type { Configuration } from '@portreeve/configuration'
import { cpuShares } from './cpu-shares.ts'
import { FirstFault } from './first-fault.ts'
import type { Row } from './row.ts'
import { configured, eager, secondJourney, systems, withoutProcess } from './tell-us-once-configuration.ts'

const transactions = 3000
const profiled = 1500
const atOnce = 64

/** Changes of address from the door to three receivers that answer at once, with the Process Manager and without it. */
export async function benchTellUsOnce(): Promise<Row[]> {
  const withProcess = await figuresOf(secondJourney(await configured()))
  const without = await figuresOf(withoutProcess(secondJourney(await configured())))
  const note = `${transactions} transactions, ${systems.length} receivers that answer at once; ${atOnce} brought at once`
  const ratio = (one: number, other: number) => Math.round((one / other) * 100)
  return [
    { name: 'tell us once: end to end', value: withProcess.perSecond, unit: 'transactions/s', note },
    {
      name: 'tell us once: accepted',
      value: withProcess.acceptedPerSecond,
      unit: 'transactions/s',
      note: 'durable; without HTTP',
    },
    {
      name: 'tell us once: CPU of the broker',
      value: withProcess.cpuMs,
      unit: 'ms/1,000',
      note: 'with its worker thread',
    },
    {
      name: 'tell us once: without the process',
      value: without.perSecond,
      unit: 'transactions/s',
      note: 'the same routes, straight from the transaction',
    },
    { name: 'tell us once: CPU without the process', value: without.cpuMs, unit: 'ms/1,000' },
    {
      name: 'tell us once: the process costs',
      value: ratio(withProcess.cpuMs - without.cpuMs, withProcess.cpuMs),
      unit: '%',
      note: 'of the CPU: intake, decisions, instances, and a message for each receiver',
    },
    ...withProcess.shares.slice(0, 12).map(({ where, share }) => ({
      name: `tell us once: time in ${where}`,
      value: Math.round(share * 100),
      unit: '%',
      note: `of the main thread, not idle; ${profiled} transactions`,
    })),
  ]
}

interface Figures {
  readonly perSecond: number
  readonly acceptedPerSecond: number
  readonly cpuMs: number
  readonly shares: readonly { where: string; share: number }[]
}

export async function figuresOf(configuration: Configuration): Promise<Figures> {
  let delivered = 0
  let wanted = 0
  let done = Promise.withResolvers<void>()
  const fault = new FirstFault()
  try {
    await using broker = await openBroker({
      configuration,
      openAdapter: async () => eager(),
      listener: {
        ...fault.listener,
        delivered: (event) => {
          fault.listener.delivered?.(event)
          const { outcomes } = event
          delivered += outcomes.filter(({ state }) => state === 'delivered').length
          if (delivered >= wanted) done.resolve()
        },
      },
    })
    let next = 0
    const bring = async (count: number): Promise<void> => {
      const last = next + count
      done = Promise.withResolvers<void>()
      wanted = last * systems.length
      const bringing = Array.from({ length: atOnce }, async () => {
        while (next < last) await broker.door?.accept(transaction(next++))
      })
      await fault.orFault(Promise.all(bringing))
    }
    const cpuBefore = process.cpuUsage()
    const began = performance.now()
    await bring(transactions)
    const accepted = performance.now()
    await fault.orFault(done.promise)
    const ended = performance.now()
    const { user, system } = process.cpuUsage(cpuBefore)
    const shares = await cpuShares(async () => {
      await bring(profiled)
      await fault.orFault(done.promise)
    })
    return {
      perSecond: Math.round(transactions / ((ended - began) / 1000)),
      acceptedPerSecond: Math.round(transactions / ((accepted - began) / 1000)),
      cpuMs: Math.round((user + system) / 1000 / (transactions / 1000)),
      shares,
    }
  } finally {
    await rm(configuration.dataFolder, { recursive: true, force: true })
  }
}

function transaction(number: number) {
  const home = { paon: { startRange: { number: '3' } }, streetDescription: 'Mill Lane', town: 'Sallowmere' }
  const person = { personGivenName: 'Ada', personFamilyName: `Sampleby${number}`, personBirthDate: '1984-02-29' }
  const body = { person, oldAddress: home, newAddress: { ...home, postcode: 'ZZ99 4WZ' }, movedOn: '2026-11-01' }
  return {
    type: 'customer.address.changed',
    sender: 'bench',
    idempotencyKey: `${number}`,
    attributes: {},
    about: `person ${number}`,
    body: new TextEncoder().encode(JSON.stringify(body)),
  }
}
