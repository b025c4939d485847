import type { Submit, Submitted } from '@portreeve/broker'

/** Brings changes of address to a door, as a web form does. */
export function bringToDoor(baseUrl: string, apiKey: string): Submit {
  return async (body, idempotencyKey) => {
    const response = await fetch(`${baseUrl}/transactions/address-change`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${apiKey}`,
        'idempotency-key': idempotencyKey,
      },
      body: JSON.stringify(body),
    })
    const answer = (await response.json()) as Partial<Submitted>
    return { status: response.status, reference: answer.reference ?? '', statusAddress: answer.statusAddress ?? '' }
  }
}
