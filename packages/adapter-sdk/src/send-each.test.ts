import type { Message } from '@portreeve/envelope'
import { type ErrorCode, PortreeveError } from '@portreeve/errors'
import { describe, expect, it } from 'vitest'
import type { Outcome } from './outcome.ts'
import { sendEach } from './send-each.ts'

const messageOf = (id: string): Message => ({
  envelope: {
    id,
    source: '/x99000001/process',
    type: 'customer.address-update.requested',
    time: '2026-03-02T10:00:00Z',
    dataContentType: 'application/json',
    reference: '9R3R-L632',
    correlationId: id,
    authority: 'X99000001',
    channel: 'web',
  },
  body: new Uint8Array(),
})

/** Sends three messages; the second meets the error. */
async function send(
  code: ErrorCode,
  details = {},
): Promise<{ outcomes: readonly Outcome[]; tried: readonly string[] }> {
  const tried: string[] = []
  const batch = { id: 'b', messages: ['a', 'b', 'c'].map(messageOf) }
  const sendOne = async ({ envelope: { id } }: Message): Promise<Outcome> => {
    tried.push(id)
    if (id === 'b') throw new PortreeveError(code, details)
    return { state: 'delivered', proof: `case of ${id}` }
  }
  const outcomes = await sendEach(batch, { system: 'crm', sendOne }, new AbortController().signal)
  return { outcomes, tried }
}

describe('messages that are sent one by one', () => {
  it.each([
    ['PRV_ADAPTER_FAULT', ['delivered', 'unknown', 'delivered']],
    ['PRV_ADAPTER_MESSAGE', ['delivered', 'not-taken', 'delivered']],
  ] as const)('go on behind one that met %s', async (code, states) => {
    const { outcomes, tried } = await send(code)
    expect([outcomes.map(({ state }) => state), tried]).toEqual([states, ['a', 'b', 'c']])
  })

  it.each(['PRV_ADAPTER_LOGIN', 'PRV_ADAPTER_BUSY', 'PRV_ENDPOINTS_HTTP_UNREACHABLE'] as const)(
    'stop where the system takes nothing: %s',
    async (code) => {
      const { outcomes, tried } = await send(code, { retryAfterMs: 7000 })
      expect(outcomes.map((outcome) => 'error' in outcome && outcome.error.code)).toEqual([false, code, code])
      expect(outcomes[2]).toMatchObject({ state: 'not-taken', retryAfterMs: 7000 })
      expect(tried).toEqual(['a', 'b'])
    },
  )

  it.each(['PRV_ENDPOINTS_HTTP_NO_ANSWER', 'PRV_ENDPOINTS_SMTP_NO_ANSWER'] as const)(
    'stop behind one that got no answer, %s: it is unknown, those behind were surely not sent',
    async (code) => {
      const { outcomes, tried } = await send(code)
      expect(outcomes.map(({ state }) => state)).toEqual(['delivered', 'unknown', 'not-taken'])
      expect(outcomes[2]).toMatchObject({ error: { code: 'PRV_ADAPTER_NOT_BEGUN' } })
      expect(tried).toEqual(['a', 'b'])
    },
  )

  it('go on behind one that is not taken for itself alone: no wait is asked for', async () => {
    const { outcomes, tried } = await send('PRV_ADAPTER_BUSY', { retryAfterMs: 0 })
    expect([outcomes.map(({ state }) => state), tried]).toEqual([
      ['delivered', 'not-taken', 'delivered'],
      ['a', 'b', 'c'],
    ])
  })

  it('let a fault of the program through', async () => {
    const sendOne = () => Promise.reject(new RangeError('mine'))
    const sending = sendEach(
      { id: 'b', messages: [messageOf('a')] },
      { system: 'crm', sendOne },
      new AbortController().signal,
    )
    await expect(sending).rejects.toThrow(RangeError)
  })
})
