import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Received } from '@portreeve/adapter-sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { prepareBatch } from './prepare-batch.ts'
import { receiveReports } from './receive.ts'
import { openService, type Service } from './service.ts'
import { batchOf, messageOf } from './testing/report-message.ts'

const folder = join(import.meta.dirname, '../golden')
const cases = readdirSync(folder)

let service: Service
beforeAll(async () => {
  service = await openService()
})
afterAll(() => service[Symbol.dispose]())

it.each(cases)('%s', async (name) => {
  const { input, sentence } = readCase(name)
  expect(sentence).toMatch(/^[A-Z].*\.\n$/)
  const expected = `${JSON.stringify(await play(input), null, 2)}\n`
  const file = join(folder, name, 'expected.json')
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, expected)
  else expect(expected).toBe(readFileSync(file, 'utf8'))
})

/** A file in; what is refused, what the messages are, and what is sent of them. */
async function play(input: Uint8Array): Promise<unknown> {
  const options = { contentType: 'application/xml', documentId: 'ab'.repeat(32), documentName: 'march.xml' }
  const receive = receiveReports(service, '9999')
  const read = { ...options, signal: new AbortController().signal }
  const refusal = await receive.check(inPieces(input), read)
  if (refusal !== null) return { refused: refusal }
  const received = await Array.fromAsync(receive.records(inPieces(input), read))
  const messages = received.flatMap((item) => ('message' in item ? [messageOf(item.message)] : []))
  const from = { billingAuthority: 'Borough of Sallowmere', billingAuthorityCode: '9999' }
  if (messages.length === 0) return { received: received.map(readable), sent: [] }
  const prepared = prepareBatch(batchOf(...messages), from, service)
  return { received: received.map(readable), sent: 'document' in prepared ? lines(prepared.document) : prepared }
}

function readable(received: Received): unknown {
  if (!('message' in received)) {
    const { rawReport = '', ...refused } = received.refused
    return { index: received.index, refused, rawReport: rawReport.includes('<BApropertyReport') }
  }
  const { body, ...message } = received.message
  return { index: received.index, message: { ...message, body: JSON.parse(new TextDecoder().decode(body)) } }
}

/** One element a line, so that a difference shows where it is. */
function lines(document: Uint8Array): readonly string[] {
  return new TextDecoder().decode(document).trimEnd().replaceAll('><', '>\n<').split('\n')
}

function readCase(name: string): { input: Uint8Array; sentence: string } {
  return {
    input: readFileSync(join(folder, name, 'input.xml')),
    sentence: readFileSync(join(folder, name, 'case.md'), 'utf8'),
  }
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700)
}
