import type { FieldCodec } from './field-codec.ts'
import type { RecordValue } from './record-field.ts'
import { faulty, literally, type Taken } from './taken.ts'

const notInteger = faulty('type integer', 'must be a whole number without separators, such as 1250. Correct it.')
const tooLarge = faulty('type integer', 'has more digits than a number can keep. Declare it as text.')

export function readInteger(text: string): Taken<number> {
  if (!/^[+-]?\d+$/.test(text)) return notInteger
  const value = Number(text) + 0
  return Number.isSafeInteger(value) ? { value } : tooLarge
}

export function writeInteger(value: RecordValue): Taken<string> {
  if (typeof value !== 'number' || !Number.isInteger(value)) return notInteger
  return Number.isSafeInteger(value) ? { value: String(value) } : tooLarge
}

/** Exact: the digits are never a floating-point number. A value is `-?\d+`, with a point and `decimals` digits behind it. */
export function decimalCodec(decimals: number, point: '.' | ',' | 'none'): FieldCodec {
  const example = point === 'none' ? '1250' : `12${decimals === 0 ? '' : point.padEnd(decimals + 1, '50')}`
  const fault = faulty(
    `decimal ${decimals}`,
    `must be a number with at most ${decimals} decimals and no separators, such as ${example}. Correct it.`,
  )
  const written = new RegExp(`^([+-]?)(\\d+)(?:${literally(point)}(\\d{1,${Math.max(decimals, 1)}}))?$`)
  return {
    read(text) {
      if (point === 'none') {
        const [, sign = '', digits = ''] = /^([+-]?)(\d+)$/.exec(text) ?? []
        const all = digits.padStart(decimals + 1, '0')
        return digits === ''
          ? fault
          : { value: canonical(sign, all.slice(0, all.length - decimals), all.slice(-decimals), decimals) }
      }
      const [, sign = '', whole = '', part = ''] = written.exec(text) ?? []
      return whole === '' || part.length > decimals ? fault : { value: canonical(sign, whole, part, decimals) }
    },
    write(value) {
      const [, sign = '', whole = '', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? []
      if (whole === '' || part.length > decimals) return fault
      const [before = '', behind = ''] = canonical(sign, whole, part, decimals).split('.')
      if (point === 'none') return { value: before + behind }
      return { value: behind === '' ? before : before + point + behind }
    },
  }
}

function canonical(sign: string, whole: string, part: string, decimals: number): string {
  const digits = whole.replace(/^0+(?=\d)/, '')
  const behind = decimals === 0 ? '' : `.${part.padEnd(decimals, '0').slice(0, decimals)}`
  const isZero = !/[1-9]/.test(digits + behind)
  return `${sign === '-' && !isZero ? '-' : ''}${digits}${behind}`
}
