import type { ReplayPreview, ReplayStatus } from '@portreeve/broker'
import { describe, expect, it } from 'vitest'
import { plainLook } from '../testing/example-answers.ts'
import { renderPreview, renderReplays, renderStarted } from './replay.ts'

const receiver = {
  receiver: 'reports-to-voa.voa',
  messages: 1200,
  types: [{ type: 'valuation.report.proposed', messages: 1200 }],
  deliveredBefore: 1000,
  waitForPerson: 2,
  notConcerned: 50,
  oldest: '2026-03-03T09:00:00Z',
  newest: '2026-03-04T14:00:00Z',
}
const preview: ReplayPreview = { receivers: [receiver, { ...receiver, receiver: 'x.y', messages: 0, types: [] }] }

const status: ReplayStatus = {
  replay: '9R3R-L632',
  receiver: receiver.receiver,
  startedAt: '2026-03-04T14:00:00Z',
  by: 'A. Clerk',
  why: 'restored\u001b[2J',
  again: false,
  reference: null,
  type: null,
  from: null,
  to: null,
  state: 'under-way',
  endedAt: null,
  endedBy: null,
  endedWhy: null,
  messages: 1234,
  looked: 999,
  inAll: 2000,
}

describe('what an operator reads of replays', () => {
  it('before: how many go to whom, what does not, and that nothing was sent', () => {
    expect(renderPreview(preview, plainLook)).toMatchInlineSnapshot(`
      "reports-to-voa.voa  150 messages to send
        accepted from Tue 3 Mar 2026, 09:00:00 to 14:00:00
        1,200  valuation.report.proposed
        1,000  it has already: not sent
            2  of those to send wait for a person: see dead-letters list, transactions list
           50  not meant for it, as its route says now: not sent

      Nothing was sent. To send it, give the same command with --go, --by and --why."
    `)
    expect(renderPreview(preview, plainLook, { again: true })).toContain('1,150 messages to send')
    expect(renderPreview({ receivers: [] }, plainLook)).toBe(
      'No message is selected, so there is nothing to send once more.',
    )
  })

  it('once they are started: their references, and when they go', () => {
    const started = [{ replay: '9R3R-L632', receiver: 'reports-to-voa.voa' }]
    expect(renderStarted(started, true, plainLook)).toMatchInlineSnapshot(`
      "  9R3R-L632  reports-to-voa.voa
      They go at the pace of each receiver, behind what is on its way.
      See how far they are: portreeve replay list"
    `)
    expect(renderStarted(started, false, plainLook)).toContain('No broker runs')
  })

  it('afterwards: a row for each, nothing in it that a terminal would obey', () => {
    const finished = { ...status, state: 'finished', looked: 2000 } as const
    expect(renderReplays([status, finished, { ...status, state: 'stopped' }], plainLook)).toMatchInlineSnapshot(`
      "Replay     Receiver            State             Sent  Started   By whom, and why
      9R3R-L632  reports-to-voa.voa  under way, 49 %  1,234  14:00:00  A. Clerk: restored\\x1b[2J
      9R3R-L632  reports-to-voa.voa  finished         1,234  14:00:00  A. Clerk: restored\\x1b[2J
      9R3R-L632  reports-to-voa.voa  stopped          1,234  14:00:00  A. Clerk: restored\\x1b[2J"
    `)
    expect(renderReplays([], plainLook)).toBe('There was no replay.')
  })
})
