import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLedger } from './index.ts'
import { delivery, events, message, reportTopic, voa } from './testing/sample-records.ts'

const receiversOf = (type: string) => (type === reportTopic ? [voa] : [])
let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  path = join(folder, 'ledger.db')
  using ledger = openLedger({ path, receiversOf })
  ledger.apply(reportTopic, 0, [message(0, 'a'), message(1, 'b'), message(2, 'c')], 3)
  ledger.apply(events, 0, [delivery(0, { a: 'delivered', b: 'refused' })], 1)
})
afterEach(() => rmSync(folder, { recursive: true }))

function problemsAfter(sql: string) {
  const file = new DatabaseSync(path)
  file.exec(`PRAGMA ignore_check_constraints = ON; ${sql}`)
  file.close()
  using ledger = openLedger({ path, receiversOf })
  return ledger.checkInvariants()
}

describe('invariants', () => {
  it('hold in a sound ledger', () => {
    expect(problemsAfter('')).toEqual([])
  })

  it.each([
    ['a lost pair', `DELETE FROM pairs WHERE message = 1`, ['pair-missing', 'counts']],
    ['a lost message', `DELETE FROM messages WHERE id = 'b'`, ['message-missing', 'counts']],
    ['a state that changed by itself', `UPDATE pairs SET state = 'waiting' WHERE message = 2`, ['counts']],
    ['a wrong sum', 'UPDATE pair_counts SET pairs = pairs + 1', ['counts']],
    ['a sum of nothing', `INSERT INTO pair_counts VALUES ('t', 'r', 'waiting', 1)`, ['counts']],
    ['a position that fell back', 'UPDATE positions SET next = 1', ['position']],
    ['a lost position', 'DELETE FROM positions', ['position']],
    [
      'an outcome that missed its message',
      `INSERT INTO early_outcomes (message_id, receiver, state, at) VALUES ('a', 'r', 'delivered', 9e15)`,
      ['outcome-without-message'],
    ],
  ])('tell of %s', (_title, damage, kinds) => {
    const problems = problemsAfter(damage)
    expect(problems.map(({ kind }) => kind)).toEqual(kinds)
    for (const { count, sentence } of problems) {
      expect(count).toBeGreaterThan(0)
      expect(sentence).toMatch(/for example [^n)]/)
    }
  })

  it('tell of a state that does not exist', () => {
    const damage = `UPDATE pairs SET state = 'gone' WHERE message = 1; UPDATE pair_counts SET state = 'gone' WHERE state = 'delivered'`
    expect(problemsAfter(damage)).toMatchObject([{ kind: 'file' }])
  })

  it('tell of an outcome whose message does not come, once it has had time to', () => {
    const at = Date.UTC(2026, 2, 1, 9, 31)
    let clock = new Date(at + 599_000)
    using ledger = openLedger({ path, receiversOf, now: () => clock })
    ledger.apply(events, 0, [delivery(1, { stranger: 'delivered' })], 2)
    expect(ledger.checkInvariants()).toEqual([])
    clock = new Date(at + 601_000)
    expect(ledger.checkInvariants()).toMatchObject([{ kind: 'outcome-without-message', count: 1 }])
  })

  it('tell of bytes that rotted on the disk', () => {
    const page = rootPageOf('pairs_wanting_attention')
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, (page - 1) * 4096)
    closeSync(file)
    using ledger = openLedger({ path, receiversOf })
    expect(ledger.checkInvariants()).toMatchObject([{ kind: 'file', count: 1 }])
  })

  it('cannot be asked of a file whose first tables rotted; it is let go, so that it can be removed and made anew', () => {
    const page = rootPageOf('types')
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, (page - 1) * 4096)
    closeSync(file)
    for (const _twice of [1, 2]) {
      const damaged = expect.objectContaining({ code: 'PRV_DATABASE_DAMAGED' })
      expect(() => openLedger({ path, receiversOf })).toThrow(damaged)
    }
    rmSync(path)
    using ledger = openLedger({ path, receiversOf })
    expect(ledger.positions()).toEqual([])
  })
})

function rootPageOf(name: string): number {
  const file = new DatabaseSync(path)
  const row = file.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name)
  file.close()
  return Number(row?.rootpage)
}
