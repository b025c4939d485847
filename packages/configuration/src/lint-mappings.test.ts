import { describe, expect, it } from 'vitest'
import { lint, load } from './testing/lint-example.ts'

const route = 'from: valuation.report.proposed\nto: office\nmap: tidy\n'
const mapping = (rest: string, to = 'valuation.report.proposed') =>
  `from: valuation.report.proposed\nto: ${to}\n${rest}`
const good = mapping('language: jsonata\nscript: $\n')

const withMapping = (text: string | null, files: Readonly<Record<string, string>> = {}) =>
  lint({ 'mappings/tidy.yaml': text, 'routes/deliver.yaml': route, ...files })

it('takes a mapping, and hands it over with its script', async () => {
  const files = {
    'mappings/tidy.yaml': mapping('language: xslt\nscriptFile: tidy.xsl\n'),
    'mappings/tidy.xsl':
      '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><xsl:copy-of select="/*"/></xsl:template></xsl:stylesheet>',
    'routes/deliver.yaml': route,
  }
  expect(await lint(files)).toEqual([expect.stringMatching(/ warning no-example: /)])
  const { configuration, folder } = await load(files)
  expect(configuration?.mappings).toMatchObject([
    {
      name: 'tidy',
      from: 'valuation.report.proposed',
      to: { type: 'valuation.report.proposed' },
      script: { language: 'xslt', text: files['mappings/tidy.xsl'] },
      files: [`${folder}/mappings/tidy.yaml`, `${folder}/mappings/tidy.xsl`],
    },
  ])
  expect(configuration?.routes).toMatchObject([{ branches: [{ map: 'tidy', to: ['office'] }] }, { kind: 'split' }])
})

describe('a mapping and the routes', () => {
  it('are told apart when the route names one that is not there, at its name', async () => {
    expect(await withMapping(null)).toEqual([
      'routes/deliver.yaml:3:6 unknown-mapping: There is no mapping tidy, or it cannot be read. | Write mappings/tidy.yaml, or use one that is there: none.',
    ])
  })

  it('are told apart when no route names it: a warning', async () => {
    expect(await lint({ 'mappings/tidy.yaml': good })).toEqual([
      'mappings/tidy.yaml:1:1 warning unused-mapping: No route uses the mapping tidy. | Name it in a route ("map: tidy"), or take the file away.',
    ])
  })

  it('must agree on the type, in a branch too', async () => {
    const text = 'from: [valuation.report.proposed, valuation.report.refused]\nchoose:\n  - to: office\n    map: tidy\n'
    expect(await lint({ 'mappings/tidy.yaml': good, 'routes/deliver.yaml': text })).toEqual([
      'routes/deliver.yaml:4:10 other-type: The mapping tidy maps valuation.report.proposed, but the route takes valuation.report.refused too. | Write a route for each type, each with a mapping of its own.',
    ])
  })

  it('must make what the receiver accepts, whatever the route takes', async () => {
    expect(await withMapping(good.replace('to: valuation.report.proposed', 'to: valuation.report.refused'))).toEqual([
      'routes/deliver.yaml:2:5 type-not-accepted: office (bureau) does not accept valuation.report.refused. | It accepts: valuation.report.proposed.',
    ])
  })

  it('must make what the receiver reads: JSON, XML or text', async () => {
    const sheet =
      '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:output method="text"/></xsl:stylesheet>'
    const text = mapping('language: xslt\nscriptFile: tidy.xsl\n', '{ name: valuation.report.proposed }')
    expect(await withMapping(text, { 'mappings/tidy.xsl': sheet })).toEqual([
      expect.stringMatching(/ warning no-example: /),
    ])
    const own = text.replace('report.proposed }', 'line.wanted }')
    expect(await withMapping(own, { 'mappings/tidy.xsl': sheet })).toEqual([
      'routes/deliver.yaml:2:5 type-not-accepted: office (bureau) does not accept valuation.line.wanted. | It accepts: valuation.report.proposed.',
      'routes/deliver.yaml:2:5 type-not-accepted: The mapping tidy makes text/plain, but bureau takes application/json. | Write the mapping in the other language, or route to another receiver.',
    ])
  })

  it('are not looked for in a route that splits', async () => {
    const text = 'from: valuation.submission.received\nsplit: office\nmap: tidy\n'
    expect(await lint({ 'mappings/tidy.yaml': good, 'routes/split.yaml': text, 'routes/deliver.yaml': route })).toEqual(
      [expect.stringMatching(/^routes\/split\.yaml:3:1 bad-value: "map" has no effect beside "split"\./)],
    )
  })
})

