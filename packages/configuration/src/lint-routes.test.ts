import { describe, expect, it } from 'vitest'
import { goodBroker, lint, load } from './testing/lint-example.ts'

const broker = `${goodBroker}  bird:\n    adapter: pigeon\n`
const deliver = (text: string) => lint({ 'broker.yaml': broker, 'routes/deliver.yaml': text })

describe('routes and adapters looked at together', () => {
  it('tell a label that broker.yaml does not have, at the item of the list', async () => {
    expect(await deliver('from: valuation.report.proposed\nto:\n  - office\n  - ofice\n')).toEqual([
      'routes/deliver.yaml:4:5 unknown-label: broker.yaml has no adapter labelled "ofice". | Use one of: post, office, bird.',
    ])
    expect(
      await lint({
        'routes/split.yaml': 'from: valuation.submission.received\nsplit: ofice\n',
        'routes/deliver.yaml': null,
      }),
    ).toEqual([
      'routes/split.yaml:2:8 unknown-label: broker.yaml has no adapter labelled "ofice". | Use one of: post, office.',
    ])
  })

  it('tell a splitter that cannot read documents', async () => {
    expect(
      await lint({
        'routes/split.yaml': 'from: valuation.submission.received\nsplit: post\n',
        'routes/deliver.yaml': null,
      }),
    ).toEqual([
      'routes/split.yaml:2:8 cannot-receive: post (desk) cannot read documents. | Split with an adapter that can receive: office.',
    ])
  })

  it('tell a receiver that cannot send', async () => {
    expect(await deliver('from: valuation.report.proposed\nto: post\n')).toEqual([
      'routes/deliver.yaml:2:5 cannot-send: post (desk) cannot send. | Route to an adapter that can: office, bird.',
    ])
  })

  it('tell a type that the receiver does not accept, at the receiver', async () => {
    expect(await deliver('from: [valuation.report.proposed, valuation.report.refused]\nto: office\n')).toEqual([
      'routes/deliver.yaml:2:5 type-not-accepted: office (bureau) does not accept valuation.report.refused. | It accepts: valuation.report.proposed.',
    ])
  })

  it('tell a type that nobody publishes, at the type', async () => {
    expect(await deliver('from:\n  - valuation.report.proposed\n  - valuation.report.withdrawn\nto: office\n')).toEqual(
      [
        'routes/deliver.yaml:3:5 type-not-published: Nothing publishes valuation.report.withdrawn. | Published are: operations.receiver.paused, valuation.report.proposed, valuation.report.refused, valuation.submission.received, valuation.submission.refused, valuation.submission.split.',
        'routes/deliver.yaml:4:5 type-not-accepted: office (bureau) does not accept valuation.report.withdrawn. | It accepts: valuation.report.proposed.',
      ],
    )
  })

  it('tell no missing publisher while a file that may be one cannot be read', async () => {
    const problems = await lint({ 'routes/split.yaml': 'from: valuation.submission.received\nsplti: office\n' })
    expect(problems.join('\n')).not.toContain('type-not-published')
  })

  it('tell branches behind one that takes everything', async () => {
    const text = `from: valuation.report.proposed
choose:
  - when: { channel: web }
    to: office
  - to: office
  - when: { channel: system }
    to: office
`
    expect(await deliver(text)).toEqual([
      'routes/deliver.yaml:5:5 unreachable: Branch 2 takes everything, so those after it get nothing. | Put it last, or give it a "when".',
    ])
  })

  it('warn of a receiver that after a time-out can neither be asked nor recognise a repeat, and start all the same', async () => {
    const files = { 'broker.yaml': broker, 'routes/deliver.yaml': 'from: valuation.report.proposed\nto: bird\n' }
    expect(await lint(files)).toEqual([
      'routes/deliver.yaml:2:5 warning unsafe-retry: bird (pigeon) can neither be asked nor recognise a repeat. | After a time-out a person will have to decide: watch its dead letters.',
    ])
    expect((await load(files)).configuration).toBeDefined()
  })

  it('tell a bad condition where it stands, in the filter or in a branch', async () => {
    const text = `from: valuation.report.proposed
when:
  nonsense: 1
choose:
  - to: office
    when: { nonsense: 2 }
`
    expect(await deliver(text)).toEqual([
      'routes/deliver.yaml:3:3 bad-condition: "nonsense" is no test. | See docs/how-to/write-a-route.md for conditions.',
      'routes/deliver.yaml:6:11 bad-condition: "nonsense" is no test. | See docs/how-to/write-a-route.md for conditions.',
    ])
  })
})
