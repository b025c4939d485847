/** Encodings that are written. */
export type WrittenEncoding = 'UTF-8' | 'ISO-8859-1'

/** What is no character of XML 1.0 (2.2, Char). */
const notXml = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u
const notLatin1 = /[^\t\n\r\u{20}-\u{FF}]/u
/** XML 1.0 (2.3, Name) without the colon. */
const name =
  /^[A-Z_a-z\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{2FF}\u{370}-\u{37D}\u{37F}-\u{1FFF}\u{200C}-\u{200D}\u{2070}-\u{218F}\u{2C00}-\u{2FEF}\u{3001}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFFD}\u{10000}-\u{EFFFF}][-.0-9A-Z_a-z\u{B7}\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{37D}\u{37F}-\u{1FFF}\u{200C}-\u{200D}\u{203F}\u{2040}\u{2070}-\u{218F}\u{2C00}-\u{2FEF}\u{3001}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFFD}\u{10000}-\u{EFFFF}]*$/u

export function isXmlName(text: string): boolean {
  return name.test(text)
}

/** The first character of a text that cannot be written, as `U+0000`. */
export function unwritable(text: string, encoding: WrittenEncoding): string | undefined {
  const found = notXml.exec(text) ?? (encoding === 'UTF-8' ? null : notLatin1.exec(text))
  if (found === null) return undefined
  return `U+${(found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

const inText: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }
const inAttribute: Readonly<Record<string, string>> = { ...inText, '"': '&quot;', '\n': '&#10;', '\t': '&#9;' }

export function escapeText(text: string): string {
  return /[&<>\r]/.test(text) ? text.replace(/[&<>\r]/g, (character) => inText[character] ?? character) : text
}

export function escapeAttribute(value: string): string {
  return value.replace(/[&<>"\r\n\t]/g, (character) => inAttribute[character] ?? character)
}
