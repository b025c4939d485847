import { join } from 'node:path'
import type { Message } from '@portreeve/envelope'

/** Templates of the synthetic borough, which are an example for councils and the subject of the tests here. */
export const templatesFolder = join(import.meta.dirname, '../../../../config/examples/sallowmere/templates')

/** What an acknowledgement is given. */
export const acknowledged = {
  reference: '7K2Q-9XTN',
  statusAddress: 'https://portal.sallowmere.example/status/7f3a9c',
  authority: 'Borough of Sallowmere',
  givenName: 'Wilhelmina Ada',
  movedOn: '2026-11-01',
}

export function messageOf(type: string, id: string, body: unknown, time = '2026-11-23T09:30:00.000Z'): Message {
  return {
    envelope: {
      id,
      source: '/x99000001/tell-us-once',
      type,
      time,
      dataContentType: 'application/json',
      reference: '7K2Q-9XTN',
      correlationId: id,
      authority: 'X99000001',
      channel: 'web',
    },
    body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  }
}

export function emailRequested(
  id: string,
  to: readonly string[],
  values: Readonly<Record<string, string>> = acknowledged,
  template = 'acknowledgement',
): Message {
  const listed = Object.entries(values).map(([name, text]) => ({ name, text }))
  return messageOf('notification.email.requested', id, { template, to, values: listed })
}

export function receiverPaused(id: string): Message {
  return messageOf('operations.receiver.paused', id, {
    receiver: 'updates-to-crm.crm',
    code: 'PRV_ENDPOINTS_HTTP_UNREACHABLE',
    sentence: 'POST http://127.0.0.1:4190/cases was not sent, because no connection could be made (ECONNREFUSED).',
    remedy: 'Check the address, the network and whether the service is up; it is tried again by itself.',
    pausedAt: '2026-11-23T09:30:00Z',
  })
}
