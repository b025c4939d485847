import fc from 'fast-check'
import { XmlElement as LibElement, ParseOption, XmlCData, XmlDocument, XmlParseError, XmlText } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { SourceRefused } from '../source-refused.ts'
import { readXml } from './read-xml.ts'
import { isSpace } from './tree-builder.ts'
import type { XmlElement } from './xml-element.ts'

type Tree = [namespace: string, name: string, attributes: string[], text: string, children: Tree[]]

function ours(element: XmlElement): Tree {
  const { namespace, name, attributes, text, children } = element
  return [
    namespace,
    name,
    attributes.map((each) => `{${each.namespace}}${each.name}=${each.value}`).sort(),
    text,
    children.map(ours),
  ]
}

function theirs(element: LibElement): Tree {
  let text = ''
  const children: Tree[] = []
  for (const node of element.find('*|text()')) {
    if (node instanceof LibElement) children.push(theirs(node))
    else if (node instanceof XmlText || node instanceof XmlCData) text += node.content
  }
  const attributes = element.attrs.map((each) => `{${each.namespaceUri}}${each.name}=${each.value}`).sort()
  return [element.namespaceUri, element.name, attributes, children.length > 0 && isSpace(text) ? '' : text, children]
}

function readByUs(text: string): Tree | 'refused' {
  try {
    return ours(readXml(Buffer.from(text)))
  } catch (error) {
    if (error instanceof SourceRefused) return 'refused'
    throw error
  }
}

function readByThem(text: string): Tree | 'refused' {
  try {
    using document = XmlDocument.fromBuffer(Buffer.from(text), { option: ParseOption.XML_PARSE_NO_XXE })
    return theirs(document.root)
  } catch (error) {
    if (error instanceof XmlParseError) return 'refused'
    throw error
  }
}

const good = fc.constantFrom(
  ...[
    '<a/>',
    '<p:b/>',
    '<a x="1"/>',
    '<a p:x="1" x="2"/>',
    '<a xmlns="urn:d"><b/></a>',
    '<q:a xmlns:q="urn:q" q:x="1"/>',
  ],
  ...[
    '<a xmlns=""><b/></a>',
    '<p:a xmlns:p="urn:other"><p:b/></p:a>',
    '<a x=" a\r\n\tb&#10; "/>',
    '<a x="a&lt;b>"/>',
    '<a.b-c/>',
  ],
  ...[
    "<a\r\nx = 'y'\t/>",
    '<a>x</a >',
    '<é>é</é>',
    '<xml:a/>',
    '<a xml:lang="en"/>',
    '<a><b>x</b>y<c/></a>',
    'text',
    ' ',
    '\r\n',
    '\r',
  ],
  ...[
    ']]',
    '>',
    ']>',
    '&amp;',
    '&quot;',
    '&#65;',
    '&#x41;',
    '&#13;',
    '&#x1D11E;',
    '<![CDATA[]]>',
    '<![CDATA[ ]] ]> <& \r\n]]]>',
  ],
  ...['<!---->', '<!-- - > -->', '<?a?>', '<?a b??>', '<?a ? > ?>', '\u0085', '\u2028', '\ufffd', '𝄞', '\u007f'],
)
const bad = fc.constantFrom(
  ...[
    '<a>',
    '</a>',
    '<p:b>',
    '</p:b>',
    '<q:b/>',
    '<a x="1" x="2"/>',
    '<a xmlns:p="">',
    '<a x="<"/>',
    '<a x="1"y="2"/>',
    '< a/>',
    '<a',
  ],
  ...[
    '<1/>',
    '<:a/>',
    '<a:b:c/>',
    '<xmlns:a/>',
    '<a xmlns:xml="urn:x"/>',
    '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>',
    '<a x="&b;"/>',
  ],
  ...[
    ']]>',
    '<',
    '&',
    '&nbsp;',
    '&#0;',
    '&#xD800;',
    '&#x110000;',
    '&;',
    '&a b;',
    '&#;',
    '&#x;',
    '&#-1;',
    '<![cdata[]]>',
    '<![CDATA[',
    '<!-- -- -->',
  ],
  ...[
    '<!--->',
    '<!-- --->',
    '<!a>',
    '<?xml b?>',
    '<?XML b?>',
    '<? a?>',
    '<?1?>',
    '<?a',
    '\u0001',
    '\ufffe',
    '</a',
    '<a/ >',
    '<a / >',
    '<a x=1/>',
  ],
)
const starts = [
  '<r xmlns:p="urn:p">',
  '<r xmlns="urn:r" xmlns:p="urn:p">',
  "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<!-- c --><?q?><r xmlns:p='u'>",
]
const oddStarts = [
  ' <?xml version="1.0"?><r>',
  '<!-- c --><?xml version="1.0"?><r>',
  '<?xml encoding="UTF-8"?><r>',
  '<?xml version="1.0" standalone="maybe"?><r>',
  '\n<r>',
  'x<r>',
  '<r><r>',
]
const start = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...starts) },
  { weight: 1, arbitrary: fc.constantFrom(...oddStarts) },
)
const end = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('</r>', '</r>\n', '</r><!-- c --><?p?>') },
  { weight: 1, arbitrary: fc.constantFrom('</r>x', '</r><r/>', '', '</R>', '</r>&amp;', '</r><![CDATA[]]>') },
)
const body = fc.array(fc.oneof({ weight: 9, arbitrary: good }, { weight: 1, arbitrary: bad }), { maxLength: 7 })
const document = fc.tuple(start, body, end).map(([before, all, after]) => before + all.join('') + after)

describe('our reader beside libxml2', () => {
  it('takes and refuses the same documents, and reads the same from them', () => {
    fc.assert(
      fc.property(document, (text) => {
        expect(readByUs(text)).toEqual(readByThem(text))
      }),
      { numRuns: 5_000 },
    )
  })
})
