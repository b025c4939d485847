import type { Envelope, Message } from '@portreeve/envelope'

/** A message, and what was found out about it. */
export interface JudgedMessage extends Message {
  readonly facts?: Facts
}

/** Findings by name; those of one kind under one name. */
export type Facts = Readonly<Record<string, unknown>>

/** A condition, compiled: says whether a message fulfils it. */
export type Condition = (message: JudgedMessage) => boolean

type Part = Readonly<Record<string, unknown>>
type Read = (message: JudgedMessage) => unknown

/** A replay goes the way of what it repeats. */
type Unasked =
  | 'egms'
  | 'history'
  | 'traceParent'
  | 'traceState'
  | 'configuration'
  | 'replayOf'
  | 'replayTo'
  | 'replayAgain'

/** Every attribute that is one text; the type makes leaving one out an error. */
const fields: Record<Exclude<keyof Envelope, Unasked>, true> = {
  id: true,
  source: true,
  type: true,
  time: true,
  subject: true,
  dataContentType: true,
  dataSchema: true,
  reference: true,
  correlationId: true,
  causationId: true,
  authority: true,
  channel: true,
  uprn: true,
  customer: true,
  lgsl: true,
  lgil: true,
  origin: true,
}
const envelopeFields = Object.keys(fields) as readonly (keyof typeof fields)[]
/**
 * Conditions as data, for Message Filter and Content-Based Router. Either `{ all: [..] }`, `{ any: [..] }`, `{ not: .. }`,
 * or a field and one test of it: `{ field: envelope.channel, equals: file }`, `in: [..]`, `matches: <regular expression>`,
 * `moreThan: <number>`, `lessThan: <number>`, `present: true|false`. A field is `envelope.<attribute>`, `body.<path with dots>`
 * of a JSON body or, where facts are asked for, `facts.<path with dots>`. What is no number is neither more nor less.
 */
export function compileCondition(condition: unknown): { condition: Condition } | { problems: readonly string[] } {
  const problems: string[] = []
  const compiled = compile(condition, problems)
  return problems.length > 0 ? { problems } : { condition: compiled }
}

function told(keys: readonly string[]): string {
  return keys.length === 0 ? 'nothing' : keys.map(show).join(', ')
}

const kindsOfTest = ['equals', 'in', 'matches', 'moreThan', 'lessThan', 'present']

const never: Condition = () => false

function compile(condition: unknown, problems: string[]): Condition {
  if (!isPart(condition)) return wrong(problems, `A condition is a mapping, not ${show(condition)}.`)
  const [kind] = ['all', 'any', 'not', 'field'].filter((key) => key in condition)
  if (kind === 'all' || kind === 'any') {
    const parts = condition[kind]
    if (!onlyKeys(condition, [kind], problems)) return never
    if (!Array.isArray(parts) || parts.length === 0) return wrong(problems, `"${kind}" wants a list of conditions.`)
    const compiled = parts.map((part) => compile(part, problems))
    return kind === 'all'
      ? (message) => compiled.every((holds) => holds(message))
      : (message) => compiled.some((holds) => holds(message))
  }
  if (kind === 'not') {
    if (!onlyKeys(condition, ['not'], problems)) return never
    const holds = compile(condition.not, problems)
    return (message) => !holds(message)
  }
  if (kind === 'field') return compileTest(condition, problems)
  return wrong(
    problems,
    `A condition has one of all, any, not and field; this one has ${told(Object.keys(condition))}.`,
  )
}

function compileTest(condition: Part, problems: string[]): Condition {
  const read = compileField(condition.field, problems)
  const tests = kindsOfTest.filter((key) => key in condition)
  if (!onlyKeys(condition, ['field', ...tests], problems)) return never
  if (tests.length !== 1)
    return wrong(problems, `${show(condition.field)} wants exactly one of ${kindsOfTest.join(', ')}.`)
  if ('equals' in condition) {
    const wanted = condition.equals
    return (message) => same(read(message), wanted)
  }
  if ('in' in condition) {
    const wanted = condition.in
    if (!Array.isArray(wanted)) return wrong(problems, '"in" wants a list of values.')
    return (message) => wanted.some((value) => same(read(message), value))
  }
  if ('present' in condition) {
    const wanted = condition.present
    if (typeof wanted !== 'boolean') return wrong(problems, '"present" is true or false.')
    return (message) => (read(message) !== undefined) === wanted
  }
  if ('moreThan' in condition || 'lessThan' in condition) return compileComparison(condition, read, problems)
  const pattern = regularExpression(condition.matches)
  if (!pattern) return wrong(problems, `${show(condition.matches)} is no regular expression.`)
  return (message) => {
    const value = read(message)
    return typeof value === 'string' && pattern.test(value)
  }
}

function compileComparison({ moreThan, lessThan }: Part, read: Read, problems: string[]): Condition {
  const bound = moreThan ?? lessThan
  if (typeof bound !== 'number')
    return wrong(problems, `"${moreThan === undefined ? 'lessThan' : 'moreThan'}" wants a number.`)
  return (message) => {
    const value = read(message)
    return typeof value === 'number' && (moreThan === undefined ? value < bound : value > bound)
  }
}

function compileField(field: unknown, problems: string[]): Read {
  if (typeof field === 'string' && field.startsWith('envelope.')) {
    const name = envelopeFields.find((candidate) => field === `envelope.${candidate}`)
    if (name) return ({ envelope }) => envelope[name]
    problems.push(`The envelope has no ${show(field)}; it has ${envelopeFields.join(', ')}.`)
  } else if (typeof field === 'string' && /^body(\.[^.]+)+$/.test(field)) {
    const path = field.split('.').slice(1)
    return (message) => stepwise(jsonOf(message), path)
  } else if (typeof field === 'string' && /^facts(\.[^.]+)+$/.test(field)) {
    const path = field.split('.').slice(1)
    return ({ facts }) => stepwise(facts, path)
  } else problems.push(`${show(field)} is no field: write envelope.<attribute> or body.<path>.`)
  return () => undefined
}

function stepwise(from: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, step) => (isPart(value) ? value[step] : undefined), from)
}

const parsed = new WeakMap<Uint8Array, unknown>()

/** A body is parsed once, however many conditions read it. What is no JSON has no fields. */
function jsonOf({ body }: Message): unknown {
  if (!parsed.has(body)) {
    try {
      parsed.set(body, JSON.parse(new TextDecoder().decode(body)))
    } catch {
      parsed.set(body, undefined)
    }
  }
  return parsed.get(body)
}

/** YAML reads 8 as a number where the message may have the text "8". */
function same(value: unknown, wanted: unknown): boolean {
  return value === wanted || (typeof value === 'string' && typeof wanted === 'number' && value === String(wanted))
}

function regularExpression(text: unknown): RegExp | null {
  if (typeof text !== 'string') return null
  try {
    return new RegExp(text, 'v')
  } catch {
    return null
  }
}

function onlyKeys(condition: Part, known: readonly string[], problems: string[]): boolean {
  const unknown = Object.keys(condition).filter((key) => !known.includes(key))
  for (const key of unknown) problems.push(`"${key}" does not belong into this condition.`)
  return unknown.length === 0
}

function wrong(problems: string[], sentence: string): Condition {
  problems.push(sentence)
  return never
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value)
}
