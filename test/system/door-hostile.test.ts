import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressChange } from './support/address-change.ts'
import { type OpenDoor, openDoor } from './support/open-door.ts'
import { allOf, connectTo, type RawAnswer, say } from './support/raw-http.ts'

const path = '/transactions/address-change'
const body = JSON.stringify(addressChange)
let door: OpenDoor
let taken = 0
beforeAll(async () => {
  door = await openDoor({
    timeoutSeconds: 2,
    listener: {
      accepted: () => {
        taken += 1
      },
    },
  })
})
afterAll(() => door[Symbol.asyncDispose]())

/** Head of a request that would be accepted, but for how its body is framed. */
function head(...framing: readonly string[]): string {
  const lines = ['host: door', `authorization: Bearer ${door.key}`, `idempotency-key: ${crypto.randomUUID()}`]
  return [`POST ${path} HTTP/1.1`, ...lines, 'content-type: application/json', ...framing, '', ''].join('\r\n')
}

function whole(...more: readonly string[]): string {
  return head(`content-length: ${Buffer.byteLength(body)}`, ...more) + body
}

function codesOf(answers: readonly RawAnswer[]): readonly string[] {
  return answers.map((answer) => `${answer.status} ${(JSON.parse(answer.body) as { code?: string }).code ?? ''}`.trim())
}

async function isServed(): Promise<void> {
  expect((await door.bring(addressChange)).status).toBe(202)
}

async function codeOf(response: Response): Promise<string> {
  const { code } = (await response.json()) as { code: string }
  return `${response.status} ${code}`
}

describe('a body that is meant to hurt', () => {
  it.each([
    [
      'said to be 50 MB',
      () => say(door.baseUrl, head('content-length: 50000000', 'connection: close'), Buffer.alloc(50_000_000, 'x')),
    ],
    ['50 MB in chunks', () => say(door.baseUrl, head('transfer-encoding: chunked'), ...chunks(800, 65_536))],
  ])('%s is refused before it is read, and the answer is found', async (_what, send) => {
    const before = process.memoryUsage().rss
    expect(codesOf(await send())).toEqual(['413 PRV_GATEWAY_BODY_TOO_LARGE'])
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000)
    await isServed()
  })

  it.each([
    ['depth 10,000', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'PRV_FORMATS_LIMIT'],
    ['a name twice', body.replace('{', '{"movedOn":"2026-11-02",'), 'PRV_FORMATS_NOT_WELL_FORMED'],
    ['half a surrogate pair', body.replace('Wilhelmina', '\\ud800'), 'PRV_FORMATS_NOT_WELL_FORMED'],
    ['nothing', '', 'PRV_FORMATS_NOT_WELL_FORMED'],
    ['a number without end', `${'9'.repeat(60_000)}e`, 'PRV_FORMATS_NOT_WELL_FORMED'],
  ])('of %s is refused as unreadable', async (_what, text, inner) => {
    const response = await door.bring(text)
    expect(await response.clone().json()).toMatchObject({ errors: [{ code: inner }] })
    expect(await codeOf(response)).toBe('400 PRV_GATEWAY_BODY_UNREADABLE')
  })

  it('with thousands of faults is refused with the first few, in a moment', async () => {
    const household = Array.from({ length: 20_000 }, () => 0)
    const response = await door.bring({ ...addressChange, household })
    expect((await response.clone().text()).length).toBeLessThan(20_000)
    expect(await codeOf(response)).toBe('422 PRV_GATEWAY_BODY_REFUSED')
  })

  it.each(['text/plain', 'application/json; charset=utf-16', 'application/x-www-form-urlencoded', ''])(
    'of the type "%s" is refused',
    async (type) => {
      expect(await codeOf(await door.bring(addressChange, { 'content-type': type }))).toBe(
        '415 PRV_GATEWAY_CONTENT_TYPE',
      )
    },
  )

  it('that is encoded is refused and not unpacked', async () => {
    const response = await door.bring(addressChange, { 'content-encoding': 'gzip' })
    expect(await codeOf(response)).toBe('415 PRV_GATEWAY_CONTENT_ENCODING')
  })
})

