import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SourceRefused } from '../source-refused.ts'
import { jsonFormat } from './json-format.ts'

const anything = jsonFormat<unknown>({ schema: {} })

const strict = jsonFormat<unknown>({
  schema: {
    type: 'object',
    required: ['uprn'],
    additionalProperties: false,
    properties: {
      uprn: { type: 'string', pattern: '^[0-9]{1,12}$' },
      'a/b~c': { type: 'array', items: { type: 'string', maxLength: 3 } },
    },
  },
})

async function problemsOf(text: string) {
  const [item] = await Array.fromAsync(strict.read(Buffer.from(text)))
  return item?.problems ?? []
}

async function refusalOf(source: string | Uint8Array) {
  const failure = await anything.check(Buffer.from(source)).catch((error: unknown) => error)
  if (failure instanceof SourceRefused) return failure.problem
  throw new Error(`not refused: ${String(failure)}`)
}

describe('jsonFormat', () => {
  it('takes exactly the texts that the standard takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.json({ depthSize: 'small' }),
        fc.nat(),
        fc.constantFrom('', ',', '}', '"', '0'),
        async (json, at, put) => {
          const text = json.slice(0, at % (json.length + 1)) + put + json.slice(at % (json.length + 1))
          let valid = true
          try {
            JSON.parse(text)
          } catch {
            valid = false
          }
          const refusal = await anything.check(Buffer.from(text)).catch((error: unknown) => error)
          const twice = refusal instanceof SourceRefused && refusal.problem.rule === 'unique names'
          expect(refusal instanceof SourceRefused).toBe(!valid || twice)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('tells of each broken rule by pointer, line, column, rule and sentence', async () => {
    expect(await problemsOf('{\n  "uprn": "12x",\r\n  "a/b~c": ["ok", "long"]\n}')).toMatchObject([
      { path: '/uprn', line: 2, column: 11, rule: 'pattern', value: '12x' },
      {
        path: '/a~1b~0c/1',
        line: 3,
        column: 19,
        rule: 'maxLength 3',
        sentence: '1 may have at most 3 characters. Shorten it.',
      },
    ])
    expect(await problemsOf(' {"other":1}')).toMatchObject([
      { path: '', line: 1, column: 2, rule: 'required', sentence: 'The message lacks uprn. Add it.' },
      {
        path: '',
        rule: 'additionalProperties',
        sentence: 'The message has other, which it may not have. Take it out.',
      },
    ])
  })

  it('says once that one of several is needed, and nothing of it where one is there', async () => {
    const way = (name: string) => ({ required: [name], properties: { [name]: true } })
    const place = {
      type: 'object',
      properties: { locality: { type: 'string' }, town: { type: 'string' }, area: { type: 'string' } },
      anyOf: ['locality', 'town', 'area'].map(way),
    }
    const format = jsonFormat({ schema: { type: 'object', properties: { from: place, to: place } } })
    const told = []
    for await (const { problems } of format.read(Buffer.from('{"from": {}, "to": {"town": 1}}'))) told.push(...problems)
    expect(told.map(({ path, rule, sentence }) => [path, rule, sentence])).toEqual([
      ['/from', 'required one of', 'from needs at least one of locality, town or area. Add one of them.'],
      ['/to/town', 'type', "town must be of the type string; it says '1'. Correct it."],
    ])
  })

  it('tells no value where it is not to', async () => {
    const uprn = { type: 'string', pattern: '^[0-9]+$' }
    const schema = { type: 'object', properties: { uprn }, additionalProperties: false }
    const silent = jsonFormat<unknown>({ schema, tellsValues: false })
    const [item] = await Array.fromAsync(silent.read(Buffer.from('{"uprn":"Wilhelmina"}')))
    expect(JSON.stringify(item)).not.toContain('Wilhelmina')
    expect(item?.problems[0]?.sentence).toBe(
      'uprn is not in a form that is allowed. Correct it to fit the pattern ^[0-9]+$.',
    )
    const [other] = await Array.fromAsync(silent.read(Buffer.from('{"Wilhelmina 1984":1,"nmae":2}')))
    expect(other?.problems.map(({ sentence }) => sentence)).toEqual([
      'The message has a property, which it may not have. Take it out.',
      'The message has nmae, which it may not have. Take it out.',
    ])
  })

  it.each([
    ['a key twice', '{"a":{"b":1,\n"b":2}}', 'PRV_FORMATS_NOT_WELL_FORMED', '/a', 2, 1],
    ['a key twice, once escaped', '{"a":1,"\\u0061":2}', 'PRV_FORMATS_NOT_WELL_FORMED', '', 1, 8],
    ['half a surrogate pair', '["\\ud800"]', 'PRV_FORMATS_NOT_WELL_FORMED', '/0', 1, 2],
    ['a cut-off text', '{"a":[1,', 'PRV_FORMATS_NOT_WELL_FORMED', '/a/1', 1, 9],
    ['nothing', '', 'PRV_FORMATS_NOT_WELL_FORMED', '', 1, 1],
    ['a control character', '["a\nb"]', 'PRV_FORMATS_NOT_WELL_FORMED', '/0', 1, 4],
    ['depth 100,000', '['.repeat(100_000), 'PRV_FORMATS_LIMIT', '/0'.repeat(100), 1, 101],
  ])('refuses %s and says where', async (_what, text, code, path, line, column) => {
    expect(await refusalOf(text)).toMatchObject({ code, path, line, column })
  })

  it('refuses bytes that are not UTF-8', async () => {
    expect(await refusalOf(Buffer.from('["é"]', 'latin1'))).toMatchObject({ code: 'PRV_FORMATS_ENCODING' })
    expect(await refusalOf(Buffer.from('["a"]', 'utf16le'))).toMatchObject({ code: 'PRV_FORMATS_NOT_WELL_FORMED' })
  })

  it('reads no more of a source than it may have bytes', async () => {
    let given = 0
    async function* endless() {
      for (;;) {
        given += 65_536
        yield Buffer.alloc(65_536, ' ')
      }
    }
    const small = jsonFormat<unknown>({ schema: {}, limits: { maxBytes: 1_000_000 } })
    await expect(small.check(endless())).rejects.toMatchObject({ problem: { code: 'PRV_FORMATS_LIMIT' } })
    expect(given).toBeLessThan(1_200_000)
  })

  it('refuses a schema with a keyword that it does not know', () => {
    expect(() => jsonFormat({ schema: { type: 'string', maxLenght: 3 } })).toThrow('maxLenght')
  })

  it('keeps __proto__ a plain name', async () => {
    const [item] = await Array.fromAsync(anything.read(Buffer.from('{"__proto__":{"admin":true}}')))
    expect(item?.value).not.toHaveProperty('admin')
  })
})
