/** What a parser's complaint means, for the officer who has the file. */
export interface Meaning {
  readonly rule: string
  readonly sentence: string
  /** `token` is the start of the tag or text, `here` the character before the parser's position, `end tag` the one just read. */
  readonly at: 'token' | 'here' | 'end tag'
  /** The character that may not stand there, as `U+0007`. */
  readonly value?: string
}

const again = 'Have the file written again by the system that made it, or correct that place.'

const disallowedCharacter = 'disallowed character.'
export const textOutsideRoot = 'text data outside of root node.'

/** The complaints of saxes 6, by how they begin; the first that fits counts. */
const meanings: readonly (readonly [begins: string, rule: string, what: string, at: Meaning['at']])[] = [
  [
    'undefined entity.',
    'entity declared',
    'there is a name between & and ; that XML does not know; write & as &amp;',
    'here',
  ],
  ['empty entity name.', 'EntityRef', 'an & is not followed by a name; write & as &amp;', 'here'],
  ['disallowed character in entity name.', 'EntityRef', 'an & is not followed by a name; write & as &amp;', 'token'],
  ['malformed character entity.', 'CharRef', 'a character reference such as &#65; names no character of XML', 'here'],
  [
    'unexpected close tag.',
    'element type match',
    'an end tag does not belong to the element that was opened last',
    'end tag',
  ],
  ['unmatched closing tag', 'ETag', 'an end tag belongs to no element that was opened', 'token'],
  ['weird empty close tag.', 'ETag', 'an end tag has no name', 'token'],
  ['duplicate attribute', 'unique attribute', 'an element has the same attribute twice', 'token'],
  ['unbound namespace prefix', 'prefix declared', 'a prefix is used that no xmlns declares', 'token'],
  ['the string "]]>"', 'CharData', 'the text contains ]]>; write > as &gt;', 'here'],
  [textOutsideRoot, 'document', 'there is text outside the outermost element', 'token'],
  ['documents may contain only one root.', 'document', 'there is more than one outermost element', 'token'],
  ['inappropriately located doctype', 'document', 'there is a DOCTYPE in the middle of the file', 'token'],
  ['malformed comment.', 'Comment', 'a comment contains --', 'here'],
  ['version number must match', 'VersionNum', 'its first line names no version of XML', 'token'],
  [
    'an XML declaration must be at the start',
    'XMLDecl',
    'the line <?xml … ?> is not at the very start of the file',
    'token',
  ],
  ['the XML declaration must appear at the start', 'XMLDecl', 'the line <?xml … ?> is not at the very start', 'token'],
  ['unquoted attribute value.', 'AttValue', 'the value of an attribute has no quotation marks', 'token'],
  ['attribute without value.', 'Attribute', 'an attribute has no value', 'token'],
  ['disallowed character in tag name', 'Name', 'a < is not followed by an element name; write < as &lt;', 'token'],
  ['disallowed character', 'Name', 'a tag contains a character that may not stand there', 'token'],
]

/** These come when the text ends; each means that something is missing at the end. */
const atTheEnd = ['document must contain a root element.', 'unclosed tag', 'unexpected end.']

/** @param character the one before the parser's position */
export function meaningOf(complaint: string, character: string): Meaning | 'truncated' {
  if (atTheEnd.some((begins) => complaint.startsWith(begins))) return 'truncated'
  if (complaint === disallowedCharacter) return disallowed(character)
  const found = meanings.find(([begins]) => complaint.startsWith(begins))
  if (found === undefined)
    return { rule: complaint, sentence: `The file is not well-formed XML. ${again}`, at: 'token' }
  const [, rule, what, at] = found
  return { rule, sentence: `The file is not well-formed XML: ${what}. ${again}`, at }
}

function disallowed(character: string): Meaning {
  if (character === '<') {
    const what = 'the value of an attribute contains <; write it as &lt;'
    return { rule: 'AttValue', sentence: `The file is not well-formed XML: ${what}. ${again}`, at: 'here' }
  }
  const value = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  const sentence = `The file is not well-formed XML: there is the character ${value}, which XML does not allow. ${again}`
  return { rule: 'Char', sentence, at: 'here', value }
}
