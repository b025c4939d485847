import { describe, expect, it } from 'vitest'
import { openLedger } from './index.ts'
import { message, reportTopic } from './testing/sample-records.ts'

const at = (offset: number, partition = 0) => ({ topic: reportTopic, partition, offset })

describe('waiting for a position', () => {
  it('ends at once for what was read, and with the batch that brings the record', async () => {
    using ledger = openLedger({ path: ':memory:', receiversOf: () => [] })
    ledger.apply(reportTopic, 0, [message(0, 'a')], 1)
    await ledger.waitFor(at(0))
    const ended: string[] = []
    const waits = [
      ledger.waitFor(at(2)).then(() => ended.push('this')),
      ledger.waitFor(at(2, 1)).then(() => ended.push('other partition')),
    ]
    ledger.apply(reportTopic, 0, [message(1, 'b')], 2)
    await new Promise((resolve) => setImmediate(resolve))
    expect(ended).toEqual([])
    ledger.apply(reportTopic, 0, [message(2, 'c')], 3)
    await waits[0]
    expect(ended).toEqual(['this'])
    expect(ledger.search({ messageId: 'c' }).messages).toHaveLength(1)
    ledger.apply(reportTopic, 1, [], 3)
    await waits[1]
  })

  it('ends with the reason of the signal, or with the closing of the ledger', async () => {
    const ledger = openLedger({ path: ':memory:', receiversOf: () => [] })
    const controller = new AbortController()
    const aborted = ledger.waitFor(at(0), controller.signal)
    const closed = ledger.waitFor(at(0))
    controller.abort(new Error('enough'))
    await expect(aborted).rejects.toThrow('enough')
    ledger.close()
    await expect(closed).rejects.toMatchObject({ code: 'PRV_LEDGER_CLOSED', details: { offset: 0 } })
  })
})