describe('a mapping', () => {
  it.each([
    [
      good.replace('report.proposed\nto', 'thing.made\nto'),
      /^mappings\/tidy\.yaml:1:7 bad-value: The model has no type/,
    ],
    [good.replace('jsonata', 'python'), /^mappings\/tidy\.yaml:3:11 bad-value: language /],
    [mapping('language: jsonata\n'), /^mappings\/tidy\.yaml:1:1 bad-value: The mapping has no script\./],
    [
      mapping('language: jsonata\nscriptFile: absent.jsonata\n'),
      /:4:13 bad-value: mappings\/absent\.jsonata cannot be read/,
    ],
    [mapping('language: jsonata\nscriptFile: ../broker.yaml\n'), /:4:13 bad-value: scriptFile /],
    [mapping('language: jsonata\nscriptFile: /etc/passwd\n'), /:4:13 bad-value: scriptFile /],
    [
      mapping('language: jsonata\nscript: $\n', '{ name: a.b.c, schemaFile: a.xsd }'),
      /:2:32 bad-value: What jsonata makes/,
    ],
  ])('is told what it lacks, at its place: %#', async (text, problem) => {
    const problems = await withMapping(text)
    expect(problems.filter((one) => one.startsWith('mappings/'))).toEqual([expect.stringMatching(problem)])
  })

  it('that cannot be read is told by its name', async () => {
    expect(await lint({ 'mappings/Tidy.yaml': good })).toEqual([
      expect.stringMatching(/^mappings\/Tidy\.yaml:1:1 bad-file-name: /),
    ])
  })
})

describe('a script that does not compile is told at the line and column', () => {
  it.each([
    [
      'language: jsonata\nscript: |\n  {\n    "a": b c\n  }\n',
      'mappings/tidy.yaml:6:12 bad-script: It is no JSONata: ',
    ],
    ['language: jsonata\nscript: "{ $now() }"\n', 'mappings/tidy.yaml:4:'],
    [
      'language: jsonata\nscript: |\n\n  $string($now())\n',
      'mappings/tidy.yaml:6:11 bad-script: $now gives another time',
    ],
  ])('of the YAML that it stands in: %#', async (rest, start) => {
    const [problem] = await withMapping(mapping(rest))
    expect(problem?.slice(0, start.length)).toBe(start)
  })

  it.each([
    [
      'jsonata',
      'tidy.jsonata',
      '{\n  "a": $random()\n}',
      'mappings/tidy.jsonata:2:8 bad-script: $random gives another number',
    ],
    ['xslt', 'tidy.xsl', '<a>\n <b>', 'mappings/tidy.xsl:2:'],
  ])('of its own file: %s', async (language, file, script, start) => {
    const files = { [`mappings/${file}`]: script }
    const [problem] = await withMapping(mapping(`language: ${language}\nscriptFile: ${file}\n`), files)
    expect(problem?.slice(0, start.length)).toBe(start)
  })
})

describe('a script and the schemas', () => {
  const script =
    '    {\n      "receiver": reciever,\n      "code": code,\n      "pausedAt": pausedAt,\n      "remedy": remedy\n    }\n'
  const text = `from: operations.receiver.paused\nto: operations.receiver.paused\nlanguage: jsonata\nscript: |\n${script}`

  it('are compared: a field that is not in the model, and a required one that is left out', async () => {
    expect((await lint({ 'mappings/tidy.yaml': text })).slice(1)).toEqual([
      'mappings/tidy.yaml:5:5 missing-field: "sentence" is left out of what the mapping makes, which must have it. | Add "sentence": What is wrong. Portreeve.',
      'mappings/tidy.yaml:6:19 unknown-field: "reciever" is no field of the message. | Use one of: receiver, code, sentence, remedy, pausedAt.',
    ])
  })
})

