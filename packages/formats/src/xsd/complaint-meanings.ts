import { cutValue } from '../cut-value.ts'
import { builtInType, type SimpleTypes } from './simple-types.ts'

/** A complaint of the validator, in our words. */
export interface SchemaFault {
  /** `pattern`, `maxLength 25`, `type date`, `required attribute` … */
  readonly rule: string
  readonly sentence: string
  /** The attribute that it is about, where it is about one. */
  readonly attribute?: string
  /** It is about a value; else it is about what stands where. */
  readonly aboutValue: boolean
}

interface Said {
  readonly subject: string
  readonly value: string
  readonly types: SimpleTypes
}

type Meaning = readonly [rule: string, sentence: string]

/** A pattern of libxml2's message after `Element '…': `, and what it means. Source: xmlschemas.c of libxml2 2.15. */
type Row = readonly [message: RegExp, aboutValue: boolean, meaning: (found: RegExpExecArray, said: Said) => Meaning]

const says = (value: string) => (value === '' ? 'it is empty' : `it says '${value}'`)

const rows: readonly Row[] = [
  [
    /^\[facet 'pattern'\] [\s\S]* is not accepted by the pattern '([\s\S]*)'\.$/,
    true,
    ([, pattern], { subject, value }) => [
      'pattern',
      `${subject} is not in a form that is allowed; ${says(value)}. Correct it to fit the pattern ${pattern}`,
    ],
  ],
  [
    /^\[facet 'maxLength'\] .* length of '(\d+)'.* maximum length of '(\d+)'/,
    true,
    ([, has, most], { subject }) => [
      `maxLength ${most}`,
      `${subject} may have at most ${most} characters; it has ${has}. Shorten it`,
    ],
  ],
  [
    /^\[facet 'minLength'\] .* length of '(\d+)'.* minimum length of '(\d+)'/,
    true,
    ([, has, least], { subject }) => [
      `minLength ${least}`,
      has === '0'
        ? `${subject} is empty. Fill it in`
        : `${subject} must have at least ${least} characters; it has ${has}. Complete it`,
    ],
  ],
  [
    /^\[facet 'length'\] .* length of '(\d+)'.* allowed length of '(\d+)'/,
    true,
    ([, has, must], { subject }) => [
      `length ${must}`,
      `${subject} must have ${must} characters; it has ${has}. Correct it`,
    ],
  ],
  [
    /^\[facet 'enumeration'\] [\s\S]* is not an element of the set \{([\s\S]*)\}\.$/,
    true,
    ([, set = ''], { subject, value }) => [
      'enumeration',
      `${subject} must be ${oneOf(set)}; ${says(value)}. Choose another`,
    ],
  ],
  [
    /^\[facet '(max|min)(Inclusive|Exclusive)'\] [\s\S]*\('([^']*)'\)\.$|^\[facet '(max|min)(Inclusive|Exclusive)'\] [\s\S]* '([^']*)'\.$/,
    true,
    (found, { subject, value }) => {
      const [end, kind, bound] = found[1] === undefined ? found.slice(4) : found.slice(1)
      const than = end === 'max' ? 'at most' : 'at least'
      const strict = end === 'max' ? 'less than' : 'more than'
      const must = `${kind === 'Inclusive' ? than : strict} ${bound}`
      return [`${end}${kind} ${bound}`, `${subject} must be ${must}; ${says(value)}. Correct it`]
    },
  ],
  [
    /^\[facet '(totalDigits|fractionDigits)'\] [\s\S]*\('(\d+)'\)\.$/,
    true,
    ([, facet, most], { subject, value }) => [
      `${facet} ${most}`,
      `${subject} may have at most ${most} digits${facet === 'totalDigits' ? '' : ' after the point'}; ${says(value)}. Correct it`,
    ],
  ],
  [
    /is not a valid value of the (?:local )?(?:atomic|list|union) type(?: '([^']*)')?\.$/,
    true,
    ([, type = 'value'], { subject, value, types }) => {
      const { name, looksLike } = builtInType(types, type)
      return [`type ${name}`, `${subject} must be ${looksLike}; ${says(value)}. Correct it`]
    },
  ],
  [
    /^Missing child element\(s\)\. Expected is (?:one of )?\( (.*) \)\.$/,
    false,
    ([, expected = ''], { subject }) => ['required element', `${subject} lacks ${names(expected)}. Add it`],
  ],
  [
    /^Missing child element\(s\)\.$/,
    false,
    (_found, { subject }) => ['required element', `${subject} lacks an element that it must have. Add it`],
  ],
  [
    /^This element is not expected\. Expected is (?:one of )?\( (.*) \)\.$/,
    false,
    ([, expected = ''], { subject }) => [
      'element order',
      `${subject} stands where ${names(expected)} is expected. Add what is missing before it, or take ${subject} out`,
    ],
  ],
  [
    /^This element is not expected\.$/,
    false,
    (_found, { subject }) => ['element order', `${subject} may not stand here, or not again. Take it out`],
  ],
  [
    /^No matching global declaration/,
    false,
    (_found, { subject }) => ['root element', `${subject} is not an element that a file of this kind starts with`],
  ],
  [
    /^Character content .* not allowed/,
    false,
    (_found, { subject }) => ['element-only', `${subject} has text beside its elements. Take the text out`],
  ],
  [
    /^Element content is not allowed/,
    false,
    (_found, { subject }) => [
      'no child elements',
      `${subject} has elements in it where a value alone may stand. Take them out`,
    ],
  ],
  [
    /^The attribute '(.*)' is not allowed\.$/,
    false,
    ([, name = ''], { subject }) => [
      'attribute not allowed',
      `${subject} has the attribute ${names(name)}, which it may not have. Take it out`,
    ],
  ],
  [
    /^The attribute '(.*)' is required but missing\.$/,
    false,
    ([, name = ''], { subject }) => [`required attribute`, `${subject} lacks the attribute ${names(name)}. Add it`],
  ],
  [
    /^The element is not 'nillable'\.$/,
    false,
    (_found, { subject }) => [
      'nillable',
      `${subject} may not be marked as having no value (xsi:nil). Take the mark out`,
    ],
  ],
]

/** What one message of libxml2 means; one that the table does not know is handed on in libxml2's words. */
export function schemaFault(message: string, said: Said): SchemaFault {
  const [, about, body = message] = /^Element '[^']*'(?:, attribute '([^']*)')?: ([\s\S]*)$/.exec(message) ?? []
  const attribute = about === undefined || body.startsWith('The attribute ') ? undefined : names(about)
  const subject = attribute === undefined ? said.subject : `The attribute ${attribute} of ${said.subject}`
  for (const [pattern, aboutValue, meaning] of rows) {
    const found = pattern.exec(body)
    if (found === null) continue
    const [rule, sentence] = meaning(found, { ...said, subject })
    return { rule, sentence: `${sentence}.`, aboutValue, ...(attribute !== undefined && { attribute }) }
  }
  return {
    rule: 'schema',
    sentence: `${subject} does not keep the schema: ${cutValue(names(body))}`,
    aboutValue: false,
  }
}

/** `{urn:a}B, {urn:a}C` as `B or C`. */
function names(list: string): string {
  return list
    .replaceAll(/\{[^}]*\}/g, '')
    .split(', ')
    .join(' or ')
}

function oneOf(set: string): string {
  const values = set.split(', ')
  if (values.length === 1) return set
  const shown = values.slice(0, 20).join(', ')
  return values.length > 20 ? `one of ${shown} and ${values.length - 20} more` : `one of ${shown}`
}
