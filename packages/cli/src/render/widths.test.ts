import { describe, expect, it } from 'vitest'
import { deadLetter, deadLetters, plainLook, searchPage, status, track, underWay } from '../testing/example-answers.ts'
import { transaction, transactionTrack } from '../testing/example-transaction.ts'
import { widthOf } from '../text/width-of.ts'
import { renderDemo } from './borough.ts'
import { renderCheck } from './check.ts'
import { renderDeadLetter, renderDeadLetters } from './dead-letters.ts'
import { renderRoutes, renderTopics } from './inventory.ts'
import type { Look } from './look.ts'
import { renderMessages } from './messages.ts'
import { renderRouteTests } from './route-tests.ts'
import { renderReceivers, renderStatus } from './status.ts'
import { renderTrack } from './track.ts'
import { renderTransaction } from './transaction.ts'
import { renderTransactions } from './transactions.ts'
import { renderDocumentVerdict, renderReportVerdict } from './validation.ts'

const receiver = 'reports-to-the-valuation-office.valuation-office-agency'
const digest = '1265b99d234353f0738accaa7f7ebb15354c384f28df65dc08644b95285a2c0e'
const reason = 'The message is no report, for its type of tax is none that a billing authority can report, '.repeat(4)
const code = 'PRV_VALUEBILL_MESSAGE'
const at = '2026-03-03T09:00:00Z'
const type = 'valuation.submission.received'
const name = 'council tax reports of the second week of march, corrected once more.xml'
const look: Look = {
  ...plainLook,
  width: 80,
  rowWidth: 80,
  typed: (command) => `portreeve ${command} --config /etc/portreeve/sallowmere`,
}

const longLetter = {
  ...deadLetter,
  receiver,
  key: digest,
  reason,
  since: at,
  behind: 3000,
  behindReferences: Array(10).fill('AAAA-1111'),
}
const problem = {
  code,
  path: '',
  line: 100_000,
  column: 80,
  rule: 'Cr08InvalidCodeValidation',
  value: 'w '.repeat(40),
  sentence: reason,
}
const verdict = {
  kind: 'report',
  index: 2,
  identity: {
    baReportNumber: '3103',
    baReference: '9999000003',
    transactionIdentityBA: '88888888888888',
    propertyReference: '77777',
  },
  problems: [],
  warnings: [],
} as const
const states = ['waiting', 'unknown', 'parked', 'refused', 'discarded', 'delivered', 'not-concerned'] as const
const branch = { to: [receiver, receiver], when: {} }

const candidates = Array(20).fill({ personReference: 'P-1', description: reason })
const longTransaction = {
  ...transaction,
  startedAt: at,
  systems: transaction.systems.map((system) => ({
    ...system,
    system: 'the-office-of-the-electoral-registration',
    since: at,
    words: reason,
    candidates,
  })),
  steps: transaction.steps.map((step) => ({ ...step, at, by: name, why: reason, words: reason })),
}

