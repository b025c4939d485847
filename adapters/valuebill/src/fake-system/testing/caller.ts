import type { FakeSystem } from '../../fake-system.ts'

/** The login of the examples. */
export const authorization = `Basic ${Buffer.from('BA9999:secret').toString('base64')}`

/** Hands a document in as a well-behaved sender does. */
export function submit(
  system: Pick<FakeSystem, 'baseUrl'>,
  batchId: string,
  document: string | Uint8Array,
  init: RequestInit = {},
): Promise<Response> {
  return fetch(`${system.baseUrl}/submissions/${batchId}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/xml' },
    body: Buffer.from(document),
    ...init,
  })
}

export function lookup(system: Pick<FakeSystem, 'baseUrl'>, batchId: string): Promise<Response> {
  return fetch(`${system.baseUrl}/submissions/${batchId}`, { headers: { authorization } })
}
