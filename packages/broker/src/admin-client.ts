import { request } from 'node:http'
import { type ErrorJson, PortreeveError } from '@portreeve/errors'
import { operationNames } from './admin-operations.ts'
import type { Operations } from './operations.ts'

/** The operations of the broker that listens at this address, or `null` when none does. */
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

class SocketError extends Error {
  override readonly name = 'SocketError'
}

function isNobodyThere(error: unknown): boolean {
  const code = error instanceof SocketError ? (error.cause as NodeJS.ErrnoException).code : undefined
  return code === 'ENOENT' || code === 'ECONNREFUSED'
}

function call(address: string, name: string, argument: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: address, path: `/${name}`, method: 'POST' }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', (cause) => reject(new SocketError('answer cut off', { cause })))
      response.on('end', () => {
        const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
        if (response.statusCode === 200) resolve(value)
        else reject(PortreeveError.fromJson(value as ErrorJson))
      })
    })
    sent.on('error', (cause) => reject(new SocketError('the admin socket cannot be reached', { cause })))
    sent.end(JSON.stringify(argument ?? null))
  })
}
