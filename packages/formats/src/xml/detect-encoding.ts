/** Encodings that are read. `iso-8859-1` is the standard's own, not the web's alias for windows-1252. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'iso-8859-15' | 'windows-1252' | 'us-ascii'

export type Detected =
  | { readonly encoding: Encoding; readonly bomBytes: number }
  /** `rule` says what is wrong, `named` is the encoding that was named, where one was. */
  | { readonly rule: string; readonly named?: string }
  | 'more'

/** The declaration must lie in the first bytes of the file. */
const longestDeclarationBytes = 1024

const names: Readonly<Record<string, Encoding | 'utf-16'>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16': 'utf-16',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'iso-8859-1',
  'iso8859-1': 'iso-8859-1',
  'iso_8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
  'iso-8859-15': 'iso-8859-15',
  'iso8859-15': 'iso-8859-15',
  'iso_8859-15': 'iso-8859-15',
  'latin-9': 'iso-8859-15',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'us-ascii': 'us-ascii',
  ascii: 'us-ascii',
}

/**
 * Which encoding a file is in, from its first bytes: byte order mark, the pattern of its first `<`, the XML
 * declaration. Source: XML 1.0 (fifth edition), appendix F and 4.3.3.
 *
 * @param complete there are no more bytes than these
 */
export function detectEncoding(head: Buffer, complete: boolean): Detected {
  if (head.length < 4 && !complete) return 'more'
  if (head[0] === 0 && head[1] === 0) return { rule: 'UTF-32 is not read', named: 'UTF-32' }
  if (head[0] === 0xff && head[1] === 0xfe) {
    if (head[2] === 0 && head[3] === 0) return { rule: 'UTF-32 is not read', named: 'UTF-32' }
    return { encoding: 'utf-16le', bomBytes: 2 }
  }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bomBytes: 2 }
  if (head[0] === 0x3c && head[1] === 0) return { encoding: 'utf-16le', bomBytes: 0 }
  if (head[0] === 0 && head[1] === 0x3c) return { encoding: 'utf-16be', bomBytes: 0 }
  if (head[0] === 0x4c && head[1] === 0x6f && head[2] === 0xa7) return { rule: 'EBCDIC is not read', named: 'EBCDIC' }
  const bomBytes = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  return declared(head.subarray(bomBytes), bomBytes, complete)
}

function declared(head: Buffer, bomBytes: number, complete: boolean): Detected {
  const start = head.toString('latin1', 0, longestDeclarationBytes)
  const mayBeDeclaration = start.startsWith('<?xml') || '<?xml'.startsWith(start)
  const end = start.indexOf('?>')
  if (mayBeDeclaration && end === -1 && !complete && head.length < longestDeclarationBytes) return 'more'
  if (!start.startsWith('<?xml') || end === -1) return { encoding: 'utf-8', bomBytes }
  const named = declaredEncoding(start.slice(0, end))
  if (named === undefined) return { encoding: 'utf-8', bomBytes }
  const encoding = names[named.toLowerCase()]
  if (encoding === undefined) return { rule: `the encoding ${named} is not read`, named }
  if (encoding === 'utf-16' || encoding === 'utf-16le' || encoding === 'utf-16be') {
    return { rule: 'it declares UTF-16, but its bytes are not UTF-16', named }
  }
  if (bomBytes > 0 && encoding !== 'utf-8')
    return { rule: `it declares ${named}, but starts with the mark of UTF-8`, named }
  return { encoding, bomBytes }
}

/** The encoding that an XML declaration names. */
function declaredEncoding(declaration: string): string | undefined {
  return /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']*)["']/.exec(declaration)?.[1]
}

/** What is wrong when a file that was found to be in one encoding declares another. Only UTF-16 can come to that. */
export function contradiction(encoding: Encoding, named: string | undefined): string | undefined {
  if (named === undefined || !encoding.startsWith('utf-16')) return undefined
  const meant = names[named.toLowerCase()]
  if (meant === 'utf-16' || meant === encoding) return undefined
  return `it declares ${named}, but its bytes are ${encoding.toUpperCase()}`
}
