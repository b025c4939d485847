import { placeAt, type ScriptFault } from '../script.ts'

/** What JSONata throws: an object with a code, and a message that may hold values of what it read. */
export interface JsonataError {
  readonly code: string
  readonly message: string
  /** Of the last character of what it is about, from 1; absent where it is about no token. */
  readonly position?: number
  readonly token?: string
}

export function isJsonataError(error: unknown): error is JsonataError {
  return typeof error === 'object' && error !== null && 'code' in error && /^[STDU][0-9]{4}$/.test(String(error.code))
}

/** A script that is no JSONata: its own words hold nothing but the script's. */
export function syntaxFault(error: JsonataError, text: string): ScriptFault {
  return { sentence: `It is no JSONata: ${error.message}.`, ...placeOf(error, text) }
}

/** In words that follow "it went over a limit:"; `undefined` for another fault. */
export function limitOf({ code }: JsonataError): string | undefined {
  return limits[code]
}

/** Why an evaluation ended, without the values that JSONata shows. */
export function stopOf(error: JsonataError, text: string): ScriptFault {
  const { code, message } = error
  const ownWords = (code === 'D3137' || code === 'D3141') && isOf(text, message) ? ` It says: ${message}` : ''
  const meaning = meanings[code] ?? `it stopped with the code ${code} of JSONata`
  return { sentence: `At ${what(error, text)}, ${meaning}.${ownWords}`, ...placeOf(error, text) }
}

/** A message that the script wrote itself stands in it, letter by letter. */
function isOf(text: string, message: string): boolean {
  return message !== '' && (text.includes(`"${message}"`) || text.includes(`'${message}'`))
}

function what({ token }: JsonataError, text: string): string {
  return token !== undefined && token !== '' && text.includes(token) ? token : 'some place'
}

function placeOf({ position, token = '' }: JsonataError, text: string): Pick<ScriptFault, 'place'> {
  if (position === undefined || position < 0) return {}
  const start = text.slice(0, position).endsWith(token) ? position - token.length : position - 1
  return { place: placeAt(text, start) }
}

const limits: Readonly<Record<string, string>> = {
  D1011: 'its functions call each other too deep',
  D1012: 'it took too long',
  D2014: 'a sequence has too many items',
  D2015: 'a sequence has too many items',
}

const meanings: Readonly<Record<string, string>> = {
  D1001: 'a number is too large',
  D1002: 'something that is no number is negated',
  T1003: 'a key of an object is no text',
  D1009: 'two keys of an object are the same',
  T1005: 'something that is no function is called',
  T1006: 'something that is no function is called',
  T0410: 'a function is given what it does not take',
  T0411: 'a function is given what it does not take',
  T0412: 'a function is given what it does not take',
  T2001: 'the left side is no number',
  T2002: 'the right side is no number',
  T2006: 'the right side is no function',
  T2009: 'the two sides are not of the same kind',
  T2010: 'a side is neither a number nor a text',
  D3030: 'a text is no number',
  D3110: 'a text is no date and time as ISO 8601 writes it',
  D3136: 'the picture of a date lacks a part',
  D3137: 'the script stopped by itself ($error)',
  D3138: 'more than one thing matched',
  D3139: 'nothing matched',
  D3141: 'what the script makes sure of does not hold ($assert)',
}
