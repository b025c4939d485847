import { expect, it } from 'vitest'
import { openLedger } from './index.ts'
import { delivery, events, message, reportTopic, voa } from './testing/sample-records.ts'

const other = 'outgoing.revenues'

it('tells what a receiver has of a message, of itself or by a replay, and shows replays as what followed', () => {
  using ledger = openLedger({ path: ':memory:', receiversOf: (type) => (type === reportTopic ? [voa, other] : []) })
  const replay = { replayOf: 'a', causationId: 'a', correlationId: 'a', configuration: '0123456789ab' }
  ledger.apply(reportTopic, 0, [message(0, 'a'), message(1, 'b'), message(2, 'a.replay.1', replay)], 3)
  expect(ledger.deliveredTo(voa, 'a')).toBeNull()

  ledger.apply(events, 0, [delivery(0, { 'a.replay.1': { state: 'delivered', proof: 'P-2' } })], 1)
  const since = new Date('2026-03-01T09:31:00Z')
  expect(ledger.deliveredTo(voa, 'a')).toEqual({ proof: 'P-2', since })
  expect([ledger.deliveredTo(other, 'a'), ledger.deliveredTo(voa, 'b')]).toEqual([null, null])

  ledger.apply(events, 0, [delivery(1, { b: { state: 'delivered', proof: 'P-3' } }, { receiver: other })], 2)
  expect(ledger.deliveredTo(other, 'b')).toEqual({ proof: 'P-3', since })
  const track = ledger.track({ messageId: 'a' })
  expect(track?.children).toMatchObject([{ id: 'a.replay.1', replayOf: 'a', configuration: '0123456789ab' }])
  expect(track?.message).toMatchObject({ replayOf: null, configuration: null })
  expect(ledger.checkInvariants()).toEqual([])
})
