import { describe, expect, it } from 'vitest'
import { SourceRefused } from '../source-refused.ts'
import type { XmlPart } from './xml-part.ts'
import { xmlRecords } from './xml-records.ts'

const namespace = 'urn:example:notices'
const name = (local: string) => ({ namespace, name: local })
const notices = xmlRecords({
  root: name('notices'),
  record: name('notice'),
  before: [name('header')],
  after: [name('trailer')],
})

const file = `<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment --><notices xmlns="${namespace}" xmlns:a="urn:a" version="4-0">
  <header><from>Sallowmere</from></header>
  <notice kind="new"><a:uprn>1234</a:uprn>
    <remarks>Fish &amp; chips<![CDATA[ <open> ]]>&#x41;</remarks></notice>
  <notice/>
  <trailer><count>2</count></trailer>
</notices>
`

async function parts(source: string | Uint8Array, options = {}): Promise<XmlPart[]> {
  return await Array.fromAsync(notices.read(Buffer.from(source), options))
}

async function problemOf(source: string | Uint8Array) {
  const failure = await notices.check(Buffer.from(source)).catch((error: unknown) => error)
  if (failure instanceof SourceRefused) return failure.problem
  throw new Error(`the source was not refused: ${String(failure)}`)
}

describe('xmlRecords', () => {
  it('hands on the root, the header, each record and the trailer in order, with path and place', async () => {
    expect((await parts(file)).map(({ kind, path, element: { line, column } }) => [kind, path, line, column])).toEqual([
      ['root', '/notices', 2, 19],
      ['other', '/notices/header', 3, 3],
      ['record', '/notices/notice[1]', 4, 3],
      ['record', '/notices/notice[2]', 6, 3],
      ['other', '/notices/trailer', 7, 3],
    ])
  })

  it('keeps text of a person out of the sentence about where it stands', async () => {
    const problem = await problemOf(`<notices xmlns="${namespace}">Mrs Quillfeather<notice/></notices>`)
    expect(problem.value).toBe('Mrs Quillfeather')
    expect(problem.sentence).not.toContain('Quillfeather')
  })

  it('reads text with entities, character references and CDATA as one text', async () => {
    const record = (await parts(file)).find(({ kind }) => kind === 'record')?.element
    expect(record?.childText(namespace, 'remarks')).toBe('Fish & chips <open> A')
    expect(record?.childText('urn:a', 'uprn')).toBe('1234')
    expect(record?.attribute('kind')).toBe('new')
    expect(record?.text).toBe('')
    expect(record?.child(namespace, 'remarks')).toMatchObject({ line: 5, column: 5 })
  })

  it('passes over the records before fromIndex and keeps their numbers', async () => {
    const kept = await parts(file, { fromIndex: 1 })
    expect(kept.filter(({ kind }) => kind === 'record')).toMatchObject([{ index: 1, path: '/notices/notice[2]' }])
  })

  it('counts in check, and keeps the header and the trailer alone', async () => {
    const outline = await notices.check(Buffer.from(file))
    expect(outline).toMatchObject({ recordsRead: 2, bytesRead: Buffer.byteLength(file) })
    expect(outline.root.attribute('version')).toBe('4-0')
    expect(outline.others.map((other) => other.name)).toEqual(['header', 'trailer'])
  })

  it.each([
    ['another root', '<x/>', 'PRV_FORMATS_STRUCTURE', '/x', 1, 1],
    [
      'a header after a record',
      `<notices xmlns="${namespace}">\n<notice/><header/></notices>`,
      'PRV_FORMATS_STRUCTURE',
      '/notices/header',
      2,
      10,
    ],
    [
      'a record after the trailer',
      `<notices xmlns="${namespace}"><trailer/>\n <notice/></notices>`,
      'PRV_FORMATS_STRUCTURE',
      '/notices/notice[1]',
      2,
      2,
    ],
    [
      'text between records',
      `<notices xmlns="${namespace}"><notice/>oops</notices>`,
      'PRV_FORMATS_STRUCTURE',
      '/notices',
      1,
      47,
    ],
    [
      'a wrong end tag',
      `<notices xmlns="${namespace}"><notice>\n</notices>`,
      'PRV_FORMATS_NOT_WELL_FORMED',
      '/notices/notice[1]',
      2,
      1,
    ],
    [
      'a cut-off file',
      file.slice(0, file.indexOf('<remarks>')),
      'PRV_FORMATS_NOT_WELL_FORMED',
      '/notices/notice[1]',
      5,
      5,
    ],
    ['an empty file', '', 'PRV_FORMATS_NOT_WELL_FORMED', '', 1, 1],
    [
      'a DOCTYPE',
      '<?xml version="1.0"?>\n <!DOCTYPE notices SYSTEM "file:///etc/passwd"><notices/>',
      'PRV_FORMATS_DOCTYPE',
      '',
      2,
      2,
    ],
    ['XML 1.1', '<?xml version="1.1"?><notices/>', 'PRV_FORMATS_XML_VERSION', '', 1, 1],
    ['a NUL', `<notices xmlns="${namespace}">\n\0</notices>`, 'PRV_FORMATS_NOT_WELL_FORMED', '/notices', 2, 1],
    ['&nbsp;', `<notices xmlns="${namespace}">\n&nbsp;</notices>`, 'PRV_FORMATS_NOT_WELL_FORMED', '/notices', 2, 6],
  ])('refuses %s and says where', async (_what, source, code, path, line, column) => {
    expect(await problemOf(source)).toMatchObject({ code, path, line, column })
  })
})
