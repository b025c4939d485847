import { request } from 'node:http'
import { type ErrorJson, isPortreeveError, PortreeveError } from '@portreeve/errors'
import { operationNames } from './operation-arguments.ts'
import type { Operations } from './operations.ts'

/** The operations of the broker that listens at this address, or `null` when none does. Each rejects with `PRV_BROKER_ADMIN_NO_ANSWER` when the broker goes meanwhile. */
export async function connectAdmin(address: string): Promise<Operations | null> {
  const client = Object.fromEntries(
    operationNames.map((name) => [name, (argument: unknown) => call(address, name, argument)]),
  ) as unknown as Operations
  try {
    await client.status()
    return client
  } catch (error) {
    if (isNobodyThere(error)) return null
    throw error
  }
}

function noAnswer(address: string, cause: unknown): PortreeveError {
  const fault = (cause as NodeJS.ErrnoException).code ?? 'the answer cannot be read'
  return new PortreeveError('PRV_BROKER_ADMIN_NO_ANSWER', { address, fault }, { cause })
}

function isNobodyThere(error: unknown): boolean {
  if (!isPortreeveError(error, 'PRV_BROKER_ADMIN_NO_ANSWER')) return false
  const { fault } = error.details
  return fault === 'ENOENT' || fault === 'ECONNREFUSED'
}

function call(address: string, name: string, argument: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: address, path: `/${name}`, method: 'POST' }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', (cause) => reject(noAnswer(address, cause)))
      response.on('end', () => {
        try {
          const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
          if (response.statusCode === 200) resolve(value)
          else reject(PortreeveError.fromJson(value as ErrorJson))
        } catch (cause) {
          reject(noAnswer(address, cause))
        }
      })
    })
    sent.on('error', (cause) => reject(noAnswer(address, cause)))
    sent.end(JSON.stringify(argument ?? null))
  })
}
