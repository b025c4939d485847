import type { Adapter, Polled } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
import { expect, it } from 'vitest'
import { Acceptance } from './acceptance.ts'
import { BrokerEvents } from './events.ts'
import { MessageMaker } from './message-maker.ts'
import { pollUntilStopped } from './poller.ts'
import { ReferenceNumbers } from './reference-numbers.ts'
import { memoryStores } from './testing/memory-stores.ts'

const type = 'valuation.submission.received'
const fault = new PortreeveError('PRV_ENDPOINTS_FILE_NOT_ALLOWED', { path: 'a', operation: 'move', fault: 'EPERM' })

/** Polls once, then stops. Returns what was settled, what was told, and the cursor. */
async function polledOnce(items: readonly { id: string; cursor?: string; fails?: boolean; fileName?: string }[]) {
  await using stores = await memoryStores(type)
  const stop = new AbortController()
  const told: string[] = []
  const events = new BrokerEvents({
    accepted: ({ status, fileName }) => told.push(fileName === undefined ? status : `${status} ${fileName}`),
    failing: ({ code }) => {
      told.push(code)
      stop.abort()
    },
  })
  const settled: string[] = []
  const poll: NonNullable<Adapter['poll']> = async function* () {
    for (const { id, cursor = null, fails = false, fileName } of items) {
      const settle: Polled['settle'] = async () => {
        if (fails) throw fault
        settled.push(id)
      }
      const message = { type, idSeed: id, key: id, contentType: 'application/json', body: new Uint8Array() }
      yield { polled: { message, settle, ...(fileName !== undefined && { fileName }) }, cursor }
    }
  }
  const { log, state } = stores
  const maker = new MessageMaker({ code: 'X99000001', name: 'Sallowmere' }, () => new Date(0))
  const acceptance = new Acceptance({ log, seen: state.seen, references: new ReferenceNumbers(log), maker })
  const { cursors } = state
  await pollUntilStopped({ label: 'in', poll, acceptance, cursors, events, pollEverySeconds: 60, signal: stop.signal })
  return { settled, told, cursor: await cursors.get('in') }
}

it('goes on with what comes behind something that cannot be settled, and tells of it', async () => {
  const { settled, told } = await polledOnce([{ id: 'a' }, { id: 'b', fails: true }, { id: 'c', fileName: 'c.xml' }])
  expect(settled).toEqual(['a', 'c'])
  expect(told).toEqual(['accepted', 'accepted', 'accepted c.xml', 'PRV_ENDPOINTS_FILE_NOT_ALLOWED'])
})

it('passes nothing that is not settled with a cursor', async () => {
  const items = [
    { id: 'a', cursor: '1' },
    { id: 'b', cursor: '2', fails: true },
    { id: 'c', cursor: '3' },
  ]
  const { settled, cursor } = await polledOnce(items)
  expect(settled).toEqual(['a'])
  expect(cursor).toBe('1')
})
