import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Behaviour } from './behaviour.ts'

/** The answer that the stand-in gives when it behaves well. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** Writes an answer, or spoils it as the behaviour says. Ends early, without a word, when the caller goes or `signal` aborts. */
export async function writeAnswer(
  response: ServerResponse,
  answer: Answer,
  behaviour: Behaviour,
  signal: AbortSignal,
): Promise<void> {
  const body = Buffer.from(JSON.stringify(answer.body))
  const json = { 'content-type': 'application/json', 'content-length': body.byteLength }
  const gone = AbortSignal.any([signal, whenClosed(response)])
  switch (behaviour.kind) {
    case 'well':
      response.writeHead(answer.status, json).end(body)
      return
    case 'status': {
      const retryAfter = behaviour.retryAfter === undefined ? {} : { 'retry-after': behaviour.retryAfter }
      response.writeHead(behaviour.status, { 'content-type': 'text/plain', ...retryAfter }).end(behaviour.body ?? '')
      return
    }
    case 'silence':
      await pause((behaviour.seconds ?? 300) * 1000, gone)
      response.destroy()
      return
    case 'late':
      if (await pause(behaviour.seconds * 1000, gone)) response.writeHead(answer.status, json).end(body)
      return
    case 'half-body':
      response.writeHead(answer.status, json).write(body.subarray(0, body.byteLength >> 1), () => response.destroy())
      return
    case 'html':
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!DOCTYPE html><title>Sorry</title><p>The service is not available.</p>')
      return
    case 'cut':
      response.destroy()
      return
    case 'empty':
      response.writeHead(200, { 'content-length': 0 }).end()
      return
    case 'wrong-content-type':
      response.writeHead(answer.status, { ...json, 'content-type': 'text/plain' }).end(body)
      return
    case 'huge':
      await writeHuge(response, answer.status, body, behaviour.bytes ?? 64 * 1024 * 1024, gone)
      return
    case 'drip':
      response.writeHead(answer.status, json)
      for (const byte of body) {
        response.write(Uint8Array.of(byte))
        if (!(await pause(behaviour.intervalMs ?? 100, gone))) return
      }
      response.end()
  }
}

async function writeHuge(response: ServerResponse, status: number, body: Buffer, bytes: number, gone: AbortSignal) {
  response.writeHead(status, { 'content-type': 'application/json' })
  const block = Buffer.alloc(64 * 1024, ' ')
  for (let sent = 0; sent < bytes && !gone.aborted; sent += block.byteLength) {
    if (!response.write(block)) await pauseUntilDrained(response, gone)
  }
  if (!gone.aborted) response.end(body)
}

function pauseUntilDrained(response: ServerResponse, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    response.once('drain', resolve)
    gone.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** False when it was broken off. */
async function pause(ms: number, gone: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal: gone, ref: false })
    return true
  } catch (error) {
    if (gone.aborted) return false
    throw error
  }
}

function whenClosed(response: ServerResponse): AbortSignal {
  const closed = new AbortController()
  if (response.destroyed) closed.abort()
  response.once('close', () => closed.abort())
  return closed.signal
}