const answers: readonly (readonly [string, () => string])[] = [
  ['dead-letters list', () => renderDeadLetters({ ...deadLetters, keys: [longLetter] }, look)],
  [
    'dead-letters show',
    () =>
      renderDeadLetter(
        {
          ...longLetter,
          events: [
            { ...deadLetter.events[0], at, reason },
            { ...deadLetter.events[1], why: reason, messageId: 'b' },
          ] as never,
        },
        look,
      ),
  ],
  [
    'dead-letters show --body',
    () =>
      renderDeadLetter(
        {
          ...longLetter,
          body: JSON.stringify(Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`member${n}`, n]))),
        },
        look,
        { body: true },
      ),
  ],
  [
    'list messages',
    () =>
      renderMessages(
        { ...searchPage, messages: [{ ...searchPage.messages[0], time: at, type, file: name }] as never },
        look,
      ),
  ],
  [
    'list routes',
    () =>
      renderRoutes(
        [
          {
            name: 'reports-to-the-valuation-office',
            from: [type],
            kind: 'deliver',
            branches: [branch, branch],
            when: {},
            batch: { maxMessages: 500, maxWaitSeconds: 10 },
          },
        ] as never,
        look,
      ),
  ],
  [
    'list topics',
    () =>
      renderTopics(
        [
          {
            topic: type,
            partitions: 12,
            retentionDays: 3650,
            retentionMegabytes: 100_000,
            routes: [receiver, receiver],
          },
        ] as never,
        look,
      ),
  ],
  [
    'list receivers',
    () =>
      renderReceivers(
        {
          broker: 'running',
          receivers: [
            { receiver, lag: 1_234_567, paused: { code, sentence: reason, remedy: reason, since: at } },
          ] as never,
        },
        look,
      ),
  ],
  [
    'status',
    () =>
      renderStatus(
        {
          ...status,
          since: at,
          underWay: [{ ...underWay, fileName: name }],
          failing: [{ code, what: `inbox revenues ${reason}` }],
          processes: [
            { process: 'one-change-of-address-for-every-system', open: 1_234_567, needPerson: 1_234_567, lag: 0 },
          ],
          counts: states.map((state) => ({ type, receiver, state, messages: 1_234_567 })),
        },
        look,
      ),
  ],
  [
    'track',
    () =>
      renderTrack(
        {
          ...track,
          message: { ...track.message, file: name, time: at, uprn: '100012345678' },
          summary: [{ type, receiver, state: 'not-concerned', messages: 100_000 }],
          refusals: [
            {
              messageId: digest,
              reference: track.reference,
              type: 'valuation.submission.refused',
              problems: [{ code, line: 71, sentence: reason }],
              inAll: 30,
            },
          ],
          timeLine: track.timeLine.map((entry) => ({ ...entry, at, sentence: reason })),
        },
        look,
      ),
  ],
  ['track of a transaction', () => renderTrack(transactionTrack, look, { transaction: longTransaction, all: true })],
  ['transactions', () => renderTransactions({ transactions: [longTransaction], next: 1 }, look)],
  ['transactions show', () => renderTransaction(longTransaction, look, { body: true })],
  [
    'transactions show of one that is held',
    () =>
      renderTransaction(
        { ...longTransaction, stage: 'held', holds: [{ rule: name, sentence: reason, candidates }] },
        look,
      ),
  ],
  [
    'validate',
    () =>
      [
        renderReportVerdict({ ...verdict, verdict: 'refused', corrections: [], problems: [problem] }, look),
        renderReportVerdict(
          {
            ...verdict,
            verdict: 'corrected',
            corrections: [{ rule: 'no-remarks', path: 'Remarks', before: reason, after: reason }],
          },
          look,
        ),
        renderDocumentVerdict(
          { kind: 'document', problems: [problem], sent: 1, corrected: 1, refused: 1, notes: [reason] },
          look,
        ),
      ].join('\n'),
  ],
  [
    'test',
    () =>
      renderRouteTests(
        {
          ways: { inAll: 7, untested: [reason] },
          outcomes: { inAll: 1, untested: [] },
          results: [
            {
              kind: 'route',
              of: 'reports-to-the-valuation-office',
              name: reason,
              place: { file: 'routes/reports.test.yaml', line: 3, column: 1 },
              differences: [reason],
              sent: [{ receiver: reason, type: 'valuation.report.proposed', state: 'delivered', messages: 1_234_567 }],
            },
          ],
        },
        look,
      ),
  ],
  [
    'check',
    () =>
      `${renderCheck({ adapters: [{ label: 'valuation-office-agency', adapter: 'valuebill', elapsedMs: 3, error: { code, message: reason, remedy: reason } }] as never }, look)}\n${renderCheck({ data: [reason] }, look)}`,
  ],
  [
    'npm start -- --demo',
    () =>
      renderDemo(
        {
          checks: [{ holds: true, sentence: reason }],
          changes: [
            {
              says: reason,
              reference: '9R3R-L632',
              statusAddress: '',
              holds: [reason],
              decisions: [{ by: name, why: reason }],
              systems: [{ system: name, state: 'confirmed', since: '', attempt: 1, handedOver: true, words: reason }],
            },
          ],
          files: [
            {
              fileName: name,
              reference: '9R3R-L632',
              became: 'refused',
              problems: [problem],
              reports: [
                {
                  number: 1,
                  reference: 'X4LF-LXWW',
                  uprn: '100012345678',
                  became: 'accepted by the VOA',
                  problems: [problem],
                },
              ],
            },
          ],
        },
        look,
      ),
  ],
]

describe('a window of eighty characters', () => {
  it.each(answers)('holds every line of %s, whatever is long', (_command, answer) => {
    // A path, a name or a key that has no place to break stands whole, so that it can be copied.
    const tooWide = answer()
      .split('\n')
      .filter((line) => widthOf(line) > 80 && line.trim().includes(' '))
    expect(tooWide).toEqual([])
  })

  it('shortens a key that is a hash in a list, and tells it whole where it is to be copied', () => {
    const text = renderDeadLetters({ ...deadLetters, keys: [longLetter] }, look)
    expect(text).toContain('1265b99d234353f…')
    expect(text.split('\n').filter((line) => line.includes(digest))).toHaveLength(1)
  })
})
