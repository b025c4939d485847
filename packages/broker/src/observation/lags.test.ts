import { openLedger } from '@portreeve/ledger'
import { expect, it } from 'vitest'
import { memoryStores } from '../testing/memory-stores.ts'
import { groupsOf, lagOf, ledgerLag } from './lags.ts'

const type = 'valuation.report.proposed'
const record = { topic: type, key: null, value: new Uint8Array(), headers: [] }

it('counts what a group has yet to finish, and the ledger has yet to take over', async () => {
  await using stores = await memoryStores(type)
  using ledger = openLedger({ path: ':memory:', receiversOf: () => [] })
  await stores.log.append([record, record, record])
  expect(await lagOf(stores.log, 'r.crm', [type])).toBe(3)
  expect(await ledgerLag(stores.log, ledger, [type])).toBe(3)
  ledger.apply(type, 0, [], 2)
  await stores.log.seek('r.crm', { topic: type, partition: 0, offset: 3 })
  expect(await lagOf(stores.log, 'r.crm', [type])).toBe(0)
  expect(await ledgerLag(stores.log, ledger, [type])).toBe(1)
})

it('knows the groups of processes only where there are some', () => {
  expect(groupsOf({ routes: [], processes: [] }, [])).toEqual([])
})
