import { mkdtemp, rm, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectAdmin } from './admin-client.ts'
import { startAdminServer } from './admin-server.ts'
import type { Operations } from './operations.ts'

let folder: string
let address: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-admin-'))
  address = join(folder, 'admin.sock')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const status = { broker: 'running' } as Awaited<ReturnType<Operations['status']>>
const operations = {
  status: async () => status,
  search: async (query: unknown) => ({ messages: [], next: JSON.stringify(query) }),
  track: async () => null,
  deadLetters: async () => {
    throw new TypeError('FLAT 2, 7 QUAY LANE')
  },
  retryDeadLetter: async () => {
    throw new PortreeveError('PRV_STATE_KEY_NOT_PARKED', { receiver: 'a.b' })
  },
} as unknown as Operations

async function connected(): Promise<Operations> {
  const remote = await connectAdmin(address)
  if (!remote) throw new TypeError('nobody answers')
  return remote
}

it('gives the same answers and errors as the operations themselves', async () => {
  await using _ = await startAdminServer(address, operations)
  const remote = await connected()
  expect(await remote.status()).toEqual(status)
  expect(await remote.track({ reference: 'R' })).toBeNull()
  expect((await remote.search({ file: 'Räth.xml' })).next).toBe('{"file":"Räth.xml"}')
  const parked = remote.retryDeadLetter({ receiver: 'a.b', key: 'k', messageId: 'm', by: 'me', why: 'why' })
  await expect(parked).rejects.toMatchObject({ code: 'PRV_STATE_KEY_NOT_PARKED', details: { receiver: 'a.b' } })
})

/** What the socket answers to a body as it stands. */
function post(operation: string, body: string | Buffer): Promise<{ status: number; error: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: address, path: `/${operation}`, method: 'POST' }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk)
      resolve({ status: response.statusCode ?? 0, error: JSON.parse(Buffer.concat(chunks).toString('utf8')) })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

it.each([
  ['search', '{"type":{}}', '/type'],
  ['search', '{"limit":-1}', '/limit'],
  ['search', '{"limit":1001}', '/limit'],
  ['search', '{"limit":"5"}', '/limit'],
  ['search', '{"after":"1; DROP TABLE pairs"}', '/after'],
  ['search', `{"state":"x' OR '1'='1"}`, '/state'],
  ['search', '{"constructor":{"limit":1}}', '/constructor'],
  ['search', '[]', 'the argument'],
  ['search', '"FLAT 2, 7 QUAY LANE"', 'the argument'],
  ['search', '{"uprn":', 'the argument'],
  ['search', Buffer.from([0xff, 0xfe, 0]), 'the argument'],
  ['search', `{"file":"${'x'.repeat(1001)}"}`, '/file'],
  ['track', '{}', 'the argument'],
  ['track', '', 'the argument'],
  ['track', '{"reference":["R"]}', '/reference'],
  ['deadLetters', '{"limit":0}', '/limit'],
  ['deadLetters', '{"after":1e300}', '/after'],
  ['deadLetter', '{"receiver":"a.b"}', '/key'],
  ['retryDeadLetter', '{"receiver":"a.b","key":"k","messageId":"m","by":"","why":"w"}', '/by'],
  ['retryDeadLetter', '{"receiver":"a.b","key":"k","messageId":"m","by":"b","why":"w","editedBody":{}}', '/editedBody'],
  ['discardDeadLetter', '{"receiver":"a.b","key":"k","messageId":"m","by":"b"}', '/why'],
  ['discardDeadLetter', '{"receiver":"a.b","key":"k","by":"b","why":"w"}', '/messageId'],
  ['status', '{"all":true}', '/all'],
] as const)('refuses %s with %s, says where, and shows nothing of it', async (operation, body, place) => {
  await using _ = await startAdminServer(address, operations)
  const { status: code, error } = await post(operation, body)
  expect([code, error.code]).toEqual([400, 'PRV_BROKER_OPERATION_ARGUMENT'])
  expect(error.details).toMatchObject({ operation, place })
  expect(error.remedy).toEqual(expect.any(String))
  expect(JSON.stringify(error)).not.toMatch(/QUAY|DROP|xxx/)
})

it('takes every argument that the command line gives', async () => {
  await using _ = await startAdminServer(address, operations)
  const remote = await connected()
  const query = { uprn: '1', correlationId: 'c', file: 'f', state: 'discarded', receiver: 'r', type: 't' } as const
  const asked = { ...query, after: '17', limit: 1000 }
  expect(JSON.parse((await remote.search(asked)).next ?? '')).toEqual(asked)
})

it('shows of an unforeseen fault its kind and nothing that was in it', async () => {
  await using _ = await startAdminServer(address, operations)
  const error = await (await connected()).deadLetters({}).catch((fault: unknown) => fault)
  expect(error).toMatchObject({ code: 'PRV_BROKER_UNEXPECTED' })
  expect(JSON.stringify(error)).not.toContain('QUAY')
})

it.skipIf(process.platform === 'win32')('is for the owner alone [needs a POSIX system]', async () => {
  await using _ = await startAdminServer(address, operations)
  expect((await stat(address)).mode & 0o777).toBe(0o600)
})

it('says that nobody is there where no broker listens, a dead one left its socket included', async () => {
  expect(await connectAdmin(address)).toBeNull()
  await using server = await startAdminServer(address, operations)
  await server[Symbol.asyncDispose]()
  expect(await connectAdmin(address)).toBeNull()
})

it.each([
  ['something that is no broker', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello'],
  ['an answer that breaks off', 'HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"a":'],
  ['a peer that hangs up', ''],
])('tells of %s with a catalogued error', async (_what, answer) => {
  const server: Server = createServer((socket) => socket.once('data', () => socket.end(answer)))
  await new Promise<void>((resolve) => server.listen(address, resolve))
  await expect(connectAdmin(address)).rejects.toMatchObject({ code: 'PRV_BROKER_ADMIN_NO_ANSWER' })
  server.close()
})
