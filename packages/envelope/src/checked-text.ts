import { PortreeveError } from '@portreeve/errors'
import type { Attribute } from './attributes.ts'

const plain = /^[\x20-\x7e]+$/

/** CloudEvents 1.0.2, Type System, String: no control characters, no lone surrogates, no noncharacters of Unicode. */
const forbidden = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u

/** The text, if it may stand in a header. Throws PRV_ENVELOPE_MISSING when it is empty, or PRV_ENVELOPE_ATTRIBUTE. */
export function checkedText(name: string, text: string): string {
  if (plain.test(text)) return text
  if (text === '') throw new PortreeveError('PRV_ENVELOPE_MISSING', { attribute: name })
  if (forbidden.test(text)) {
    throw new PortreeveError('PRV_ENVELOPE_ATTRIBUTE', {
      attribute: name,
      rule: 'text without control characters and noncharacters',
    })
  }
  return text
}

/** By the attribute's own rule, or as `checkedText` where it has none. */
export function checkedAttribute(name: string, attribute: Attribute, text: string): string {
  if (attribute.pattern === undefined) return checkedText(name, text)
  if (attribute.pattern.test(text)) return text
  if (text === '') throw new PortreeveError('PRV_ENVELOPE_MISSING', { attribute: name })
  throw new PortreeveError('PRV_ENVELOPE_ATTRIBUTE', { attribute: name, rule: attribute.rule ?? '' })
}
