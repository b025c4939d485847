import { expect, it } from 'vitest'
import { readRouteTest } from './route-test-file.ts'
import { YamlSource } from './yaml-source.ts'

const good = `cases:
  - name: a file is sent
    given:
      - document: ../samples/1-good.xml
      - { type: valuation.report.proposed, body: { baReportNumber: '1' } }
    answers:
      voa: [{ refused: { code: '1007', reason: Known. } }]
    expect:
      sent: { voa: 1 }
`

const at = { file: 'broker.yaml', line: 1, column: 1 }
const configuration = {
  adapters: ['post', 'voa'].map((label) => ({ label, adapter: 'desk', config: {}, place: at })),
  routes: [
    {
      kind: 'delivery',
      name: 'deliver',
      from: ['valuation.report.proposed'],
      place: at,
      when: undefined,
      branches: [{ when: undefined, to: ['voa'] }],
      batch: { maxMessages: 1, maxWaitSeconds: 0 },
      limits: {},
    },
  ],
} as const

function read(text: string, file = 'routes/deliver.test.yaml') {
  const { test, problems } = readRouteTest(new YamlSource(file, text), configuration)
  return {
    test,
    told: problems.map(({ place: { line, column }, sentence }) => `${line}:${column} ${sentence}`),
  }
}

it('keeps the cases of a route, and where each stands', () => {
  expect(read(good)).toMatchObject({
    test: { route: 'deliver', cases: [{ name: 'a file is sent', place: { line: 2, column: 5 } }] },
    told: [],
  })
})

it.each([
  [
    'a test of no route',
    good,
    'routes/other.test.yaml',
    '1:1 There is no route other.yaml beside routes/other.test.yaml.',
  ],
  ['a file that is no YAML', 'cases: [', undefined, expect.stringMatching(/^1:/)],
  ['a key that there is not', `${good}      state: {}\n`, undefined, '10:7 "state" is not a key of cases.0.expect.'],
  [
    'what is neither document nor message',
    good.replace('document: ../samples/1-good.xml', 'key: a'),
    undefined,
    '4:9 What is given is neither a document nor a message with type and body.',
  ],
  [
    'a document with a body',
    good.replace('1-good.xml', '1-good.xml\n        body: {}'),
    undefined,
    '4:9 What is given is neither a document nor a message with type and body.',
  ],
  [
    'a code that there is not',
    good.replace(/\{ refused.*\}\]/, '{ unknown: PRV_NONE }]'),
    undefined,
    expect.stringMatching(/^7:24 cases.0.answers.voa.0.unknown is none of the \d+ that there are\.$/),
  ],
  [
    'an inbox that there is not',
    good.replace('1-good.xml', '1-good.xml\n        inbox: pots'),
    undefined,
    '5:16 The configuration has no adapter labelled "pots".',
  ],
  [
    'a sender that there is not',
    good.replace('voa: [', 'vao: ['),
    undefined,
    '7:7 The configuration has no adapter labelled "vao".',
  ],
  [
    'a receiver of what is sent that there is not',
    good.replace('sent: { voa', 'sent: { vao'),
    undefined,
    '9:15 The configuration has no adapter labelled "vao".',
  ],
  [
    'a receiver that no route has',
    good.replace('sent: { voa: 1 }', 'states: { deliver.post: { delivered: 1 } }'),
    undefined,
    '9:17 The configuration has no receiver "deliver.post".',
  ],
  ['a case that expects nothing', good.replace('sent: { voa: 1 }', '{}'), undefined, expect.stringContaining('expect')],
])('tells %s, with its place', (_what, text, file, told) => {
  expect(read(text, file)).toEqual({ test: undefined, told: [told] })
})
