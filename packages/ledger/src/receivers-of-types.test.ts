import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLedger } from './index.ts'
import { ledgerContent } from './testing/ledger-content.ts'
import { delivery, events, message, reportTopic, voa } from './testing/sample-records.ts'

const before = () => [voa, 'outgoing.gone']
const after = () => ['outgoing.new', voa]
const records = [message(0, 'a'), message(1, 'b'), message(2, 'c')]
const outcomes = [
  delivery(0, { a: 'delivered', b: 'parked' }, { receiver: 'outgoing.gone' }),
  delivery(1, { b: 'refused' }),
  delivery(2, { c: 'waiting' }, { receiver: 'outgoing.gone' }),
]

it('holds, after the configuration named other receivers, what a ledger made anew would hold', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  try {
    const changed = join(folder, 'changed.db')
    {
      using ledger = openLedger({ path: changed, receiversOf: before })
      ledger.apply(reportTopic, 0, records, 3)
      ledger.apply(events, 0, outcomes, 3)
    }
    {
      using ledger = openLedger({ path: changed, receiversOf: after })
      expect(ledger.checkInvariants()).toEqual([])
      expect(ledger.search({ messageId: 'a' }).messages[0]?.receivers).toMatchObject([
        { receiver: 'outgoing.gone', state: 'delivered' },
        { receiver: 'outgoing.new', state: 'waiting', since: new Date('2026-03-01T09:30:00Z') },
        { receiver: voa, state: 'waiting' },
      ])
      expect(ledger.search({ messageId: 'c' }).messages[0]?.receivers).toMatchObject([
        { receiver: 'outgoing.gone', state: 'waiting', batchId: 'batch-2' },
        { receiver: 'outgoing.new' },
        { receiver: voa },
      ])
    }
    const anew = join(folder, 'anew.db')
    {
      using ledger = openLedger({ path: anew, receiversOf: after })
      ledger.apply(reportTopic, 0, records, 3)
      ledger.apply(events, 0, outcomes, 3)
    }
    expect(ledgerContent(changed)).toEqual(ledgerContent(anew))

    const open = join(folder, 'open.db')
    {
      using ledger = openLedger({ path: open, receiversOf: before })
      ledger.apply(reportTopic, 0, records.slice(0, 2), 2)
      ledger.apply(events, 0, outcomes, 3)
      ledger.takeOver(after)
      ledger.apply(reportTopic, 0, records.slice(2), 3)
      expect(ledger.checkInvariants()).toEqual([])
    }
    expect(ledgerContent(open), 'taken over while it was open').toEqual(ledgerContent(anew))
  } finally {
    rmSync(folder, { recursive: true })
  }
})
