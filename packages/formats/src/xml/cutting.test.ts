import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SourceRefused } from '../source-refused.ts'
import type { XmlElement } from './xml-element.ts'
import { xmlRecords } from './xml-records.ts'

const namespace = 'urn:x'
const name = (local: string) => ({ namespace, name: local })
const limits = {
  maxTextCharacters: 60,
  maxRecordCharacters: 150,
  maxDepth: 5,
  maxRecordElements: 6,
  maxAttributes: 3,
  maxNameCharacters: 9,
}
const options = {
  root: name('all'),
  record: name('r'),
  before: [name('head')],
  after: [name('tail')],
  replaceNbsp: true,
}
const reader = xmlRecords({ ...options, limits })

/** All that came of a source: its parts, and the problem that ended it. */
async function outcome(source: AsyncIterable<Uint8Array> | Uint8Array): Promise<unknown> {
  const seen: unknown[] = []
  try {
    for await (const part of reader.read(source)) seen.push(part)
  } catch (error) {
    if (!(error instanceof SourceRefused)) throw error
    seen.push(error.problem)
  }
  return seen
}

async function* cut(bytes: Uint8Array, at: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0
  for (const to of [...at, bytes.length]) {
    yield bytes.slice(from, to)
    from = to
  }
}

const piece = fc.constantFrom(
  '<r>',
  '</r>',
  '<r/>',
  '<a>',
  '</a>',
  '<a x="1" y=\'é\'>',
  '<b\r\n>',
  '</b >',
  '<tail/>',
  'text',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '&amp;',
  '&nbsp;',
  '&#xE9;',
  '&bad;',
  '<![CDATA[ ]] <> ]]>',
  '<!-- a - b -->',
  '<?pi x?>',
  'é€𝄞',
  ']]>',
  '&',
  '<',
  '--',
  '\u0001',
  '<longest-name/>',
  '<a b="1" c="2" d="3" e="4"/>',
  'a text that goes on and on until it is longer than a text may be here',
)
/** What a record may hold without harm. */
const inside = fc.constantFrom(
  '<a>',
  'a&nbsp;b',
  '<a x="1" y=\'é\'/>',
  '\r\n',
  '&amp;',
  '&#xE9;',
  '<![CDATA[ ]] <> ]]>',
  '<!-- a - b -->',
  'é€𝄞',
  '<b\r\n/>',
)
const record = fc
  .array(inside, { maxLength: 5 })
  .map((all) => `<r>${all.join('').replaceAll('<a>', '<a>x</a >')}</r>\r\n`)
const start = fc.oneof(
  { weight: 4, arbitrary: fc.constant('<?xml version="1.0"?>\r\n<all xmlns="urn:x">') },
  {
    weight: 4,
    arbitrary: fc.constant(
      '<?xml version="1.0" encoding="ENCODING"?><!-- <!DOCTYPE -->\r<all xmlns="urn:x"><head>&nbsp;</head>\n',
    ),
  },
  { weight: 2, arbitrary: fc.constant('\n <all xmlns="urn:x">') },
  { weight: 1, arbitrary: fc.constant('<?xml version="1.0"?><!DOCTYPE all []><all xmlns="urn:x">') },
  { weight: 1, arbitrary: fc.constant('<?xml version="1.1"?><all xmlns="urn:x">') },
)
const body = fc.oneof({ weight: 3, arbitrary: record }, { weight: 1, arbitrary: piece })
const end = fc.constantFrom('</all>', '<tail/></all>\n', '</all> ', '', '</all>x', '</other>')
const document = fc
  .tuple(start, fc.array(body, { maxLength: 6 }), end)
  .map(([before, all, after]) => before + all.join('') + after)

const encoded = fc
  .tuple(document, fc.constantFrom('UTF-8', 'UTF-16LE', 'UTF-16BE', 'windows-1252'))
  .map(([text, encoding]) => {
    const all = text.replace('ENCODING', encoding)
    if (encoding === 'UTF-8') return Buffer.from(all)
    if (encoding === 'windows-1252') return Buffer.from(all.replace('𝄞', ''), 'latin1')
    const bytes = Buffer.from(`\ufeff${all}`, 'utf16le')
    return encoding === 'UTF-16LE' ? bytes : bytes.swap16()
  })

describe('a file that comes in pieces', () => {
  it('is read the same, or refused the same, wherever it is cut: good, damaged, over limits, in any encoding', async () => {
    await fc.assert(
      fc.asyncProperty(encoded, fc.array(fc.nat(400), { maxLength: 8 }), async (bytes, at) => {
        const whole = await outcome(bytes)
        const cuts = at.filter((offset) => offset <= bytes.length).sort((a, b) => a - b)
        expect(await outcome(cut(bytes, cuts))).toEqual(whole)
      }),
      { numRuns: 3000 },
    )
  })

  it('is read the same when it is cut at each byte in turn, and into single bytes', async () => {
    const text = `\ufeff<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- - --><all xmlns="urn:x"><head>a&nbsp;b</head>\r\n
      <r x="&lt;é">&#x20AC;<![CDATA[]]]]></r><r>€𝄞</r>\r</all> <?end?>`
    const bytes = Buffer.from(text)
    const whole = await outcome(bytes)
    expect(whole).toHaveLength(4)
    for (let at = 0; at <= bytes.length; at += 1) expect(await outcome(cut(bytes, [at]))).toEqual(whole)
    expect(await outcome(cut(bytes, Array.from(bytes.keys())))).toEqual(whole)
  })

  it('gives each element the place of its < in the file as it came', async () => {
    const free = xmlRecords(options)
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        const lines = text.split(/\r\n|\r|\n/)
        try {
          for await (const { kind, element } of free.read(Buffer.from(text))) {
            const check = ({ line, column, name, children }: XmlElement) => {
              expect(lines[line - 1]?.slice(column - 1)).toMatch(new RegExp(`^<${name}`))
              children.forEach(check)
            }
            if (kind !== 'root') check(element)
          }
        } catch (error) {
          if (!(error instanceof SourceRefused)) throw error
          const { line = 0, column = 0 } = error.problem
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? -2) + 2)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
