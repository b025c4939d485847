import type { FileProgress } from '@portreeve/broker'
import { describe, expect, it } from 'vitest'
import {
  deadLetter,
  deadLetters,
  longTrack,
  plainLook,
  searchPage,
  status,
  track,
  underWay,
} from '../testing/example-answers.ts'
import { styleFor } from '../text/style.ts'
import { renderBorough } from './borough.ts'
import { renderCheck } from './check.ts'
import { renderDeadLetter, renderDeadLetters } from './dead-letters.ts'
import { renderLint } from './lint.ts'
import { renderMessages } from './messages.ts'
import { eventSentences } from './run.ts'
import { renderStatus } from './status.ts'
import { renderTrack } from './track.ts'

describe('what an operator reads', () => {
  it('has a row to a line where a program reads it', () => {
    const page = { ...searchPage, next: null }
    const narrow = { ...plainLook, width: 40, rowWidth: Number.POSITIVE_INFINITY }
    expect(renderMessages(page, narrow).split('\n')).toHaveLength(1 + page.messages.length)
    expect(renderMessages(page, { ...narrow, rowWidth: 40 }).split('\n').length).toBeGreaterThan(
      1 + page.messages.length,
    )
  })

  it('of messages: a table in local time, nothing a terminal would obey, and how to see more', () => {
    expect(renderMessages(searchPage, plainLook)).toMatchInlineSnapshot(`
      "Reference  Accepted                  State     Type                           UPRN
          File
      X4LF-LXWW  14:03:21                  parked    valuation.report.proposed      999900000001
          reports.xml
      9R3R-L632  Tue 3 Mar 2026, 09:00:00  recorded  valuation.submission.received
          bad\\x1b[2J\\x0aname.xml

      There are more: add --after 17"
    `)
    expect(renderMessages({ messages: [], next: null }, plainLook)).toBe('No message was found.')
    expect(renderMessages({ messages: [], next: null }, plainLook, { file: 'again.xml' })).toMatch(/by its\s+SHA-256/)
  })

  it('of one message: where it stands, what followed, and the story by time', () => {
    expect(renderTrack(track, plainLook)).toMatchInlineSnapshot(`
      "9R3R-L632  reports.xml  valuation.submission.received
      accepted 14:03:20
      on the telephone: nine Romeo three Romeo, Lima six three two

      1 message followed from it:
        Type                       Receiver            State   Count
        valuation.report.proposed  reports-to-voa.voa  parked      1

      What happened
        14:03:20  9R3R-L632  accepted  Accepted as valuation.submission.received from the file
                                       reports.xml.
        14:03:21  X4LF-LXWW  accepted  Accepted as valuation.report.proposed.
        14:03:23  X4LF-LXWW  parked    It waits for a person since 14:03."
    `)
  })

  it('of one message that nothing followed from: its reference once', () => {
    const alone = { ...track, timeLine: track.timeLine.slice(0, 1), summary: [], childrenInAll: 0 }
    expect(renderTrack(alone, plainLook).split('9R3R-L632')).toHaveLength(2)
  })

  it('of a long story: the beginning and what went wrong, and that there is more', () => {
    const text = renderTrack(longTrack, plainLook)
    expect(text).toContain('Report 250.')
    expect(text).not.toContain('Report 251.')
    expect(text).toContain('499 more lines left out: add --all to see them')
    expect(renderTrack(longTrack, plainLook, { all: true })).toContain('Report 499.')
  })

  it('of the broker: whether it runs, what each receiver has to do, counts, and what wants a person', () => {
    expect(renderStatus(status, plainLook)).toMatchInlineSnapshot(`
      "Running since 14:00:00, process 4711, data in /srv/portreeve

      Receivers
        Receiver                      To do
        answers-to-revenues.revenues      0  at work
        reports-to-voa.voa            1,234  paused since 14:10:00, tried again 14:11:00:
                                             PRV_VALUEBILL_BUSY The VOA is busy. Nothing: it goes on by
                                             itself.

      Messages
        Type                        Receiver
        valuation.report.proposed   reports-to-voa.voa            2 parked, 12,345 delivered
        valuation.submission.split  answers-to-revenues.revenues  7 delivered

      Failing
        PRV_REVENUES_INBOX inbox revenues

      2 waiting for a person: portreeve dead-letters list"
    `)
    expect(
      renderStatus({ ...status, broker: 'stopped', counts: [], receivers: [], failing: [] }, plainLook),
    ).toMatchInlineSnapshot(`
      "Stopped, data in /srv/portreeve

      Receivers
        none: no route delivers anything

      Messages
        none yet"
    `)
  })

  it('of a file under way: what is done to it, how far, of the bytes that it has, and for how long still', () => {
    const splitters = [{ route: underWay.route, lag: 2 }]
    const checking = { ...underWay, phase: 'checking', secondsLeft: 3 } as const
    const text = (...files: FileProgress[]) => renderStatus({ ...status, splitters, underWay: files }, plainLook)
    expect(text(underWay)).toContain(
      '2 files still to be read\n  9R3R-L632  march\\x1b[2J.xml  splitting  50 %  24 MB of 48 MB  17 s left\n',
    )
    expect(text(checking)).toContain('checking  50 %  24 MB of 48 MB  3 s left, then splitting\n')
  })

  it('of dead letters: what waits, why, how many behind it, and what to do next', () => {
    expect(renderDeadLetters(deadLetters, plainLook)).toMatchInlineSnapshot(`
      "Receiver            Key           State   Since     Reference  Behind  Why
      reports-to-voa.voa  999900000001  parked  14:03:23  X4LF-LXWW       3  PRV_VALUEBILL_MESSAGE The
                                                                             message is no report.

      Look at one: portreeve dead-letters show reports-to-voa.voa 999900000001"
    `)
    expect(renderDeadLetters({ keys: [], next: null }, plainLook)).toBe(
      'No message waits for a person. Transactions that do: portreeve transactions',
    )
    expect(renderDeadLetter(deadLetter, plainLook)).toMatchInlineSnapshot(`
      "Receiver   reports-to-voa.voa
      Key        999900000001
      State      parked
      Message    X4LF-LXWW
      Since      14:03:23
      Why        PRV_VALUEBILL_MESSAGE The message is no report.
      Behind it  3 messages: AAAA-1111, AAAA-2222, AAAA-3333
      Body       12 characters of application/json; --body shows it (it may hold personal data)

      What happened
        14:03:23  parked              PRV_VALUEBILL_MESSAGE The message is no report.
        14:10:00  released  A. Clerk  agreed with the VOA

      Send it again:
        portreeve dead-letters retry reports-to-voa.voa 999900000001 --reference X4LF-LXWW \\
            --by 'your name' --why 'your reason'
      Correct it and send:
        portreeve dead-letters edit reports-to-voa.voa 999900000001 --reference X4LF-LXWW \\
            --by 'your name' --why 'your reason'
      Never send it:
        portreeve dead-letters discard reports-to-voa.voa 999900000001 --reference X4LF-LXWW \\
            --by 'your name' --why 'your reason'"
    `)
  })

  it('of a dead letter: whether a retry asks first, where nobody knows if it was taken', () => {
    const told = (beforeRetry: 'asks' | 'cannot-ask') => renderDeadLetter({ ...deadLetter, beforeRetry }, plainLook)
    expect(told('asks')).toContain('A retry asks reports-to-voa.voa first, and sends only if it is not there.')
    expect(told('cannot-ask')).toMatch(/A retry sends at once: .*Look\s+there yourself first/s)
  })

  it('of a dead letter: its body only when it is asked for', () => {
    expect(renderDeadLetter(deadLetter, plainLook)).not.toContain('{"report":1}')
    expect(renderDeadLetter(deadLetter, plainLook, { body: true })).toContain('\n{\n  "report": 1\n}\n')
  })

  it('of the configuration: each problem with place and remedy, and how many', () => {
    const place = { file: 'routes/deliver.yaml', line: 3, column: 5 }
    const problem = { place, sentence: 'There is no adapter labelled "ofice".', remedy: 'Use one of: office.' }
    expect(
      renderLint('/etc/portreeve', [{ ...problem, severity: 'error', kind: 'unknown-label' }], plainLook),
    ).toMatchInlineSnapshot(`
      "routes/deliver.yaml:3:5  error unknown-label
        There is no adapter labelled "ofice".
        → Use one of: office.

      1 error, 0 warnings in /etc/portreeve"
    `)
    expect(renderLint('/etc/portreeve', [], plainLook)).toBe('Nothing is wrong in /etc/portreeve')
  })

  it('of a check: which system was reached, and why another was not', () => {
    const error = { code: 'PRV_REVENUES_INBOX', message: 'No inbox.', remedy: 'Make it.', details: {} } as const
    const adapters = [
      { label: 'voa', adapter: 'valuebill', elapsedMs: 42 },
      { label: 'post', adapter: 'revenues', elapsedMs: 3, error },
    ]
    expect(renderCheck({ adapters }, plainLook)).toMatchInlineSnapshot(`
      "Label  Adapter
      voa    valuebill  reached      in 42 ms
      post   revenues   not reached  PRV_REVENUES_INBOX No inbox. Make it."
    `)
    const differences = [
      ['retention.ms', '-1', '1000', 'set'],
      ['partitions', '4', '2', 'moves-keys'],
      ['replication', '3', '1', 'person'],
    ] as const
    const [fixed, ...left] = differences.map(([setting, declared, actual, change]) => {
      return { topic: 'customer.address.changed', setting, declared, actual, change }
    })
    expect(
      renderCheck({ topics: { fixed: fixed ? [fixed] : [], differences: left } }, plainLook),
    ).toMatchInlineSnapshot(`
      "Changed
        Topic                     Setting       Declared  Was
        customer.address.changed  retention.ms  -1        1000

      2 differences between the topics and their declarations
        Topic                     Setting      Declared  Is
        customer.address.changed  partitions   4         2   portreeve check --fix --more-partitions: keys
                                                             move to other partitions, so stop every
                                                             broker first and let the receivers finish
        customer.address.changed  replication  3         1   kafka-reassign-partitions.sh moves copies
                                                             between brokers; or declare what is there"
    `)
    expect(renderCheck({ topics: { fixed: [], differences: [] } }, plainLook)).toBe(
      'The topics are as they are declared.',
    )
    expect(renderCheck({ data: [] }, plainLook)).toBe('Everything fits: log, ledger and dead letters.')
    expect(renderCheck({ data: ['One is missing.'] }, plainLook)).toBe('! One is missing.\n\n1 problem')
  })

  it('of a start of the borough: no line is wider than the window, and each command can be copied', () => {
    const root = '/home/officer/portreeve'
    const samples = `${root}/config/examples/sallowmere/samples`
    const data = `${root}/data/sallowmere`
    const folders = {
      inbox: `${data}/inbox`,
      answers: `${data}/inbox/answers`,
      samples,
      data,
      mailbox: `${data}/mailbox`,
    }
    const at = { voa: 'http://127.0.0.1:4180', door: 'http://127.0.0.1:4170' }
    const facts = { name: 'Borough of Sallowmere', folders, ...at, idempotencyKey: 'new-this-time', root }
    const typed = (command: string) => `npm run -s portreeve -- ${command} --config config/examples/sallowmere`
    const text = renderBorough(facts, { ...plainLook, width: 80, typed })
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
    const whole = text.replaceAll(/ \\\n +/g, ' ')
    expect(whole).toContain(
      '  npm run -s portreeve -- validate valuebill config/examples/sallowmere/samples/2-some-refused.xml --config config/examples/sallowmere\n',
    )
    expect(whole).toContain("-H'Idempotency-Key: new-this-time'")
    expect(text).toContain('Both journeys: npm start -- --demo\n')
  })

  it('of a file that was accepted: its name, as no terminal would obey it', () => {
    const accepted = { status: 'accepted', reference: '9R3R-L632', label: 'revenues', type: 't' } as const
    expect(eventSentences.accepted({ ...accepted, fileName: 'march\u001b[2J.xml' }, plainLook)).toBe(
      '9R3R-L632 accepted from revenues: march\\x1b[2J.xml',
    )
    expect(eventSentences.accepted(accepted, plainLook)).toBe('9R3R-L632 accepted from revenues: t')
  })

  it('of messages that were not delivered: which, and what to type to learn more', () => {
    const outcome = (state: string, n: number) => ({ messageId: `${n}`, reference: `AAAA-${n}`, state })
    const refused = [1, 2, 3, 4].map((n) => ({ ...outcome('refused', n), code: '1006' }))
    expect(
      eventSentences.delivered({ receiver: 'r.voa', outcomes: [outcome('delivered', 0), ...refused] }, plainLook),
    ).toBe(
      'r.voa: 1 message delivered, 4 messages refused (1006): AAAA-1 AAAA-2 AAAA-3 and 1 more; portreeve track AAAA-1',
    )
    expect(eventSentences.delivered({ receiver: 'r.voa', outcomes: [outcome('parked', 5)] }, plainLook)).toBe(
      'r.voa: 1 message parked: AAAA-5; portreeve dead-letters list --receiver r.voa',
    )
  })

  it('has the same words with colours as without', () => {
    const coloured = { ...plainLook, style: styleFor(true) }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is compared without
    const bare = (text: string) => text.replace(/\u001b\[\d+m/g, '')
    expect(renderStatus(status, coloured)).not.toBe(renderStatus(status, plainLook))
    for (const render of [
      renderStatus.bind(null, status),
      renderTrack.bind(null, track),
      renderMessages.bind(null, searchPage),
    ]) {
      expect(bare(render(coloured))).toBe(render(plainLook))
    }
  })
})
