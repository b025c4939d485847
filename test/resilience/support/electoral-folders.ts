import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Adapter } from '@portreeve/adapter-sdk'
import { adapterNamed } from '@portreeve/broker'
import type { Message } from '@portreeve/envelope'

const { signal } = new AbortController()
const address = { paon: { startRange: { number: '1' } }, streetDescription: 'HIGH STREET', town: 'SALLOWMERE' }
const request = {
  system: 'electoral',
  person: { personGivenName: 'Ann', personFamilyName: 'Example' },
  oldAddress: { ...address, postcode: 'ZZ99 1AA' },
  newAddress: { ...address, postcode: 'ZZ99 1AB' },
  movedOn: '2026-03-01',
}

export function addressUpdate(id: string): Message {
  const about = { authority: 'X99000001', channel: 'web', reference: '9R3R-L632', correlationId: id }
  const type = 'customer.address-update.requested'
  const time = '2026-03-02T10:00:00.000Z'
  const envelope = { id, source: '/x99000001/process', type, time, dataContentType: 'application/json', ...about }
  return { envelope, body: new TextEncoder().encode(JSON.stringify(request)) }
}

/** The adapter as after a start of the broker; files go to this folder. */
export async function openElectoral(folder: string): Promise<Adapter> {
  const electoral = adapterNamed('electoral')
  if (!electoral) throw new TypeError('there is no adapter called electoral')
  const claims = { put: () => Promise.reject(new Error('none')), get: () => Promise.reject(new Error('none')) as never }
  const context = { label: 'electoral', authority: 'X99000001', now: () => new Date('2026-03-02'), signal, claims }
  return await electoral.open({ outFolder: folder, returnsFolder: folder, settleSeconds: 0 }, context)
}

/** What is wrong with what a power cut has left: each of these was delivered, and each of those has been begun, in vain or not. */
export async function judgeElectoral(folder: string, delivered: readonly string[], begun: readonly string[]) {
  const adapter = await openElectoral(folder)
  const messages = begun.map(addressUpdate)
  const outcomes = (await adapter.lookup?.({ id: 'after the cut', messages }, signal)) ?? []
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.'))
  const lines = (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).flatMap((text) =>
    text.split('\r\n').slice(1, -1),
  )
  return begun.flatMap((id, index) => {
    const times = lines.filter((line) => line.startsWith(`${id},`) && line.endsWith(',ZZ99 1AB')).length
    const state = outcomes[index]?.state
    if (delivered.includes(id) && (state !== 'delivered' || times !== 1))
      return [`${id} was delivered and is lost: ${state}, ${times} lines`]
    return times === (state === 'delivered' ? 1 : 0) ? [] : [`${id} is said to be ${state}, and has ${times} lines`]
  })
}
