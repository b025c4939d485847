import { describe, expect, it } from 'vitest'
import { SourceRefused } from '../source-refused.ts'
import { readXml } from './read-xml.ts'

/** 8 bytes of windows-1252 and of ISO-8859-15 that mean different things in ISO-8859-1. */
const singleBytes = Buffer.from([0x80, 0x93, 0x9f, 0xa4, 0xa6, 0xbc, 0xbe, 0xe9])

function file(encoding: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>\n<a>`), body, Buffer.from('</a>')])
}

function utf16(text: string, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(text, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}

function refusalOf(bytes: Uint8Array) {
  try {
    readXml(bytes)
  } catch (error) {
    if (error instanceof SourceRefused) return error.problem
    throw error
  }
  throw new Error('the file was not refused')
}

describe('the encoding of a file', () => {
  it.each([
    ['ISO-8859-1', '\u0080\u0093\u009f¤¦¼¾é'],
    ['iso-8859-15', '\u0080\u0093\u009f€ŠŒŸé'],
    ['Windows-1252', '€“Ÿ¤¦¼¾é'],
  ])('is read from its declaration: %s', (encoding, text) => {
    expect(readXml(file(encoding, singleBytes)).text).toBe(text)
  })

  it.each([
    ['UTF-8 without a declaration', Buffer.from('<a>é€𝄞</a>')],
    ['UTF-8 with a mark and without a declaration', Buffer.from('\ufeff<a>é€𝄞</a>')],
    ['UTF-8 with a mark and a declaration', Buffer.from('\ufeff<?xml version="1.0" encoding="utf-8"?><a>é€𝄞</a>')],
    ['UTF-16LE with a mark', utf16('\ufeff<?xml version="1.0" encoding="UTF-16"?><a>é€𝄞</a>', false)],
    ['UTF-16BE with a mark', utf16('\ufeff<?xml version="1.0" encoding="UTF-16"?><a>é€𝄞</a>', true)],
    [
      'UTF-16LE with a mark, declared by its own name',
      utf16('\ufeff<?xml version="1.0" encoding="utf-16le"?><a>é€𝄞</a>', false),
    ],
    ['UTF-16LE without a mark', utf16('<?xml version="1.0" encoding="UTF-16LE"?><a>é€𝄞</a>', false)],
    ['UTF-16BE without a mark or a declaration', utf16('<a>é€𝄞</a>', true)],
  ])('is found: %s', (_what, bytes) => {
    expect(readXml(bytes)).toMatchObject({ name: 'a', text: 'é€𝄞' })
  })

  it.each([
    ['ISO-8859-1 bytes declared as UTF-8', file('UTF-8', Buffer.from('\nab\xe9c', 'latin1')), 3, 3],
    ['ISO-8859-1 bytes without a declaration', Buffer.from('<a>\xa3 5</a>', 'latin1'), 1, 4],
    ['UTF-8 of a surrogate half', file('UTF-8', Buffer.from([0xed, 0xa0, 0x80])), 2, 4],
    ['an overlong form', file('UTF-8', Buffer.from([0xc0, 0xbc])), 2, 4],
    ['a file cut in a character', Buffer.from('<a>é').subarray(0, -1), 1, 4],
    ['UTF-16 cut in a character', utf16('\ufeff<a>é', false).subarray(0, -1), 1, 4],
    ['half a surrogate pair in UTF-16', utf16('\ufeff<a>x\ud834y</a>', true), 1, 5],
    ['UTF-16 declared and UTF-8 written', file('UTF-16', Buffer.from('x')), 1, 1],
    ['UTF-8 declared and UTF-16 written', utf16('\ufeff<?xml version="1.0" encoding="UTF-8"?><a/>', false), 1, 1],
    [
      'UTF-16BE declared and UTF-16LE written',
      utf16('\ufeff<?xml version="1.0" encoding="UTF-16BE"?><a/>', false),
      1,
      1,
    ],
    [
      'a mark of UTF-8 before ISO-8859-1',
      Buffer.concat([Buffer.from('\ufeff'), file('ISO-8859-1', Buffer.from('x'))]),
      1,
      1,
    ],
    ['an encoding that is not read', file('EBCDIC-CP-GB', Buffer.from('x')), 1, 1],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), 1, 1],
    ['a byte that windows-1252 does not have', file('windows-1252', Buffer.from([0x41, 0x81])), 2, 5],
    ['a byte above 7F in US-ASCII', file('US-ASCII', Buffer.from([0x41, 0xe9])), 2, 5],
  ])('is refused when the file lies or breaks off: %s', (_what, bytes, line, column) => {
    const problem = refusalOf(bytes)
    expect(problem).toMatchObject({ code: 'PRV_FORMATS_ENCODING', line, column })
    expect(problem.sentence).toContain('Save it as UTF-8')
  })

  it('never makes a replacement character', () => {
    for (let byte = 0x80; byte <= 0xff; byte += 1)
      expect(() => readXml(Buffer.from([60, 97, 62, byte]))).toThrow(SourceRefused)
  })
})