describe('headers that are meant to hurt', () => {
  it.each([
    ['of 10 KB', 'k'.repeat(10_240)],
    ['with a blank', 'a b'],
    ['with a letter beyond ASCII', 'é'],
    ['of nothing', ''],
  ])('such as an idempotency key %s are refused', async (_what, key) => {
    expect(await codeOf(await door.bring(addressChange, { 'idempotency-key': key }))).toBe(
      '400 PRV_GATEWAY_IDEMPOTENCY_KEY',
    )
  })

  it('such as two idempotency keys are refused', async () => {
    expect(codesOf(await say(door.baseUrl, whole('idempotency-key: second', 'connection: close')))).toEqual([
      '400 PRV_GATEWAY_IDEMPOTENCY_KEY',
    ])
  })

  it('such as 20 KB of them are refused', async () => {
    expect(codesOf(await say(door.baseUrl, head(`x-filler: ${'x'.repeat(20_000)}`)))).toEqual([
      '431 PRV_GATEWAY_HEADERS_TOO_LARGE',
    ])
  })
})

describe('a request of two meanings', () => {
  const length = `content-length: ${Buffer.byteLength(body)}`
  const chunked = `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`
  const smuggled = () => whole()

  it.each([
    ['a length and chunks', () => head(length, 'transfer-encoding: chunked') + chunked],
    ['chunks and a length', () => head('transfer-encoding: chunked', length) + chunked],
    ['two lengths that differ', () => head('content-length: 5', length) + body],
    ['two lengths that do not differ', () => head(length, length) + body],
    ['a list of lengths', () => head(`${length}, ${Buffer.byteLength(body)}`) + body],
    ['a length with a sign', () => head(length.replace(' ', ' +')) + body],
    ['a length in hexadecimal', () => head('content-length: 0x10') + body],
    ['an encoding that is not chunks', () => head('transfer-encoding: identity') + body],
    ['an encoding that only looks like chunks', () => head('transfer-encoding: xchunked') + chunked],
    ['chunks that are encoded again', () => head('transfer-encoding: chunked, gzip') + chunked],
    ['a blank before the colon', () => head('transfer-encoding : chunked') + chunked],
    ['a header that goes on in the next line', () => head('x-one: a', ' b', length) + body],
    ['a header with NUL', () => head('x-one: a\0b', length) + body],
    ['a header with a bare carriage return', () => head('x-one: a\rb', length) + body],
    ['lines that end in a bare line feed', () => head(length).replaceAll('\r\n', '\n') + body],
    ['a chunk whose size is no number', () => head('transfer-encoding: chunked') + chunked.replace(/^/, '0x')],
    ['a chunk of negative size', () => head('transfer-encoding: chunked') + chunked.replace(/^/, '-')],
    ['a chunk larger than any number', () => head('transfer-encoding: chunked') + chunked.replace(/^/, 'f'.repeat(20))],
    ['a chunk that is longer than it says', () => head('transfer-encoding: chunked') + chunked.replace(/^[^\r]+/, '5')],
    ['no host', () => head(length).replace('host: door\r\n', '') + body],
    ['two hosts', () => head(length, 'host: other') + body],
  ])('with %s is refused, and what follows is not taken for a request', async (_what, shape) => {
    const before = taken
    for (const parts of [[shape(), smuggled()], [shape() + smuggled()]]) {
      const answers = await say(door.baseUrl, ...parts)
      expect(answers.map(({ status }) => status)).toEqual([400])
    }
    expect(taken).toBe(before)
    await isServed()
  })

  it('behind one that is still worked on is refused in its turn, and what follows is not taken for a request', async () => {
    const before = taken
    const answers = await say(door.baseUrl, whole() + whole('host: other') + smuggled())
    expect(answers.map(({ status }) => status)).toEqual([202, 400])
    await isServed()
    expect(taken).toBe(before + 2)
  })

  it('is none when its chunks only have remarks: it is one request, and so is the next', async () => {
    const before = taken
    const withRemarks = chunked.replace('\r\n', ';remark="a;b"\r\n')
    const answers = await say(
      door.baseUrl,
      head('transfer-encoding: chunked') + withRemarks,
      whole('connection: close'),
    )
    expect(answers.map(({ status }) => status)).toEqual([202, 202])
    expect(taken).toBe(before + 2)
  })

  it('is refused where remarks have no end', async () => {
    const endless = chunked.replace('\r\n', `;${'r'.repeat(40_000)}\r\n`)
    const answers = await say(door.baseUrl, head('transfer-encoding: chunked') + endless)
    expect(answers.map(({ status }) => status).filter((status) => status < 400)).toEqual([])
  })

  it('has no part in one that is worked on: garbage behind it ends the connection without a word on it', async () => {
    const before = taken
    const answers = await say(door.baseUrl, whole(), 'GARBAGE\r\n\r\n')
    // Either the first one was answered already, or nothing is said of it: never a refusal in its name.
    expect(answers.map(({ status }) => status).filter((status) => status !== 202 && status !== 400)).toEqual([])
    expect(answers[0]?.status ?? 202).toBe(202)
    await expect.poll(() => taken).toBe(before + 1)
  })
})

