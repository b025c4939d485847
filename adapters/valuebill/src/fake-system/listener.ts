import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type Answer, writeAnswer } from './answer-writer.ts'
import { type Behaviour, type BehaviourQueue, isBehaviour, type RequestKind, takesEffect } from './behaviour.ts'
import type { Desk } from './desk.ts'
import type { Submission } from './register.ts'

export interface ListenerOptions {
  readonly desk: Desk
  readonly behaviours: BehaviourQueue
  readonly requests: Record<RequestKind, number>
  /** `BA9999:secret` */
  readonly login: string
  readonly signal: AbortSignal
}

const maxBodyBytes = 100 * 1024 * 1024
const well: Behaviour = { kind: 'well' }

/** The stand-in's HTTP: who may ask, what for, and how it behaves this time. */
export function createListener(options: ListenerOptions): RequestListener {
  return (request, response) => {
    respond(request, response, options).catch((error: unknown) => {
      // Said aloud, so that a fault of the stand-in is not taken for a behaviour; a caller who has left hears nothing.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end(error instanceof Error ? error.stack : String(error))
    })
  }
}

async function respond(request: IncomingMessage, response: ServerResponse, options: ListenerOptions): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const asked = `${request.method} ${pathname.replace(/^\/submissions\/[^/]+$/, '/submissions/:id')}`
  const kind = kinds[asked]
  if (!kind) {
    await writeAnswer(response, await control(asked, request, options), well, options.signal)
    return
  }
  options.requests[kind] += 1
  const behaviour = options.behaviours.next(kind)
  const batchId = decodeURIComponent(pathname.split('/')[2] ?? '')
  const refusal = refuseCaller(kind, request, options.login)
  const body = kind === 'submit' ? await readBody(request) : Buffer.alloc(0)
  const answer = refusal ?? (body === 'too-large' ? tooLarge : answerTo(kind, batchId, body, behaviour, options.desk))
  await writeAnswer(response, answer, behaviour, options.signal)
}

const kinds: Readonly<Record<string, RequestKind>> = {
  'POST /submissions/:id': 'submit',
  'GET /submissions/:id': 'lookup',
  'GET /health': 'health',
}
const tooLarge: Answer = { status: 413, body: { error: `more than ${maxBodyBytes} bytes` } }

function answerTo(kind: RequestKind, batchId: string, body: Uint8Array, behaviour: Behaviour, desk: Desk): Answer {
  if (kind === 'health') return { status: 200, body: { status: 'ok' } }
  if (kind === 'lookup') return answerWith(desk.find(batchId))
  if (!takesEffect(behaviour)) return { status: 500, body: { error: 'not taken' } }
  const handed = desk.hand(batchId, body)
  return handed === 'other-bytes'
    ? { status: 409, body: { error: 'this id belongs to other bytes' } }
    : answerWith(handed)
}

function answerWith(submission: Submission | undefined): Answer {
  if (!submission) return { status: 404, body: { error: 'no submission of this id' } }
  const { submissionId, status, errors } = submission
  return { status: 200, body: { submissionId, status, errors } }
}

function refuseCaller(kind: RequestKind, request: IncomingMessage, login: string): Answer | null {
  const { authorization, 'content-type': contentType = '' } = request.headers
  const anonymous = kind === 'health' && authorization === undefined
  if (!anonymous && authorization !== `Basic ${Buffer.from(login).toString('base64')}`) {
    return { status: 401, body: { error: 'unknown user name or wrong password' } }
  }
  if (kind === 'submit' && !/^(application|text)\/xml\s*(;|$)/i.test(contentType)) {
    return { status: 415, body: { error: 'the body must be application/xml' } }
  }
  return null
}

async function control(asked: string, request: IncomingMessage, options: ListenerOptions): Promise<Answer> {
  if (asked === 'GET /__behaviour') return { status: 200, body: options.behaviours.remaining() }
  if (asked !== 'POST /__behaviour' && asked !== 'PUT /__refusals')
    return { status: 404, body: { error: 'no such page' } }
  const body = await readBody(request)
  const given = body === 'too-large' ? undefined : parse(body)
  if (asked === 'PUT /__refusals' && isRefusals(given)) {
    options.desk.setRefusals(given)
    return { status: 200, body: given }
  }
  const behaviours = [given].flat()
  if (asked === 'POST /__behaviour' && behaviours.every(isBehaviour)) {
    options.behaviours.set(behaviours)
    return { status: 200, body: options.behaviours.remaining() }
  }
  return { status: 400, body: { error: 'not what this page takes' } }
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}

function isRefusals(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null && Object.values(value).every((code) => typeof code === 'string')
}

/** The whole body; what is beyond the limit is read and thrown away, so that the caller hears the answer. */
async function readBody(request: IncomingMessage): Promise<Buffer | 'too-large'> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size <= maxBodyBytes) chunks.push(chunk)
  }
  return size > maxBodyBytes ? 'too-large' : Buffer.concat(chunks)
}
