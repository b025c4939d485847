import { describe, expect, it } from 'vitest'
import { SourceRefused } from '../source-refused.ts'
import { type XmlRecordsOptions, xmlRecords } from './xml-records.ts'

const layout: XmlRecordsOptions = { root: { namespace: '', name: 'all' }, record: { namespace: '', name: 'r' } }
const reader = xmlRecords({ ...layout, before: [{ namespace: '', name: 'head' }] })

/** A file made while it is read, and how much of it was asked for. */
class Made {
  bytesGiven = 0
  readonly #before: string
  readonly #repeated: Buffer
  readonly #bytes: number
  readonly #after: string

  constructor(before: string, repeated: string, bytes: number, after = '') {
    this.#before = before
    this.#repeated = Buffer.from(repeated.repeat(Math.ceil(65_536 / repeated.length)))
    this.#bytes = bytes
    this.#after = after
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    yield Buffer.from(this.#before)
    while (this.bytesGiven < this.#bytes) {
      this.bytesGiven += this.#repeated.length
      yield this.#repeated
    }
    yield Buffer.from(this.#after)
  }
}

async function refusalOf(source: AsyncIterable<Uint8Array> | string) {
  const bytes = typeof source === 'string' ? Buffer.from(source) : source
  const failure = await reader.check(bytes).catch((error: unknown) => error)
  if (failure instanceof SourceRefused) return failure.problem
  throw new Error(`not refused: ${String(failure)}`)
}

const mebibyte = 1_048_576

describe('a hostile file', () => {
  it('with an XML bomb is refused at its DOCTYPE, before anything is expanded', async () => {
    let entities = '<!ENTITY a0 "lol">'
    for (let level = 1; level < 10; level += 1) entities += `<!ENTITY a${level} "${`&a${level - 1};`.repeat(10)}">`
    const problem = await refusalOf(`<?xml version="1.0"?>\n<!DOCTYPE all [${entities}]><all><r>&a9;</r></all>`)
    expect(problem).toMatchObject({ code: 'PRV_FORMATS_DOCTYPE', line: 2, column: 1 })
  })

  it.each([
    ['an external entity', '<!DOCTYPE all [<!ENTITY x SYSTEM "file:///etc/passwd">]><all><r>&x;</r></all>'],
    ['an external subset', '<!-- c --><?pi?><!DOCTYPE all SYSTEM "http://192.0.2.1/x.dtd"><all/>'],
    ['a parameter entity', '<!DOCTYPE all [<!ENTITY % x SYSTEM "http://192.0.2.1/x">%x;]><all/>'],
  ])('with %s is refused at its DOCTYPE', async (_what, text) => {
    expect(await refusalOf(text)).toMatchObject({ code: 'PRV_FORMATS_DOCTYPE' })
  })

  it('with a DOCTYPE that never ends is refused at once', async () => {
    const made = new Made('<!DOCTYPE all [', '<!ENTITY a "b">', 1000 * mebibyte)
    expect(await refusalOf(made)).toMatchObject({ code: 'PRV_FORMATS_DOCTYPE' })
    expect(made.bytesGiven).toBeLessThan(mebibyte)
  })

  it('with an entity that it does not declare is refused', async () => {
    expect(await refusalOf('<all><r>&x;</r></all>')).toMatchObject({ code: 'PRV_FORMATS_NOT_WELL_FORMED' })
  })

  it.each([
    ['one record of 100 MB', '<all>\n<r>', '<a>0123456789</a>', 'at most 100000 elements in one record', 2],
    [
      'one record of 100 MB in few elements',
      '<all>\n<r>',
      `<a>${'x'.repeat(9000)}</a>`,
      'at most 16777216 characters in one record',
      2,
    ],
    [
      'a header of 100 MB',
      '<all>\n\n<head>',
      `<a>${'x'.repeat(9000)}</a>`,
      'at most 16777216 characters in one record',
      3,
    ],
    ['one text of 100 MB', '<all><r>\n<a>', 'x', 'at most 1048576 characters in one text or tag', 2],
    ['one text of 100 MB of references', '<all><r>\n<a>', '&#65;', 'at most 1048576 characters in one text or tag', 2],
    ['one CDATA section of 100 MB', '<all><r>\n<![CDATA[', 'x', 'at most 1048576 characters in one text or tag', 2],
    ['one comment of 100 MB', '<all><r>\n<!--', 'x', 'at most 1048576 characters in one text or tag', 2],
    ['a comment of 100 MB before the root', '\n<!--', 'x', 'at most 1048576 characters in one text or tag', 2],
    ['an instruction of 100 MB', '<all><r>\n<?pi ', 'x', 'at most 1048576 characters in one text or tag', 2],
    ['a name of 100 MB', '<all>\n<', 'x', 'at most 1048576 characters in one text or tag', 2],
    ['an attribute of 100 MB', '<all>\n<r x="', 'x', 'at most 1048576 characters in one text or tag', 2],
    ['a tag of 100 MB', '<all>\n<r ', 'x="1"\n', 'at most 1048576 characters in one text or tag', 2],
    ['headers without end', '<all>\n', '<head/>', 'at most 100 elements beside the records', 2],
    ['depth 100,000', '<all><r>\n', '<a>', 'at most 100 elements inside one another', 2],
  ])('with %s is refused soon, at the place where it starts', async (_what, before, repeated, rule, line) => {
    const made = new Made(before, repeated, 100 * mebibyte)
    const problem = await refusalOf(made)
    expect(made.bytesGiven).toBeLessThan(18 * mebibyte)
    expect(problem).toMatchObject({ code: 'PRV_FORMATS_LIMIT', rule, line })
  })

  it('with many attributes, a long name or a deep element says which limit and where', async () => {
    const attributes = Array.from({ length: 65 }, (_each, number) => ` a${number}="1"`).join('')
    expect(await refusalOf(`<all>\n <r${attributes}/></all>`)).toMatchObject({
      code: 'PRV_FORMATS_LIMIT',
      path: '/all',
      rule: 'at most 64 attributes of one element',
      line: 2,
      column: 2,
    })
    expect(await refusalOf(`<all><r ${'n'.repeat(257)}=""/></all>`)).toMatchObject({
      rule: 'at most 256 characters in a name',
    })
    expect(await refusalOf(`<all><r>${'<a>'.repeat(99)}`)).toMatchObject({
      rule: 'at most 100 elements inside one another',
    })
  })

  it('of 30 MB of small records passes, and what is kept of it stays small', async () => {
    const made = new Made('<all>', `<r>${'<a>0123456789</a>'.repeat(20)}</r>\n`, 30 * mebibyte, '</all>')
    let peak = 0
    const onProgress = () => {
      peak = Math.max(peak, process.memoryUsage().heapUsed)
    }
    globalThis.gc?.()
    const before = process.memoryUsage().heapUsed
    const { recordsRead } = await reader.check(made, { onProgress })
    expect(recordsRead).toBeGreaterThan(80_000)
    expect(peak - before).toBeLessThan(100 * mebibyte)
  }, 60_000)

  it('is not read on while its records are in use', async () => {
    const made = new Made('<all>', '<r/>', 100 * mebibyte, '</all>')
    const parts = reader.read(made)
    for (let count = 0; count < 1000; count += 1) await parts.next()
    expect(made.bytesGiven).toBeLessThan(3 * 65_536)
    await parts.return()
  })

  it.each([
    ['a NUL', '<all>\n<r>\0</r></all>', 2, 4],
    ['a control character', '<all>\n<r>\u0007</r></all>', 2, 4],
    ['a NUL in a comment', '<all>\n<!--\0--></all>', 2, 5],
    ['a NUL in an attribute', '<all>\n<r x="\0"/></all>', 2, 7],
    ['a reference to a NUL', '<all>\n<r>&#0;</r></all>', 2, 7],
    ['a reference to half a surrogate pair', '<all>\n<r>&#xD834;</r></all>', 2, 11],
    ['U+FFFE', '<all>\n<r>\ufffe</r></all>', 2, 4],
  ])('with %s is refused at its place', async (_what, text, line, column) => {
    expect(await refusalOf(text)).toMatchObject({ code: 'PRV_FORMATS_NOT_WELL_FORMED', line, column })
  })

  it('that is cut off anywhere is refused', async () => {
    const text = '<?xml version="1.0"?>\n<all xmlns:x="urn:x"><!-- c --><r x:a="1">t&amp;<![CDATA[x]]></r><?p i?></all>'
    for (let end = 0; end < text.length; end += 1) {
      expect(await refusalOf(text.slice(0, end))).toMatchObject({
        code: 'PRV_FORMATS_NOT_WELL_FORMED',
        line: end < 22 ? expect.any(Number) : 2,
      })
    }
  })
})
