import type { Received } from '@portreeve/adapter-sdk'
import { expect, it } from 'vitest'
import { fitIntoRecord } from './fit-into-record.ts'

function message(bytes: number): Received {
  const emitted = { type: 'a.b.c', idSeed: '1', key: '1', contentType: 'application/json', body: new Uint8Array(bytes) }
  return { index: 4, message: emitted }
}

it('leaves alone what the log can take', () => {
  const received = message(900_000)
  expect(fitIntoRecord(received)).toBe(received)
})

it('refuses a message that no record can hold, instead of standing still before it', () => {
  expect(fitIntoRecord(message(900_001))).toMatchObject({
    index: 4,
    refused: { problems: [{ code: 'PRV_BROKER_RECORD_TOO_LARGE', path: '/[5]' }] },
  })
})

it('leaves out of a refusal what would not fit', () => {
  const problem = { code: 'X', path: '/', rule: 'x', sentence: 'No.' }
  const refused = {
    identity: { number: '7' },
    problems: Array.from({ length: 5000 }, () => problem),
    rawReport: 'x'.repeat(1e6),
  }
  const fitted = fitIntoRecord({ index: 0, refused })
  expect(fitted).toMatchObject({ refused: { identity: { number: '7' } } })
  expect(JSON.stringify(fitted).length).toBeLessThan(20_000)
})

it('cuts what a submitter calls a record, which may be a million characters', () => {
  const refused = {
    identity: { number: '7'.repeat(1e6) },
    problems: [{ code: 'X', path: '/', rule: 'x', sentence: 'N'.repeat(1e6) }],
  }
  expect(JSON.stringify(fitIntoRecord({ index: 0, refused })).length).toBeLessThan(2000)
})
