import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLedger } from './index.ts'
import { delivery, events, message, reportTopic, submissionTopic, voa } from './testing/sample-records.ts'

const receiversOf = (type: string) => (type === reportTopic ? [voa] : [])
const memory = () => openLedger({ path: ':memory:', receiversOf })

describe('ledger', () => {
  it('has each message once, with a waiting pair for every receiver of its type', () => {
    using ledger = openLedger({ path: ':memory:', receiversOf: () => [voa, 'outgoing.crm'] })
    const about = { uprn: '100000000001', customer: 'C-7', causationId: 'cause', correlationId: 'first' }
    ledger.apply(reportTopic, 3, [message(5, 'a', about)], 6)
    ledger.apply(reportTopic, 3, [message(7, 'a', about)], 8)
    const { messages } = ledger.search({})
    const waiting = { state: 'waiting', since: new Date('2026-03-01T09:30:00Z'), batchId: null, code: null }
    expect(messages).toMatchObject([
      {
        id: 'a',
        reference: 'R-a',
        ...about,
        authority: 'X99999999',
        type: reportTopic,
        time: new Date('2026-03-01T09:30:00Z'),
        place: { topic: reportTopic, partition: 3, offset: 5 },
        file: null,
        state: 'waiting',
        receivers: [
          { receiver: 'outgoing.crm', ...waiting },
          { receiver: voa, ...waiting },
        ],
      },
    ])
    expect(ledger.checkInvariants()).toEqual([])
  })

  it('skips what it has read before, within a batch too, and never moves back', () => {
    using ledger = memory()
    ledger.apply(reportTopic, 0, [message(0, 'a'), message(4, 'b')], 5)
    ledger.apply(reportTopic, 0, [message(0, 'not this'), message(4, 'nor this'), message(9, 'c')], 10)
    ledger.apply(reportTopic, 0, [message(0, 'nor that')], 1)
    expect(ledger.search({}).messages.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
    expect(ledger.position(reportTopic, 0)).toBe(10)
  })

  it('gives its positions, one a partition, as the offset to read next', () => {
    using ledger = memory()
    ledger.apply(reportTopic, 1, [message(0, 'a')], 3)
    ledger.apply(reportTopic, 0, [], 7)
    ledger.apply(events, 0, [delivery(11, {})], 12)
    expect(ledger.positions()).toEqual([
      { topic: events, partition: 0, offset: 12 },
      { topic: reportTopic, partition: 0, offset: 7 },
      { topic: reportTopic, partition: 1, offset: 3 },
    ])
    expect(ledger.position(reportTopic, 2)).toBeUndefined()
  })

  it('takes over a batch whole or not at all, and the same batch again afterwards', () => {
    using ledger = memory()
    const broken = message(1, 'b', { time: 'no time' })
    expect(() => ledger.apply(reportTopic, 0, [message(0, 'a'), broken], 2)).toThrow()
    expect(ledger.search({}).messages).toEqual([])
    expect(ledger.positions()).toEqual([])
    expect(ledger.counts()).toEqual([])
    ledger.apply(reportTopic, 0, [message(0, 'a'), message(1, 'b')], 2)
    expect(ledger.counts()).toEqual([{ type: reportTopic, receiver: voa, state: 'waiting', messages: 2 }])
    expect(ledger.checkInvariants()).toEqual([])
  })

  it('does not take a position that its records are not before', () => {
    using ledger = memory()
    expect(() => ledger.apply(reportTopic, 0, [message(4, 'a')], 4)).toThrow(TypeError)
  })

  it('counts per type, receiver and state', () => {
    using ledger = openLedger({ path: ':memory:', receiversOf: (type) => (type === reportTopic ? [voa] : ['answers']) })
    ledger.apply(submissionTopic, 0, [message(0, 's', { type: submissionTopic })], 1)
    ledger.apply(reportTopic, 0, [message(0, 'a'), message(1, 'b'), message(2, 'c'), message(3, 'd')], 4)
    ledger.apply(events, 0, [delivery(0, { a: 'delivered', c: 'parked' })], 1)
    expect(ledger.counts()).toEqual([
      { type: reportTopic, receiver: voa, state: 'delivered', messages: 1 },
      { type: reportTopic, receiver: voa, state: 'parked', messages: 1 },
      { type: reportTopic, receiver: voa, state: 'waiting', messages: 2 },
      { type: submissionTopic, receiver: 'answers', state: 'waiting', messages: 1 },
    ])
  })

  it('keeps no body and no name, only identifiers', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
    try {
      const path = join(folder, 'ledger.db')
      const body = { occupier: 'Zebedee Quillfeather', line1: '1 Nowhere Row', digest: 'not hex', fileName: 'f.xml' }
      const texts: string[] = []
      {
        using ledger = openLedger({ path, receiversOf })
        ledger.apply(reportTopic, 0, [message(0, 'a', {}, body)], 1)
        texts.push(JSON.stringify(ledger.search({})), JSON.stringify(ledger.track({ messageId: 'a' })))
      }
      expect(texts.join()).toContain('f.xml')
      expect(texts.join()).not.toMatch(/Quillfeather|Nowhere Row/)
      expect(readAll(folder)).not.toMatch(/Quillfeather|Nowhere Row/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('answers a full disk, keeps what it had, and goes on from there when there is room', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
    try {
      const path = join(folder, 'ledger.db')
      const batch = (n: number) => Array.from({ length: 200 }, (_, index) => message(n * 200 + index, `m${n}-${index}`))
      let batches = 0
      {
        using ledger = openLedger({ path, receiversOf, maxPageCount: 120 })
        const fill = () => {
          for (; ; batches++) ledger.apply(reportTopic, 0, batch(batches), (batches + 1) * 200)
        }
        expect(fill).toThrow(expect.objectContaining({ code: 'PRV_DATABASE_DISK_FULL' }))
        expect(ledger.position(reportTopic, 0)).toBe(batches * 200)
        expect(ledger.checkInvariants()).toEqual([])
      }
      using ledger = openLedger({ path, receiversOf })
      ledger.apply(reportTopic, 0, batch(batches), (batches + 1) * 200)
      expect(ledger.counts()).toMatchObject([{ state: 'waiting', messages: (batches + 1) * 200 }])
      expect(batches).toBeGreaterThan(0)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('says plainly that a file is no ledger', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
    try {
      writeFileSync(join(folder, 'ledger.db'), 'Dear Sir, '.repeat(1000))
      expect(() => openLedger({ path: join(folder, 'ledger.db'), receiversOf })).toThrow(
        expect.objectContaining({ code: 'PRV_DATABASE_DAMAGED' }),
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

function readAll(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join()
}
