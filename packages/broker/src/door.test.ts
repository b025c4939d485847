import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import { openLedger } from '@portreeve/ledger'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Acceptance } from './acceptance.ts'
import { dataFolder } from './data-folder.ts'
import { type BroughtTransaction, type Door, openDoor } from './door.ts'
import { openDoorKey } from './door-key.ts'
import { BrokerEvents } from './events.ts'
import { projectToEnd } from './ledger-projection.ts'
import { MessageMaker } from './message-maker.ts'
import { fromRecord, keyOf } from './message-record.ts'
import { ReferenceNumbers } from './reference-numbers.ts'
import { memoryStores } from './testing/memory-stores.ts'

const type = 'customer.address.changed'
const transaction: BroughtTransaction = {
  type,
  sender: 'forms',
  idempotencyKey: 'one',
  attributes: { uprn: '990000000203' },
  about: 'wilhelmina o synthetic 1984-02-29',
  body: Buffer.from('{"movedOn":"2026-11-01"}'),
}
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-door-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function world() {
  const stores = await memoryStores(type)
  const ledger = openLedger({ path: ':memory:', receiversOf: () => [] })
  const intake = new AbortController()
  const events = new BrokerEvents()
  const references = new ReferenceNumbers(stores.log)
  const maker = new MessageMaker({ code: 'X99000001', name: 'Sallowmere' }, () => new Date('2026-11-02T10:00:00Z'))
  const acceptance = new Acceptance({ log: stores.log, seen: stores.state.seen, references, maker })
  const { log, state } = stores
  const doorway = { listen: '127.0.0.1', port: 0, apiKeys: [], maxBodyBytes: 65_536, timeoutSeconds: 30 }
  const parts = {
    log,
    state,
    ledger,
    current: () => ({ processes: [], door: doorway }),
    folder: dataFolder(folder),
    acceptance,
    events,
  }
  const open = () => openDoor({ ...parts, signal: intake.signal })
  const records = async () => (await log.read({ topic: type, partition: 0, from: 0 })).records
  return {
    log,
    ledger,
    intake,
    events,
    open,
    records,
    project: () => projectToEnd(log, ledger, [type]),
    async [Symbol.asyncDispose]() {
      ledger.close()
      await stores[Symbol.asyncDispose]()
    },
  }
}

async function ready(door: Door): Promise<void> {
  await expect
    .poll(() => {
      door.refuseUnlessReady()
      return true
    })
    .toBe(true)
}

it('takes a transaction once under its key, and tells another body under the same key', async () => {
  await using here = await world()
  const { open, records } = here
  const door = await open()
  const first = await door.accept(transaction)
  expect(first.status).toBe('accepted')
  expect(await door.accept(transaction)).toEqual({ ...first, status: 'duplicate' })
  expect(await door.accept({ ...transaction, body: Buffer.from('{}') })).toEqual({ ...first, status: 'another' })
  expect((await door.accept({ ...transaction, sender: 'kiosk' })).status).toBe('accepted')
  const stored = await records()
  expect(stored).toHaveLength(2)
  expect(stored.map((record) => fromRecord(record).envelope)).toMatchObject([
    { channel: 'web', uprn: '990000000203', source: '/x99000001/door', reference: first.reference },
    { channel: 'web' },
  ])
})

it('keeps what is about one person in order, and shows nobody who that is', async () => {
  await using here = await world()
  const { open, records } = here
  const door = await open()
  const about = (idempotencyKey: string, more: Partial<BroughtTransaction>) =>
    door.accept({ ...transaction, idempotencyKey, ...more })
  await about('1', {})
  await about('2', { sender: 'kiosk' })
  await about('3', { about: 'somebody else' })
  await about('4', { attributes: { customer: 'C-100045' } })
  const keys = (await records()).map(keyOf)
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
  expect(keys[3]).toBe('C-100045')
  expect(keys[0]).toMatch(/^[\w-]{43}$/)
})

it('opens the status by the token alone, over restarts, and by nothing else', async () => {
  await using here = await world()
  const { open, project, ledger } = here
  const { reference, token } = await (await open()).accept(transaction)
  const door = await open()
  await expect(door.status(token)).rejects.toMatchObject({ code: 'PRV_BROKER_NOT_ENTERED' })
  await project()
  expect(await door.status(token)).toMatchObject({
    reference,
    state: 'received',
    acceptedAt: '2026-11-02T10:00:00.000Z',
  })
  const [, seal = ''] = token.split('.')
  const others = [
    reference,
    `${reference}.`,
    seal,
    `.${seal}`,
    `${token}.`,
    token.toLowerCase(),
    `${token}A`,
    token.slice(0, -1),
  ]
  for (const other of ['', '.', '..', ...others]) expect(await door.status(other), other).toBeNull()
  expect(ledger.track({ reference })?.message.id).toMatch(/^[0-9a-f]{64}$/)
})

it('keeps the key of the addresses for the owner alone, and refuses one that is damaged', async () => {
  await using here = await world()
  const { open } = here
  await open()
  const file = dataFolder(folder).doorKey
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readFile(file, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)
  await writeFile(file, 'half')
  await expect(open()).rejects.toMatchObject({ code: 'PRV_BROKER_DOOR_KEY' })
})

it('has one key in a folder that several brokers share, whoever makes it first', async () => {
  const file = join(folder, 'shared.key')
  const keys = await Promise.all(Array.from({ length: 8 }, () => openDoorKey(file)))
  expect(new Set(keys.map((key) => key.tokenOf('24-AB12-CD34'))).size).toBe(1)
  expect((await readdir(folder)).filter((name) => name.startsWith('shared.key'))).toEqual(['shared.key'])
})

it('is ready once it knows what was accepted before, and not while the disk is low or the broker stops', async () => {
  await using here = await world()
  const { open, events, intake } = here
  const door = await open()
  expect(() => door.refuseUnlessReady()).toThrow(expect.objectContaining({ code: 'PRV_BROKER_STARTING' }))
  await ready(door)
  events.failed('disk', new PortreeveError('PRV_BROKER_DISK_LOW', { folder, freeMegabytes: 1, diskAlarmMegabytes: 2 }))
  expect(() => door.refuseUnlessReady()).toThrow(expect.objectContaining({ code: 'PRV_BROKER_DOOR_DISK_LOW' }))
  events.recovered('disk')
  door.refuseUnlessReady()
  intake.abort(new PortreeveError('PRV_BROKER_STOPPING'))
  expect(() => door.refuseUnlessReady()).toThrow(expect.objectContaining({ code: 'PRV_BROKER_STOPPING' }))
  await expect(door.accept(transaction)).rejects.toMatchObject({ code: 'PRV_BROKER_STOPPING' })
})

it('tells whoever comes when too many wait to come again, and loses none that it took', async () => {
  await using here = await world()
  const { open, records } = here
  const door = await open()
  const brought = Array.from({ length: 2100 }, (_, index) =>
    door.accept({ ...transaction, idempotencyKey: `${index}` }),
  )
  const all = await Promise.allSettled(brought)
  const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect(refused).toHaveLength(100)
  for (const reason of refused) expect(reason).toMatchObject({ code: 'PRV_BROKER_BUSY', status: 503 })
  expect((await records()).length).toBeGreaterThan(0)
  expect((await door.accept({ ...transaction, idempotencyKey: 'after' })).status).toBe('accepted')
})
