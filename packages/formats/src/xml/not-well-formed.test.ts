import { describe, expect, it } from 'vitest'
import { SourceRefused } from '../source-refused.ts'
import { readXml } from './read-xml.ts'

describe('a file that is not well formed', () => {
  it.each([
    ['an end tag of another element', '<a><b>\n</a>', 'element type match', '/a/b', 2, 1],
    ['one end tag too many', '<a/>\n</a>', 'ETag', '', 2, 1],
    ['an end tag without a name', '<a>\n</></a>', 'ETag', '/a', 2, 1],
    ['an & alone', '<a>Fish\n & chips;</a>', 'EntityRef', '/a', 1, 4],
    ['an & before a ;', '<a>\n&;</a>', 'EntityRef', '/a', 2, 2],
    ['an unknown entity', '<a>\n&eacute;</a>', 'entity declared', '/a', 2, 8],
    ['a reference to no character', '<a>\n&#xZZ;</a>', 'CharRef', '/a', 2, 6],
    ['a < in text', '<a>\n1 < 2</a>', 'Name', '/a', 2, 3],
    ['a < in an attribute', '<a\nx="<"/>', 'AttValue', '', 2, 4],
    ['an attribute twice', '<a>\n<b x="1" x="2"/></a>', 'unique attribute', '/a', 2, 1],
    ['the same attribute by two prefixes', '<a xmlns:p="u" xmlns:q="u" p:x="" q:x=""/>', 'unique attribute', '', 1, 1],
    ['an attribute without quotation marks', '<a x=1/>', 'AttValue', '', 1, 1],
    ['an attribute without a value', '<a x></a>', 'Attribute', '', 1, 1],
    ['a prefix that is not declared', '<a>\n<p:b/></a>', 'prefix declared', '/a', 2, 1],
    [']]> in text', '<a>\n]]></a>', 'CharData', '/a', 2, 3],
    ['-- in a comment', '<a>\n<!-- a -- b --></a>', 'Comment', '/a', 2, 10],
    ['two roots', '<a/>\n<b/>', 'document', '', 2, 1],
    ['text after the root', '<a/>\nx', 'document', '', 1, 5],
    ['text before the root', 'x<a/>', 'document', '', 1, 1],
    ['a space before the declaration', ' <?xml version="1.0"?><a/>', 'XMLDecl', '', 1, 2],
    ['a version that is none', '<?xml version="2.0"?><a/>', 'VersionNum', '', 1, 1],
  ])('is refused with a sentence and a place: %s', (_what, text, rule, path, line, column) => {
    let failure: unknown
    try {
      readXml(Buffer.from(text))
    } catch (error) {
      failure = error
    }
    if (!(failure instanceof SourceRefused)) throw new Error(`not refused: ${String(failure)}`)
    expect(failure.problem).toMatchObject({ code: 'PRV_FORMATS_NOT_WELL_FORMED', path, rule, line, column })
    expect(failure.problem.sentence).toMatch(/^The file .*\.$/)
    expect(failure.problem.sentence).not.toBe('The file is not well-formed XML.')
  })
})