describe('connections that say too little', () => {
  it('a sender that is slow is told so, and so is one whose headers do not end', async () => {
    const slow = await connectTo(door.baseUrl)
    slow.write(`${head('content-length: 100')}{`)
    const headless = await connectTo(door.baseUrl)
    headless.write(`POST ${path} HTTP/1.1\r\n`)
    const dripping = setInterval(() => headless.write('x-drip: x\r\n'), 200)
    const answers = await Promise.all([allOf(slow), allOf(headless)])
    clearInterval(dripping)
    expect(answers.map(codesOf)).toEqual([['408 PRV_GATEWAY_REQUEST_SLOW'], ['408 PRV_GATEWAY_REQUEST_SLOW']])
  })

  it('others are served while 1,000 are silent, and the silent ones are hung up on', async () => {
    const silent = await Promise.all(Array.from({ length: 1000 }, () => connectTo(door.baseUrl)))
    for (let request = 0; request < 20; request += 1) await isServed()
    for (const socket of silent) socket.resume()
    await expect.poll(() => silent.filter(({ closed }) => !closed).length, { timeout: 30_000 }).toBe(0)
  })

  it('one that is refused and goes on talking is hung up on after a while', async () => {
    const socket = await connectTo(door.baseUrl, { allowHalfOpen: true })
    let isOver = false
    socket.resume().once('close', () => {
      isOver = true
    })
    socket.write(head('content-length: 50000000'))
    const goesOn = () => {
      if (!isOver) socket.write('x')
      return !isOver
    }
    await expect.poll(goesOn, { timeout: 20_000, interval: 100 }).toBe(false)
  })

  it('one that hangs up in the middle leaves nothing behind', async () => {
    const before = taken
    for (let round = 0; round < 20; round += 1) {
      const socket = await connectTo(door.baseUrl)
      socket.write(head('content-length: 4000') + body)
      await sleep(5)
      socket.destroy()
    }
    await isServed()
    expect(taken).toBe(before + 1)
  })
})

describe('text that is meant to run', () => {
  const texts = [
    "<script>alert('x')</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE messages; --",
    '{{constructor.constructor("return 1")()}}',
  ]

  it.each(texts)('is taken as text wherever text is taken, and is on no page: %s', async (text) => {
    const name = text.slice(0, 30)
    const address = { ...addressChange.newAddress, streetDescription: text, town: name, paon: { description: text } }
    const person = {
      ...addressChange.person,
      personGivenName: text,
      personFamilyName: text,
      personTitle: text,
      customer: text,
    }
    const change = {
      ...addressChange,
      person,
      oldAddress: address,
      newAddress: address,
      household: [{ personGivenName: text, personFamilyName: text }],
    }
    const response = await door.bring(change, { 'idempotency-key': text.replaceAll(' ', '_') })
    expect(response.status).toBe(202)
    const { reference, statusAddress } = (await response.json()) as { reference: string; statusAddress: string }
    const page = await (await fetch(statusAddress, { headers: { accept: 'text/html' } })).text()
    expect(page).toContain(reference)
    expect(page).not.toMatch(/<script|<img|DROP TABLE|constructor/)
  })

  it.each(texts)('in the address comes back on no page: %s', async (text) => {
    const response = await fetch(`${door.baseUrl}/transactions/${encodeURIComponent(text)}`, {
      headers: { accept: 'text/html' },
    })
    expect(response.status).toBe(404)
    expect(await response.text()).not.toMatch(/script|img|DROP|constructor/)
  })
})

function chunks(count: number, bytes: number): readonly (string | Uint8Array)[] {
  const chunk = Buffer.concat([Buffer.from(`${bytes.toString(16)}\r\n`), Buffer.alloc(bytes, 'x'), Buffer.from('\r\n')])
  return [...Array.from({ length: count }, () => chunk), '0\r\n\r\n']
}
