import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromHeaders } from '@portreeve/envelope'
import type { StoredRecord } from '@portreeve/log'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { testLog } from '../support/test-log.ts'
import { addressChange } from './support/address-change.ts'
import { openLogOf } from './support/log-of.ts'
import { OpenApiCheck, type OpenApiDocument } from './support/open-api-check.ts'
import { type OpenDoor, openDoor } from './support/open-door.ts'
import { allOf, connectTo } from './support/raw-http.ts'

const path = '/transactions/address-change'

interface Accepted {
  readonly reference: string
  readonly statusAddress: string
}

async function accepted(response: Response): Promise<Accepted> {
  expect(response.status).toBe(202)
  return (await response.json()) as Accepted
}

async function refused(response: Response, status: number) {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problem = (await response.json()) as { code: string; status: number; errors?: { pointer: string }[] }
  expect(response.status).toBe(status)
  expect(problem.status).toBe(status)
  return problem
}

async function documentOf({ baseUrl }: OpenDoor): Promise<OpenApiDocument> {
  return (await (await fetch(`${baseUrl}/openapi.json`)).json()) as OpenApiDocument
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'portreeve-door-'))
  try {
    await use(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function recordsIn(folder: string): Promise<readonly StoredRecord[]> {
  await using log = await openLogOf({ dataFolder: join(folder, 'data'), log: testLog(folder) })
  const { records } = await log.read({ topic: 'customer.address.changed', partition: 0, from: 0, maxRecords: 1000 })
  return records
}

describe('a transaction at the door', () => {
  it('is accepted once however often it is repeated under its key, in whatever spelling', async () => {
    await using door = await openDoor()
    const headers = { 'idempotency-key': 'form-1' }
    const first = await accepted(await door.bring(addressChange, headers))
    expect(await accepted(await door.bring(addressChange, headers))).toEqual(first)
    const { person, ...rest } = addressChange
    expect(await accepted(await door.bring(JSON.stringify({ ...rest, person }, null, 4), headers))).toEqual(first)
    const other = await accepted(await door.bring(addressChange, { 'idempotency-key': 'form-2' }))
    expect(other.reference).not.toBe(first.reference)
    expect(other.statusAddress).not.toBe(first.statusAddress)
  })

  it('is refused under a key that was used for another body, and the first one stays', async () => {
    await using door = await openDoor()
    const headers = { 'idempotency-key': 'form-1' }
    const first = await accepted(await door.bring(addressChange, headers))
    const another = { ...addressChange, movedOn: '2026-12-01' }
    expect(await refused(await door.bring(another, headers), 409)).toMatchObject({
      code: 'PRV_GATEWAY_IDEMPOTENCY_KEY_USED',
    })
    expect(await accepted(await door.bring(addressChange, headers))).toEqual(first)
  })

  it('lies on the log as the message that routes and processes know', async () => {
    await inFolder(async (folder) => {
      await using door = await openDoor({ dataFolder: folder })
      const { reference } = await accepted(await door.bring(addressChange))
      await door[Symbol.asyncDispose]()
      const records = await recordsIn(folder)
      expect(records).toHaveLength(1)
      const [record] = records
      expect(JSON.parse(Buffer.from(record?.value ?? []).toString())).toEqual(addressChange)
      expect(fromHeaders(record?.headers ?? [])).toMatchObject({
        type: 'customer.address.changed',
        channel: 'web',
        reference,
        uprn: addressChange.newAddress.uprn,
        lgil: '11',
        dataContentType: 'application/json',
      })
    })
  })

  it('can be followed by its address over a restart, and by nothing that can be guessed from it', async () => {
    await inFolder(async (folder) => {
      const before = await openDoor({ dataFolder: folder })
      const { reference, statusAddress } = await accepted(await before.bring(addressChange))
      await before[Symbol.asyncDispose]()
      await using door = await openDoor({ dataFolder: folder })
      const { pathname } = new URL(statusAddress)
      const status = await fetch(door.baseUrl + pathname)
      expect(await status.json()).toMatchObject({ reference, systems: [] })
      for (const token of [
        reference,
        `${reference}.`,
        `${reference}.${'A'.repeat(43)}`,
        `${reference}%2E`,
        '%00',
        '..%2f',
      ]) {
        await refused(await fetch(`${door.baseUrl}/transactions/${token}`), 404)
      }
    })
  })

  it('is told to a person as a page that holds nothing of what was brought', async () => {
    await using door = await openDoor()
    const { reference, statusAddress } = await accepted(await door.bring(addressChange))
    const response = await fetch(statusAddress, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } })
    const text = await response.text()
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(text).toContain(reference)
    expect(text).toContain('<html lang="en-GB">')
    expect(text).not.toMatch(/<script|Wilhelmina|Synthetic|Mill Lane|990000000203/i)
    const unknown = await fetch(`${door.baseUrl}/transactions/${reference}`, { headers: { accept: 'text/html' } })
    expect(unknown.status).toBe(404)
    expect(await unknown.text()).toContain('There is no transaction at this address.')
  })

  it('of one person has the key of all the others of that person, however many are brought at once', async () => {
    await inFolder(async (folder) => {
      await using door = await openDoor({ dataFolder: folder })
      const brought = Array.from({ length: 500 }, async (_, index) =>
        accepted(await door.bring(addressChange, { 'idempotency-key': `${index}` })),
      )
      expect(new Set((await Promise.all(brought)).map(({ reference }) => reference)).size).toBe(500)
      await door[Symbol.asyncDispose]()
      const records = await recordsIn(folder)
      expect(records).toHaveLength(500)
      expect(new Set(records.map(({ key }) => Buffer.from(key ?? []).toString())).size).toBe(1)
    })
  })
})

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1', async () => {
    await using door = await openDoor()
    const document = await documentOf(door)
    expect(document.openapi).toMatch(/^3\.1/)
    expect(await new Validator().validate({ ...document })).toEqual({ valid: true })
  })

  it('has an example that the door accepts', async () => {
    await using door = await openDoor()
    const document = await documentOf(door)
    const example = document.paths[path]?.post?.requestBody?.content['application/json']?.example
    expect(new OpenApiCheck(document).bodyFaultsOf(path, example)).toEqual([])
    await accepted(await door.bring(example))
  })

  it('declares every status that the door answers a transaction with, and each of those answers as it is', async () => {
    await using door = await openDoor({ timeoutSeconds: 1, maxBodyBytes: 2048 })
    const check = new OpenApiCheck(await documentOf(door))
    const statuses = new Set<number>()
    const judge = async (response: Response, operation = path, method = 'post') => {
      const contentType = response.headers.get('content-type') ?? ''
      const answered = { path: operation, method, status: response.status, contentType, body: await response.json() }
      expect(check.faultsOf(answered), `${method} ${operation} ${response.status}`).toEqual([])
      statuses.add(response.status)
      return answered.body as Partial<Accepted>
    }
    const same = { 'idempotency-key': 'same' }
    const { statusAddress = '' } = await judge(await door.bring(addressChange, same))
    await judge(await door.bring({ ...addressChange, movedOn: '2026-12-24' }, same))
    await judge(await door.bring('{"movedOn":'))
    await judge(await door.bring(addressChange, { 'idempotency-key': '' }))
    await judge(await door.bring(addressChange, { authorization: 'Bearer prv_wrong' }))
    await judge(await door.bring('x'.repeat(4000)))
    await judge(await door.bring(addressChange, { 'content-type': 'text/plain' }))
    await judge(await door.bring(addressChange, { 'content-encoding': 'gzip' }))
    await judge(await door.bring({ ...addressChange, movedOn: '2026-02-30' }))
    await judge(await door.bring(addressChange, { 'x-filler': 'x'.repeat(20_000) }))
    await judge(await slowly(door))
    await judge(await fetch(statusAddress), '/transactions/{token}', 'get')
    await judge(await fetch(`${statusAddress}x`), '/transactions/{token}', 'get')
    await judge(await fetch(`${door.baseUrl}/health`), '/health', 'get')
    await judge(await fetch(`${door.baseUrl}/ready`), '/ready', 'get')
    await door.broker.stop()
    await judge(await fetch(`${door.baseUrl}/ready`), '/ready', 'get')
    const stopped = await door.bring(addressChange)
    expect(stopped.headers.get('retry-after')).toMatch(/^\d+$/)
    await judge(stopped)
    expect([...check.statusesOf(path, 'post')].filter((status) => !statuses.has(status))).toEqual([])
  })
})

