import { describe, expect, it } from 'vitest'
import { lint, load } from './testing/lint-example.ts'

const deliver = (text: string) => lint({ 'routes/deliver.yaml': text })

describe('a route', () => {
  it('is called by its file, and goes out one by one at once when it says nothing of batches', async () => {
    const { configuration } = await load({})
    expect(configuration?.routes).toEqual([
      {
        kind: 'delivery',
        name: 'deliver',
        from: ['valuation.report.proposed'],
        place: { file: 'routes/deliver.yaml', line: 1, column: 1 },
        when: undefined,
        branches: [{ when: undefined, to: ['office'] }],
        batch: { maxMessages: 1, maxWaitSeconds: 0 },
        limits: {},
      },
      {
        kind: 'split',
        name: 'split',
        from: ['valuation.submission.received'],
        place: { file: 'routes/split.yaml', line: 1, column: 1 },
        split: 'office',
      },
    ])
  })

  it('keeps filter, branches in their order, and batch', async () => {
    const { configuration } = await load({
      'routes/deliver.yaml': `from: [valuation.report.proposed]
when: { channel: web }
choose:
  - { when: { channel: web }, to: [office, office-two] }
  - to: office
batch: { maxMessages: 500, maxWaitSeconds: 1.5 }
limits: { maxPerMinute: 60, expireAfterHours: 24 }
`,
      'broker.yaml': `authority: { code: X99000001, name: Sallowmere }
dataFolder: data
adapters:
  post: { adapter: desk, inboxFolder: inbox }
  office: { adapter: bureau, baseUrl: 'https://one.example', password: '\${env:OFFICE_PASSWORD}' }
  office-two: { adapter: bureau, baseUrl: 'https://two.example', password: '\${env:OFFICE_PASSWORD}' }
`,
    })
    expect(configuration?.routes[0]).toMatchObject({
      when: { channel: 'web' },
      branches: [{ when: { channel: 'web' }, to: ['office', 'office-two'] }, { to: ['office'] }],
      batch: { maxMessages: 500, maxWaitSeconds: 1.5 },
      limits: { maxPerMinute: 60, expireAfterHours: 24 },
    })
  })

  it('must say where messages go, in one way', async () => {
    expect(await deliver('from: valuation.report.proposed\n')).toEqual([
      'routes/deliver.yaml:1:1 missing: The route says nowhere where messages go. | Give it exactly one of split, to and choose.',
    ])
    expect(await deliver('from: valuation.report.proposed\nto: office\nsplit: office\n')).toEqual([
      'routes/deliver.yaml:3:1 bad-value: The route has split and to. | Give it exactly one of split, to and choose.',
    ])
  })

  it('has no filter and no batch when it splits', async () => {
    expect(
      await lint({ 'routes/split.yaml': 'from: valuation.submission.received\nbatch: {}\nsplit: office\n' }),
    ).toEqual([
      'routes/split.yaml:2:1 bad-value: "batch" has no effect beside "split". | Take it out, or write it into the route that delivers what this one splits.',
    ])
  })

  it('is told of a bad value by the form that was meant, at the item', async () => {
    const remedy = 'Correct it: Canonical type: domain, entity and fact, such as valuation.report.proposed.'
    expect(await deliver('from: Reports\nto: office\n')).toEqual([
      `routes/deliver.yaml:1:7 bad-value: from is not written as it should be. | ${remedy}`,
    ])
    expect(await deliver('from:\n  - valuation.report.proposed\n  - Reports\nto: office\n')).toEqual([
      `routes/deliver.yaml:3:5 bad-value: from.1 is not written as it should be. | ${remedy}`,
    ])
    expect(await deliver('from: 5\nto: office\n')).toEqual([
      'routes/deliver.yaml:1:7 bad-value: from must be one of these: string, array. | Correct it: One canonical type, or a list of them.',
    ])
  })

  it('is told of unknown keys in branch and batch', async () => {
    const text = `from: valuation.report.proposed
choose:
  - to: office
    wen: {}
batch:
  maxMessage: 3
`
    expect(await deliver(text)).toEqual([
      'routes/deliver.yaml:4:5 unknown-key: "wen" is not a key of choose.0. | Use one of: when, to, map.',
      'routes/deliver.yaml:6:3 unknown-key: "maxMessage" is not a key of batch. | Use one of: maxMessages, maxWaitSeconds.',
    ])
  })

  it('is not passed over in silence because of how its file is called', async () => {
    for (const file of ['routes/Deliver.yaml', 'routes/deliver.yml', 'routes/to voa.yaml']) {
      expect(await lint({ [file]: 'from: valuation.report.proposed\nto: office\n' })).toEqual([
        `${file}:1:1 bad-file-name: ${file} is not read: a route is called by its file, in small letters, figures and dashes, and ends in .yaml. | Rename it, such as reports-to-voa.yaml, or move it out of routes/.`,
      ])
    }
    expect(await lint({ 'routes/deliver.test.yaml': 'cases: []\n', 'routes/notes.txt': 'x' })).toEqual([])
  })
})