describe('a stylesheet', () => {
  const ns = 'https://portreeve.example/schemas/canonical/receiver-paused/1'
  const partial = `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><p:receiverPaused xmlns:p="${ns}"><p:receiver>r</p:receiver></p:receiverPaused></xsl:template></xsl:stylesheet>`
  const paused = { receiver: 'r.voa', code: 'C', sentence: 'S', remedy: 'R', pausedAt: '2026-03-01T00:00:00Z' }
  const own = 'to: { name: a.b.c, schemaFile: own.xsd }'
  const toldOf = async (more: string, to = 'to: operations.receiver.paused', sheet = partial) =>
    (
      await lint({
        'mappings/tidy.yaml': `from: operations.receiver.paused\n${to}\nlanguage: xslt\nscriptFile: tidy.xsl\n${more}`,
        'mappings/tidy.xsl': sheet,
        'mappings/own.xsd':
          '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:complexType><xs:sequence><xs:element name="b"/></xs:sequence></xs:complexType></xs:element></xs:schema>',
        'mappings/in.json': JSON.stringify(paused),
      })
    ).filter((problem) => problem.includes('example'))

  it('without an example is told where what it makes has a schema: a warning', async () => {
    const warning =
      'mappings/tidy.yaml:1:1 warning no-example: The stylesheet of tidy has no example: nobody has looked whether it makes all that a operations.receiver.paused must have. | Add "examples:" with a message that it is given: docs/how-to/write-a-mapping.md.'
    expect(await toldOf('')).toEqual([warning])
    expect(await toldOf('', own)).toEqual([warning.replace('operations.receiver.paused', 'a.b.c')])
  })

  it('without an example is left alone where nothing says what it must make', async () => {
    expect(await toldOf('', 'to: { name: a.b.c }')).toEqual([])
    const text = partial.replace('<xsl:template', '<xsl:output method="text"/><xsl:template')
    expect(await toldOf('', 'to: { name: a.b.c }', text)).toEqual([])
  })

  it('that leaves out what must be there is told by its example, with the place in what comes out', async () => {
    const example = 'examples:\n  - given: in.json\n'
    expect(await toldOf(example)).toEqual([
      'mappings/tidy.yaml:6:5 bad-example: What comes out is no operations.receiver.paused: its top breaks the rule required: The message lacks code. | portreeve try tidy FILE shows what comes out.',
    ])
    const other = partial.replace(/<p:receiverPaused.*receiverPaused>/, '<a/>')
    expect(await toldOf(example, own, other)).toEqual([
      'mappings/tidy.yaml:6:5 bad-example: What comes out is no a.b.c: /a breaks the rule required element: a lacks b. | portreeve try tidy FILE shows what comes out.',
    ])
  })
})

describe('the examples of a mapping', () => {
  const address = mapping(
    'language: jsonata\nscript: "{\\"receiver\\": receiver & \\"!\\", \\"n\\": 1}"\n',
    '{ name: a.b.c }',
  )
    .replace('from: valuation.report.proposed', 'from: operations.receiver.paused')
    .concat('examples:\n  - given: in.json\n    expect: out.json\n')
  const paused = { receiver: 'r.voa', code: 'C', sentence: 'S', remedy: 'R', pausedAt: '2026-03-01T00:00:00Z' }
  const tried = async (given: unknown, expected: unknown) =>
    (
      await lint({
        'mappings/tidy.yaml': address,
        'mappings/in.json': JSON.stringify(given),
        'mappings/out.json': JSON.stringify(expected),
      })
    ).filter((problem) => problem.includes('bad-example'))

  it('are mapped and compared', async () => {
    expect(await tried(paused, { n: 1, receiver: 'r.voa!' })).toEqual([])
    expect(await tried(paused, { n: 1, receiver: 'r.voa' })).toEqual([
      'mappings/tidy.yaml:6:5 bad-example: What comes out differs from what is expected at /receiver. | portreeve try tidy FILE shows what comes out. Correct the script or the file.',
    ])
  })

  it('must be what the mapping is given', async () => {
    expect(await tried({ ...paused, receiver: 1 }, {})).toEqual([
      'mappings/tidy.yaml:6:5 bad-example: It is given no operations.receiver.paused: /receiver breaks the rule type. | Correct the file.',
    ])
  })
})
