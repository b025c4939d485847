import { openDoor } from '../system/support/open-door.ts'
import { cpuShares } from './cpu-shares.ts'
import { DoorLoaders } from './door-loaders.ts'
import type { Row } from './row.ts'

const connections = 64
const transactions = 20_000
const profiled = 5000

/** Transactions that are durable before they are answered, by those who wait for each answer before they bring the next. */
export async function benchDoor(): Promise<Row[]> {
  await using door = await openDoor()
  using loaders = new DoorLoaders()
  const { baseUrl, key } = door
  const bring = (series: string, count: number) =>
    loaders.bring({ baseUrl, key, connections, transactions: count, series })
  await bring('warm', 2000)
  const before = process.cpuUsage()
  const { seconds, milliseconds } = await bring('measured', transactions)
  const { user, system } = process.cpuUsage(before)
  const shares = await cpuShares(async () => {
    await bring('profiled', profiled)
  })
  const at = (part: number) => Number((milliseconds[Math.floor(milliseconds.length * part)] ?? 0).toFixed(1))
  const note = `durable, ${connections} connections, ${transactions} changes of address`
  return [
    { name: 'door: accepted', value: Math.round(transactions / seconds), unit: 'transactions/s', note },
    { name: 'door: median', value: at(0.5), unit: 'ms' },
    { name: 'door: p99', value: at(0.99), unit: 'ms' },
    {
      name: 'door: CPU of the broker',
      value: Math.round((user + system) / transactions),
      unit: 'µs/transaction',
      note: 'with its worker thread and the ledger; without those who bring',
    },
    ...shares.slice(0, 6).map(({ where, share }) => ({
      name: `door: time in ${where}`,
      value: Math.round(share * 100),
      unit: '%',
    })),
  ]
}
