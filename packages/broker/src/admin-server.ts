import { chmod, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type ErrorJson, isPortreeveError, PortreeveError } from '@portreeve/errors'
import { type Arguments, type OperationName, operationNames, readArgument } from './operation-arguments.ts'
import type { Operations } from './operations.ts'

const maxBodyBytes = 16 * 1024 * 1024

/**
 * The local admin socket: `POST /<operation>` with the operation's argument as JSON, checked by its schema. Only this machine's owner of the
 * data folder reaches it: the socket is a file with mode 600.
 */
export async function startAdminServer(address: string, operations: Operations): Promise<AsyncDisposable> {
  const server = createServer((request, response) => void answer(request, response, operations))
  // Whoever gets here owns the log's folder, so a socket file that is still there is a dead broker's.
  if (process.platform !== 'win32') await rm(address, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new PortreeveError('PRV_BROKER_ADMIN_SOCKET', { address }, { cause })))
    server.listen(address, resolve)
  })
  if (process.platform !== 'win32') await chmod(address, 0o600)
  return {
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, operations: Operations): Promise<void> {
  try {
    const name = operationNames.find((candidate) => request.url === `/${candidate}`)
    if (request.method !== 'POST' || !name)
      throw new PortreeveError('PRV_BROKER_OPERATION_UNKNOWN', { url: request.url ?? '' })
    send(response, 200, (await perform(operations, name, await readBody(request))) ?? null)
  } catch (error) {
    send(response, isPortreeveError(error) ? error.status : 500, toJson(error))
  }
}

type Performing = { readonly [Name in OperationName]: (argument: Arguments[Name]) => Promise<unknown> }

function perform<Name extends OperationName>(operations: Performing, name: Name, json: string): Promise<unknown> {
  return operations[name](readArgument(name, json))
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) throw new PortreeveError('PRV_BROKER_OPERATION_TOO_LARGE', { maxBodyBytes })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function toJson(error: unknown): ErrorJson {
  const known = isPortreeveError(error) ? error : new PortreeveError('PRV_BROKER_UNEXPECTED', { what: nameOf(error) })
  return known.toJSON()
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}
