import type { AddressChange } from '@portreeve/model'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { OpenApiDocument } from './open-api-check.ts'

const path = '/transactions/address-change'

/** What the fields of a change of address are told by. */
interface FieldSchema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, FieldSchema>>
  readonly items?: FieldSchema
}

/** A field that holds text. */
export interface TextField {
  /** JSON Pointer: `/household/0/personGivenName`. */
  readonly pointer: string
  /** The last name in it. */
  readonly name: string
  accepts(text: string): boolean
}

export interface HostileText {
  readonly what: string
  readonly text: string
}

/** Each fits the shortest field, with a mark of two characters behind it. */
export const hostileTexts: readonly HostileText[] = [
  { what: 'a script', text: '<script>ran()</script>' },
  { what: 'the end of an attribute', text: '"><img src=x onerror=ran()>' },
  { what: 'the end of a remark and of a title', text: '--></title><svg onload=ran()' },
  { what: 'text that is escaped already', text: '&lt;b&gt;&#60;i&#62;&amp;' },
  { what: 'SQL', text: `'; DROP TABLE account; --` },
  { what: 'SQL in quotation marks', text: '") OR 1=1; DELETE FROM "x"--' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: others may take it for one
  { what: 'expressions of templates', text: '{{7*7}}${7*7}<%=7*7%>#{7*7}' },
  { what: 'tags of Liquid', text: '{% raw %}{{ reference }}{%' },
  { what: 'placeholders of programs', text: '$1 ?1 :a %s %n %00 \\x00 $& $`' },
  { what: 'a formula', text: `=cmd|'/C calc'!A0` },
  { what: 'a formula with a plus', text: '+1+cmd,"x";=1+1' },
  { what: 'a formula with an at sign', text: '@SUM(1+9)*cmd' },
  { what: 'a formula with a minus', text: "-2+3+cmd|' /C calc'!A0" },
  { what: 'a path', text: 'a/../../../../etc/passwd' },
  { what: 'letters that turn the order round', text: 'A\u202egnp.exe' },
]

/** What no line of text holds. */
export const controlTexts: readonly HostileText[] = [
  { what: 'a line end and a header', text: 'A\r\nBcc: eve@example.org' },
  { what: 'a line end alone', text: 'A\nSubject: B' },
  { what: 'commands to a terminal', text: 'A\u001b[2J\u001b]0;B\u0007' },
  { what: 'an end of text', text: 'A\u0000B' },
  { what: 'a formula behind a tab', text: '\t=1+1' },
]

/** By the name of a field. */
export type Legal = Readonly<Record<string, string>>

/** Nothing of it is left out. */
export type FilledChange = AddressChange & Required<Pick<AddressChange, 'household' | 'tell'>>

/** What is legal where no text is, as bad as it may be. */
const legal: Legal = {
  personBirthDate: '1984-02-29',
  movedOn: new Date().toISOString().slice(0, 10),
  customer: 'C-1',
  emailAddress: '=cmd/*&?x#y%!_+@example.org',
  telNationalNumber: '+1-(960)-1',
  number: '9999',
  suffix: 'Z',
  usrn: '99999999',
  postcode: 'ZZ99 3WZ',
  uprn: '999999999999',
  purpose: 'council-tax',
  answer: 'given',
  tell: 'customer-record',
}

/** The form of a change of address, read from what the door itself tells of it: no field of text can be left out. */
export class ChangeForm {
  readonly fields: readonly TextField[]
  readonly #schema: FieldSchema

  private constructor(schema: FieldSchema) {
    this.#schema = schema
    const fields: TextField[] = []
    fill(schema, '', (field) => {
      fields.push(field)
      return ''
    })
    this.fields = fields
  }

  static async read(doorUrl: string): Promise<ChangeForm> {
    const answer = await fetch(`${doorUrl}/openapi.json`)
    const document = (await answer.json()) as OpenApiDocument
    const content = document.paths[path]?.post?.requestBody?.content['application/json']
    return new ChangeForm(resolved(content, document))
  }

  /** Every field there is, with this text wherever it is taken, and behind it a mark of the field's own; else what is legal. */
  hostile({ text }: Pick<HostileText, 'text'>, own: Legal): FilledChange {
    let number = 0
    return this.#filled((field) => {
      const marked = text + (number++).toString(36).padStart(2, '0')
      return field.accepts(marked) ? marked : legalFor(field, own)
    })
  }

  /** Every field there is, with what is legal in all but one. */
  legalBut(pointer: string, text: string): FilledChange {
    return this.#filled((field) => (field.pointer === pointer ? text : legalFor(field)))
  }

  #filled(textOf: (field: TextField) => string): FilledChange {
    return fill(this.#schema, '', textOf) as FilledChange
  }
}

function legalFor({ name, pointer, accepts }: TextField, own: Legal = {}): string {
  const text = own[name] ?? legal[name] ?? 'Mill Lane'
  if (!accepts(text)) throw new TypeError(`say what is legal in ${pointer}`)
  return text
}

const ajv = new Ajv2020({ strict: false, formats: { date: true } })

function fill(schema: FieldSchema, pointer: string, textOf: (field: TextField) => string): unknown {
  const { type, properties, items } = schema
  if (properties) {
    const entries = Object.entries(properties)
    return Object.fromEntries(entries.map(([name, part]) => [name, fill(part, `${pointer}/${name}`, textOf)]))
  }
  if (items) return [fill(items, `${pointer}/0`, textOf)]
  if (type !== 'string') throw new TypeError(`say what to do with ${pointer}: ${JSON.stringify(schema)}`)
  const name = pointer.split('/').findLast((step) => step !== '0') ?? ''
  return textOf({ pointer, name, accepts: ajv.compile<string>(schema) })
}

function resolved(content: unknown, document: OpenApiDocument): FieldSchema {
  const { schema } = content as { readonly schema: FieldSchema & { readonly $ref?: string } }
  if (schema.$ref === undefined) return schema
  const steps = schema.$ref.replace('#/', '').split('/')
  return steps.reduce<unknown>((part, step) => (part as Record<string, unknown>)[step], document) as FieldSchema
}