/** A request whose body does not come. */
async function slowly({ baseUrl, key }: OpenDoor): Promise<Response> {
  const socket = await connectTo(baseUrl)
  socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\nidempotency-key: slow\r\n`)
  socket.write('content-type: application/json\r\ncontent-length: 100\r\n\r\n{')
  const [answer] = await allOf(socket)
  return new Response(answer?.body ?? '', { status: answer?.status ?? 500, headers: { ...answer?.headers } })
}

describe('a refusal at the door', () => {
  it.each([
    ['a date that the calendar does not have', { movedOn: '2026-02-30' }, '/movedOn'],
    [
      'a birth date that the calendar does not have',
      { person: { ...addressChange.person, personBirthDate: '1985-02-29' } },
      '/person/personBirthDate',
    ],
    [
      'a postcode of no form',
      { newAddress: { ...addressChange.newAddress, postcode: 'NOWHERE' } },
      '/newAddress/postcode',
    ],
    ['a UPRN with letters', { oldAddress: { ...addressChange.oldAddress, uprn: '12x' } }, '/oldAddress/uprn'],
    [
      'a reference with a control character',
      { person: { ...addressChange.person, customer: 'C\u0000' } },
      '/person/customer',
    ],
    [
      'a property that nobody knows',
      { household: [{ personGivenName: 'A', personFamilyName: 'B', age: '4' }] },
      '/household/0',
    ],
  ])('of %s says where in the body, and repeats nothing of it', async (_what, change, pointer) => {
    await using door = await openDoor()
    const response = await door.bring({ ...addressChange, ...change })
    const text = await response.clone().text()
    const problem = await refused(response, 422)
    expect(problem).toMatchObject({ code: 'PRV_GATEWAY_BODY_REFUSED', errors: [{ pointer, line: 1 }] })
    expect(text).not.toMatch(/Wilhelmina|2026-02-30|1985-02-29|NOWHERE|12x/)
  })

  it('names the address or method that there is not', async () => {
    await using door = await openDoor()
    expect(await refused(await fetch(`${door.baseUrl}/nowhere`), 404)).toMatchObject({
      code: 'PRV_GATEWAY_PATH_UNKNOWN',
    })
    expect(await refused(await fetch(`${door.baseUrl}/%E0%A4%A`), 404)).toMatchObject({
      code: 'PRV_GATEWAY_PATH_UNKNOWN',
    })
    const misspelt = await refused(await fetch(`${door.baseUrl}/transactions/addres-change`, { method: 'POST' }), 404)
    expect(misspelt).toMatchObject({
      code: 'PRV_GATEWAY_KIND_UNKNOWN',
      detail: 'There is no such kind of transaction; there are: address-change.',
    })
    for (const [at, method, allow] of [
      [path, 'GET', 'POST'],
      ['/transactions/x', 'DELETE', 'GET, HEAD'],
      ['/health', 'POST', 'GET, HEAD'],
      ['/openapi.json', 'PUT', 'GET, HEAD'],
    ] as const) {
      const response = await fetch(door.baseUrl + at, { method })
      expect(response.headers.get('allow')).toBe(allow)
      await refused(response, 405)
    }
  })

  it('of a wrong key says no more than of none', async () => {
    await using door = await openDoor()
    const texts = new Set<string>()
    for (const authorization of [
      '',
      'Bearer',
      `Bearer ${door.key}x`,
      `Basic ${door.key}`,
      `Bearer ${'x'.repeat(5000)}`,
    ]) {
      const response = await door.bring(addressChange, { authorization })
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
      texts.add(JSON.stringify(await refused(response, 401)))
    }
    expect(texts.size).toBe(1)
  })
})

describe('a door without keys', () => {
  it('takes a transaction from whoever reaches it, and its document asks for none', async () => {
    await using door = await openDoor({ apiKeys: [], publicUrl: 'https://council.example/portreeve' })
    const { statusAddress } = await accepted(await door.bring(addressChange, { authorization: '' }))
    expect(statusAddress).toMatch(/^https:\/\/council\.example\/portreeve\/transactions\//)
    const document = await documentOf(door)
    expect(document.components).not.toHaveProperty('securitySchemes')
    expect(document.servers).toEqual([{ url: 'https://council.example/portreeve' }])
  })
})

describe('a door without keys and a page in a browser', () => {
  it.each(['evil.example', 'evil.example:4170', '127.0.0.1.evil.example'])(
    'is nothing to who reaches it by another name: %s',
    async (host) => {
      await using door = await openDoor({ apiKeys: [] })
      const status = await new Promise((resolve, reject) => {
        const asked = request(`${door.baseUrl}/openapi.json`, { headers: { host } }, (answer) => {
          resolve(answer.resume().statusCode)
        })
        asked.on('error', reject).end()
      })
      expect(status).toBe(421)
    },
  )

  it('is open to who calls this machine by its own names', async () => {
    await using door = await openDoor({ apiKeys: [] })
    const local = door.baseUrl.replace('127.0.0.1', 'localhost')
    for (const url of [door.baseUrl, local]) expect((await fetch(`${url}/openapi.json`)).status).toBe(200)
  })
})

describe('a door that stops', () => {
  it('finishes what it has in hand and takes no more', async () => {
    const door = await openDoor()
    const brought = Array.from({ length: 50 }, () => door.bring(addressChange))
    await Promise.race(brought)
    const silent = await connectTo(door.baseUrl)
    await door.gateway.stop()
    const all = await Promise.allSettled(brought)
    const statuses = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.status] : []))
    expect(statuses.filter((status) => status !== 202 && status !== 503)).toEqual([])
    expect(statuses).toContain(202)
    expect(silent.destroyed || silent.readableEnded || (await allOf(silent)).length === 0).toBe(true)
    await expect(fetch(`${door.baseUrl}/health`)).rejects.toThrow(TypeError)
    await door[Symbol.asyncDispose]()
  })
})
