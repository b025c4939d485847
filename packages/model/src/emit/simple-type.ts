import type { JsonSchema } from './json-schema.ts'
import type { XsdNode } from './markup.ts'

/** The built-in type that a text or number is a restriction of. */
export function simpleTypeBase(schema: JsonSchema): string {
  return schema.type === 'integer' ? 'xs:integer' : 'xs:string'
}

/** The restrictions of a text or number; none for a bare built-in type. */
export function simpleTypeFacets(schema: JsonSchema): XsdNode[] {
  const { minLength, maxLength, pattern, minimum, maximum } = schema
  return [
    ...facet('pattern', pattern && xsdPattern(pattern)),
    ...facet('minLength', minLength),
    ...facet('maxLength', maxLength),
    ...facet('minInclusive', minimum),
    ...facet('maxInclusive', maximum),
    ...(schema.enum ?? []).flatMap((value) => facet('enumeration', value)),
  ]
}

function facet(name: string, value: string | number | undefined): XsdNode[] {
  return value === undefined ? [] : [{ name, attributes: { value: String(value) } }]
}

/** A pattern of XSD matches the whole text by itself and knows neither anchors nor look-around. */
function xsdPattern(pattern: string): string {
  const whole = pattern.match(/^\^(.*)\$$/)?.[1]
  if (whole === undefined || /\(\?|\\[bBdDsSwW]|[^\\[]\^|[^\\]\$/.test(whole)) {
    throw new TypeError(`The pattern ${pattern} has no counterpart in XML Schema: write it as ^…$ with plain classes`)
  }
  return whole
}
