import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readRouteTest } from './route-test-file.ts'
import { exampleAdapters } from './testing/example-adapters.ts'
import { YamlSource } from './yaml-source.ts'

const good = `cases:
  - name: a file is sent
    given:
      - document: ../samples/1-good.xml
      - message: { type: valuation.report.proposed, body: { baReportNumber: '1' } }
    answers:
      voa: [{ refused: { code: '1007', reason: Known. } }]
    expect:
      sent: { voa: 1 }
`

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-route-test-'))
  await mkdir(join(folder, 'samples'))
  await writeFile(join(folder, 'samples/1-good.xml'), '<x/>')
  await writeFile(join(folder, 'samples/report.json'), '{ "baReportNumber": "1", "uprn": "none" }')
  await writeFile(join(folder, 'samples/broken.json'), '{')
})
afterAll(() => rm(folder, { recursive: true }))

const at = { file: 'broker.yaml', line: 1, column: 1 }
const labels = { post: 'desk', voa: 'bureau', crm: 'court', register: 'pigeon' }
const configuration = {
  adapters: Object.entries(labels).map(([label, adapter]) => ({ label, adapter, config: {}, place: at })),
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
  processes: [
    {
      name: 'once',
      startsWith: 'customer.address.changed',
      requests: 'customer.address-update.requested',
      answers: 'customer.address-update.answered',
      quality: 'change',
      acknowledgement: null,
      alert: null,
      holidays: [],
      systems: ['crm', 'voa'].map((label) => {
        return { label, service: label, confirmWithinWorkingDays: null, administrators: [] }
      }),
      place: at,
    },
  ],
  quality: [
    { name: 'change', ask: { persons: 'register' }, rules: [{ name: 'late', when: {}, hold: 'x' }], place: at },
  ],
} as const

/** A body is wrong when its UPRN is no number. */
async function bodyProblems(_type: string, body: Uint8Array) {
  const { uprn = '1' } = JSON.parse(new TextDecoder().decode(body))
  const problem = { code: 'X', path: '/uprn', rule: 'pattern', sentence: 'It is no UPRN.' }
  return /^\d+$/.test(uprn) ? [] : [problem]
}

async function read(text: string, file = 'routes/deliver.test.yaml') {
  const source = new YamlSource(file, text)
  const reading = { configuration: { ...configuration, folder }, declarations: exampleAdapters, bodyProblems }
  const { test, problems } = await readRouteTest(source, reading)
  return {
    test,
    told: problems.map(({ place: { line, column }, sentence }) => `${line}:${column} ${sentence}`),
  }
}

const story = `cases:
  - name: a change is told to all
    at: 2026-03-01
    registers:
      register: { persons: [] }
    given:
      - message: { type: customer.address.changed, file: ../samples/report.json, body: { uprn: '7' } }
      - decides: [{ approve: Fine. }, { correct: { why: Typo., body: { uprn: '8' } }, transaction: 1 }]
      - after: 6 working days
      - says: { crm: [{ status: in-progress }, { status: confirmed, words: Done. }] }
      - decides: [{ resolve: { system: voa, why: By hand. } }]
    expect:
      transactions: [{ stage: ended, systems: { crm: confirmed }, held: [late] }]
      emails: [{ template: acknowledgement, to: ada@example.org }]
`

it('keeps the cases of a route, and where each stands', async () => {
  expect(await read(good)).toMatchObject({
    test: { kind: 'route', of: 'deliver', cases: [{ name: 'a file is sent', place: { line: 2, column: 5 } }] },
    told: [],
  })
})

it('reads a story of a process: what comes, what people decide, time, and what systems say', async () => {
  const { test, told } = await read(story, 'processes/once.test.yaml')
  expect(told).toEqual([])
  expect(test).toMatchObject({ kind: 'process', of: 'once' })
  expect(test?.cases[0]?.steps).toMatchObject([
    { kind: 'message', type: 'customer.address.changed', body: { baReportNumber: '1', uprn: '7' } },
    { kind: 'decides' },
    { kind: 'after', count: 6, unit: 'working day' },
    { kind: 'says', says: { crm: [{ status: 'in-progress' }, { status: 'confirmed', words: 'Done.' }] } },
    { kind: 'decides', decides: [{ resolve: { system: 'voa' } }] },
  ])
})

it.each([
  [
    'a system that says nothing later',
    'says: { crm',
    'says: { voa',
    '10:17 "voa" is no system of a process whose adapter brings answers.',
  ],
  ['a system that no process has', 'system: voa', 'system: post', '11:40 No process has a system "post".'],
  ['a rule that there is not', 'held: [late]', 'held: [early]', '13:74 There is no quality rule "early".'],
  ['a register that nobody asks', 'register: {', 'post: {', '5:7 No quality rules ask an adapter labelled "post".'],
  [
    'a body that is wrong',
    "uprn: '7'",
    "uprn: 'x'",
    '7:96 The body is no customer.address.changed: /uprn: It is no UPRN.',
  ],
  [
    'a file whose body is wrong',
    "{ uprn: '7' }",
    '{}',
    '7:58 The body is no customer.address.changed: /uprn: It is no UPRN.',
  ],
  [
    'a file that is no JSON',
    'report.json',
    'broken.json',
    '7:58 There is no file ../samples/broken.json that can be read as what it stands for.',
  ],
  ['a time that is none', '6 working days', 'a while', '9:16 cases.0.given.2.after is not written as it should be.'],
  [
    'two decisions in one',
    '{ approve: Fine. }',
    '{ approve: Fine., reject: Bad. }',
    '8:19 A decision is exactly one of approve, reject, correct and resolve.',
  ],
  [
    'two steps in one',
    '- after: 6',
    '- decides: [{ approve: Yes. }]\n        after: 6',
    '9:9 A step is exactly one of document, message, says, decides, after; only a document and a message have an inbox.',
  ],
])('tells %s, with its place', async (_what, from, to, told) => {
  expect(await read(story.replace(from, to), 'processes/once.test.yaml')).toEqual({ test: undefined, told: [told] })
})

it.each([
  [
    'a test of no route',
    good,
    'routes/other.test.yaml',
    '1:1 There is no file routes/other.yaml beside routes/other.test.yaml.',
  ],
  ['a file that is no YAML', 'cases: [', undefined, expect.stringMatching(/^1:/)],
  ['a key that there is not', `${good}      state: {}\n`, undefined, '10:7 "state" is not a key of cases.0.expect.'],
  [
    'what is no step',
    good.replace('document: ../samples/1-good.xml', 'inbox: post'),
    undefined,
    '4:9 A step is exactly one of document, message, says, decides, after; only a document and a message have an inbox.',
  ],
  [
    'a document that is a message too',
    good.replace('1-good.xml', '1-good.xml\n        message: { type: a.b.c, body: {} }'),
    undefined,
    '4:9 A step is exactly one of document, message, says, decides, after; only a document and a message have an inbox.',
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
  [
    'a message without a body',
    good.replace(", body: { baReportNumber: '1' }", ''),
    undefined,
    '5:18 The message has no body.',
  ],
  [
    'a file that is not there',
    good.replace('1-good', 'none'),
    undefined,
    expect.stringMatching(/^4:19 There is no file /),
  ],
])('tells %s, with its place', async (_what, text, file, told) => {
  expect(await read(text, file)).toEqual({ test: undefined, told: [told] })
})
