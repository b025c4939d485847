import { expect, it } from 'vitest'
import { exported, spanAttributes } from './span-attributes.ts'

it('lets what a span is allowed to say leave under the names of the semantic conventions', () => {
  expect(
    exported({
      type: 'customer.address.changed',
      group: 'address-updates-to-crm.crm',
      messages: 3,
      reference: '9R3R-L632',
      state: 'delivered+not-taken',
      code: 'PRV_ADAPTER_PERSON_AMBIGUOUS',
      method: 'POST',
      path: '/transactions/{token}',
      status: 202,
    }),
  ).toEqual({
    'messaging.destination.name': 'customer.address.changed',
    'messaging.consumer.group.name': 'address-updates-to-crm.crm',
    'messaging.batch.message_count': 3,
    'prv.reference': '9R3R-L632',
    'prv.state': 'delivered+not-taken',
    'error.type': 'PRV_ADAPTER_PERSON_AMBIGUOUS',
    'http.request.method': 'POST',
    'http.route': '/transactions/{token}',
    'http.response.status_code': 202,
  })
})

it('lets no text out that somebody may have written, whatever it is said to be', () => {
  const texts = [
    "Wilhelmina O'Synthetic",
    'ZZ99 3WZ',
    '01632 960123',
    'w@example.org',
    '14 Tannery Row',
    'Smith',
    'x\ny',
  ]
  for (const text of texts) {
    const all = Object.fromEntries(Object.keys(spanAttributes).map((name) => [name, text]))
    expect(exported(all)).toEqual({})
  }
})

it('lets nothing out that is not on the list', () => {
  const more = { state: 'delivered', body: '1', toString: '2', __proto__: { code: '3' } }
  expect(exported(more)).toEqual({ 'prv.state': 'delivered' })
})
