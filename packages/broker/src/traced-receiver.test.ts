import type { SendOutcome } from '@portreeve/core'
import { PortreeveError } from '@portreeve/errors'
import type { SpanAttributes, SpanStart, Tracing } from '@portreeve/telemetry'
import { expect, it } from 'vitest'
import { envelope } from './testing/receiver-world.ts'
import { tracedReceiver } from './traced-receiver.ts'

function recorder() {
  const told: unknown[] = []
  const tracing: Tracing = {
    start(name, about, { follows }: SpanStart = {}) {
      told.push(`${name} ${about}`, follows)
      return {
        traceParent: '',
        isRecorded: true,
        set: (attributes: SpanAttributes) => void told.push(attributes),
        fail: (code) => void told.push(code),
        end: () => void told.push('end'),
      }
    },
  }
  return { told, tracing }
}

const batch = {
  id: 'b',
  messages: [
    { envelope: envelope('a', { traceParent: 'one' }), body: new Uint8Array() },
    { envelope: envelope('b', { traceParent: 'two' }), body: new Uint8Array() },
  ],
}
const error = new PortreeveError('PRV_CORE_ADAPTER_FAULT', { receiver: 'r.crm', fault: 'x' }).toJSON()
const delivered: SendOutcome = { state: 'delivered', proof: 'Zaphod' }

async function sent(send: () => Promise<readonly SendOutcome[]>): Promise<readonly unknown[]> {
  const { told, tracing } = recorder()
  const receiver = tracedReceiver({ name: 'r.crm', idempotentSend: true, send, lookup: send }, 'r', tracing)
  await receiver.send(batch, AbortSignal.any([])).catch(() => undefined)
  return told
}

it('is a span for each batch, which follows from its messages and says what became of them, not in whose words', async () => {
  expect(await sent(async () => [delivered, { state: 'refused', code: '1006', reason: 'Zaphod' }])).toEqual([
    'deliver r.crm',
    ['one', 'two'],
    { state: 'delivered+refused', code: '1006' },
    'end',
  ])
})

it('failed where nobody knows what became of a message, and where the adapter threw', async () => {
  expect((await sent(async () => [delivered, { state: 'unknown', error }])).slice(2)).toEqual([
    { state: 'delivered+unknown', code: undefined },
    'PRV_CORE_ADAPTER_FAULT',
    'end',
  ])
  const threw = await sent(() => Promise.reject(new Error('Zaphod')))
  expect(threw.slice(2)).toEqual(['PRV_BROKER_UNEXPECTED', 'end'])
})

it('hands on whatever an adapter answers, that makes no sense too', async () => {
  const senseless = [null, 7, [null], [{}, { state: 'unknown' }]]
  for (const answer of senseless) {
    const { tracing } = recorder()
    const send = async () => answer as unknown as readonly SendOutcome[]
    const receiver = tracedReceiver({ name: 'r.crm', idempotentSend: true, send }, 'r', tracing)
    expect(await receiver.send(batch, AbortSignal.any([]))).toBe(answer)
  }
})
