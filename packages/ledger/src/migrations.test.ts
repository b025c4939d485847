import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@portreeve/database'
import { expect, it } from 'vitest'
import { openLedger } from './index.ts'
import { migrations } from './migrations.ts'
import { delivery, events, message, reportTopic, voa } from './testing/sample-records.ts'

it('keeps what a ledger of format 1 knew, for the log may have let it go, and takes the state that is new', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  const path = join(folder, 'ledger.db')
  try {
    const before = openDatabase({ path, applicationId: 0x504c6564, migrations: migrations.slice(0, 1) })
    before
      .prepare(
        `INSERT INTO messages (id, reference, correlation_id, type, authority, time, topic, "partition", "offset")
         VALUES ('a', 'R', 'a', ?, 'X', 0, ?, 0, 0)`,
      )
      .run(reportTopic, reportTopic)
    before.prepare(`INSERT INTO pairs VALUES (1, ?, 'parked', 7, 'r', 'b', 'C', 'why', NULL)`).run(voa)
    before.prepare(`INSERT INTO pair_counts VALUES (?, ?, 'parked', 1)`).run(reportTopic, voa)
    before.prepare(`INSERT INTO positions VALUES (?, 0, 1)`).run(reportTopic)
    before.prepare(`INSERT INTO types VALUES (?, ?)`).run(reportTopic, JSON.stringify([voa]))
    before.close()

    using ledger = openLedger({ path, receiversOf: (type) => (type === reportTopic ? [voa] : []) })
    const pair = () => ledger.track({ messageId: 'a' })?.message.receivers[0]
    expect(pair()).toMatchObject({ state: 'parked', since: new Date(7), code: 'C', reason: 'why' })
    ledger.apply(reportTopic, 0, [message(1, 'b')], 2)
    ledger.apply(events, 0, [delivery(0, { a: 'discarded' })], 1)
    expect(pair()?.state).toBe('discarded')
    expect(ledger.search({ state: 'discarded' }).messages.map(({ id }) => id)).toEqual(['a'])
    expect(ledger.checkInvariants()).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
