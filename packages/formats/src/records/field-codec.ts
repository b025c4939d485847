import { dateFormat } from './date-format.ts'
import { decimalCodec, readInteger, writeInteger } from './number-codecs.ts'
import type { RecordField, RecordValue } from './record-field.ts'
import { faulty, type Taken } from './taken.ts'

/** Reads and writes the text of one field, without quotes and padding. Neither is asked about no value. */
export interface FieldCodec {
  read(text: string): Taken<RecordValue>
  write(value: RecordValue): Taken<string>
}

export function fieldCodec(field: RecordField): FieldCodec {
  const { type = 'text', decimals = 2, decimalPoint = '.' } = field
  switch (type) {
    case 'text':
      return textCodec(field)
    case 'integer':
      return { read: readInteger, write: writeInteger }
    case 'decimal':
      return decimalCodec(decimals, decimalPoint)
    case 'date':
      return dateCodec(field)
    case 'code':
      return codeCodec(field)
  }
}

function textCodec({ pattern, multiline = false }: RecordField): FieldCodec {
  const expression = pattern === undefined ? null : new RegExp(`^(?:${pattern})$`, 'u')
  const take = (text: string): Taken<string> => {
    if (!multiline && /[\r\n]/.test(text))
      return faulty('no line ends', 'holds a line end, which it may not. Take it out.')
    if (expression?.test(text) === false) {
      return faulty('pattern', `is not in a form that is allowed. Correct it to fit the pattern ${pattern}.`)
    }
    return { value: text }
  }
  return {
    read: take,
    write: (value) => (typeof value === 'string' ? take(value) : faulty('type text', 'must be text. Correct it.')),
  }
}

function dateCodec({ format }: RecordField): FieldCodec {
  const days = dateFormat(format)
  const fault = (shown: string) =>
    faulty(`date ${shown}`, `must be a day of the calendar, written ${shown}. Correct it.`)
  return {
    read(text) {
      const day = days.read(text)
      return day === null ? fault(format ?? 'YYYY-MM-DD') : { value: day }
    },
    write(value) {
      const text = typeof value === 'string' ? days.write(value) : null
      return text === null ? fault('YYYY-MM-DD') : { value: text }
    },
  }
}

function codeCodec({ codes = {} }: RecordField): FieldCodec {
  const meanings = new Map(Object.entries(codes))
  const written = new Map(Object.entries(codes).map(([code, meaning]) => [meaning, code]))
  const take = (map: ReadonlyMap<string, string>, from: RecordValue): Taken<string> => {
    const value = map.get(String(from))
    if (value !== undefined) return { value }
    return faulty('codes', `must be one of ${[...map.keys()].slice(0, 20).join(', ')}. Choose one.`)
  }
  return { read: (text) => take(meanings, text), write: (value) => take(written, value) }
}
