import { fieldCodec } from './field-codec.ts'
import { characterCount, characterName, forbiddenCharacter, unencodable } from './record-characters.ts'
import type { RecordField, RecordValue } from './record-field.ts'
import type { WholeLayout } from './record-layout.ts'
import { type FieldFault, faulty, type Taken } from './taken.ts'

/** One field, made ready: reads and writes all of its place in the record, padding included. */
export interface RecordColumn {
  readonly field: RecordField
  readonly heading: string
  /** No value: nothing stands there, or a constant or count that is right. */
  read(cell: string): Taken<RecordValue | undefined>
  write(value: RecordValue | undefined): Taken<string>
}

export function recordColumn(field: RecordField, { format, encoding }: WholeLayout): RecordColumn {
  const { name, heading = name, required, trim, maxLength, const: constant } = field
  const codec = fieldCodec(field)
  const place = format === 'csv' ? freePlace : fixedPlace(field)
  const missing = faulty('required', 'has no value and needs one. Add it.')

  function read(cell: string): Taken<RecordValue | undefined> {
    const strange = strangeness(cell)
    if (strange) return { fault: strange }
    const inPlace = place.read(cell)
    const text = trim ? inPlace.trim() : inPlace
    if (constant !== undefined) {
      if (text === constant) return { value: undefined }
      return faulty(`const ${constant}`, `must be ${constant}. Check that this is the right kind of record.`)
    }
    const given = text === '' ? (field.default ?? '') : text
    if (given === '') return required ? missing : { value: undefined }
    return tooLong(given) ?? codec.read(given)
  }

  function write(value: RecordValue | undefined): Taken<string> {
    const written = textOf(value)
    if ('fault' in written) return written
    const text = written.value
    if (text === '' && required) return missing
    const strange = strangeness(text) ?? notInEncoding(text)
    if (strange) return { fault: strange }
    return tooLong(text) ?? place.write(text)
  }

  function textOf(value: RecordValue | undefined): Taken<string> {
    if (constant !== undefined) return { value: constant }
    return value === undefined || value === '' ? { value: field.default ?? '' } : codec.write(value)
  }

  function tooLong(text: string): { readonly fault: FieldFault } | undefined {
    if (maxLength === undefined || characterCount(text) <= maxLength) return undefined
    return faulty(`maxLength ${maxLength}`, `may have at most ${maxLength} characters. Shorten it.`)
  }

  function notInEncoding(text: string): FieldFault | undefined {
    const character = unencodable(text, encoding)
    if (character === undefined) return undefined
    const sentence = `holds ${characterName(character)}, which ${encoding} has not. Replace it, or use another encoding.`
    return { code: 'PRV_FORMATS_CHARACTER', rule: `characters of ${encoding}`, sentence }
  }

  return { field, heading, read, write }
}

function strangeness(text: string): FieldFault | undefined {
  const character = forbiddenCharacter(text)
  if (character === undefined) return undefined
  if (character === '\ufffd') {
    const sentence = 'holds bytes that are no character in the encoding of the file. Have it written in the right one.'
    return { code: 'PRV_FORMATS_ENCODING', rule: 'characters of the encoding', sentence }
  }
  const sentence = `holds the character ${characterName(character)}, which no text has. Take it out.`
  return { code: 'PRV_FORMATS_CHARACTER', rule: 'no control characters', sentence }
}

interface Place {
  read(cell: string): string
  write(text: string): Taken<string>
}

const freePlace: Place = { read: (cell) => cell, write: (text) => ({ value: text }) }

/** Fixed width: the value, and what fills the rest. Blanks alone are no value, whatever the padding. */
function fixedPlace({ type = 'text', width = 1, pad = ' ', align }: RecordField): Place {
  const isNumber = type === 'integer' || type === 'decimal'
  const isRight = (align ?? (isNumber ? 'right' : 'left')) === 'right'
  const isPadded = (text: string) => (isRight ? text.startsWith(pad) : text.endsWith(pad))
  return {
    read(cell) {
      if (/^ *$/.test(cell)) return ''
      // Zeros before a number are part of it.
      if (isNumber && pad === '0' && isRight) return cell.trimStart()
      let [from, to] = [0, cell.length]
      if (isRight) while (from < to && cell[from] === pad) from += 1
      else while (to > from && cell[to - 1] === pad) to -= 1
      return cell.slice(from, to)
    },
    write(text) {
      const rest = width - characterCount(text)
      if (rest < 0) return faulty(`width ${width}`, `has more than the ${width} characters of its place. Shorten it.`)
      if (text === '') return { value: ' '.repeat(width) }
      if (isNumber && pad === '0' && isRight) {
        const [, sign = '', digits = ''] = /^(-?)(.*)$/.exec(text) ?? []
        return { value: sign + '0'.repeat(rest) + digits }
      }
      if (isPadded(text)) {
        const where = isRight ? 'begins' : 'ends'
        return faulty('padding', `${where} with the character that fills its place, and would be read without it.`)
      }
      return { value: isRight ? pad.repeat(rest) + text : text + pad.repeat(rest) }
    },
  }
}
