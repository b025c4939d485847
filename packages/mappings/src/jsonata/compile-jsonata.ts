import jsonata from 'jsonata'
import { LimitMet, type Run, type ScriptLimits, ScriptStopped } from '../protocol.ts'
import { isJsonataError, limitOf, stopOf, syntaxFault } from './jsonata-faults.ts'
import { refusedFunctions } from './refused-functions.ts'

/** A JSONata expression that takes and gives JSON. Throws `ScriptStopped` when it is none, or asks for what changes. */
export function compileJsonata(text: string, { timeMs, callDepth, sequenceItems }: ScriptLimits): Run {
  const expression = parsed(text, { timeout: timeMs, stack: callDepth, sequence: sequenceItems })
  const [refused] = refusedFunctions(expression.ast(), text)
  if (refused) throw new ScriptStopped(refused)
  return async (input) => {
    const message: unknown = JSON.parse(new TextDecoder().decode(input))
    return Buffer.from(asJson(await evaluated(expression, message, text)))
  }
}

function parsed(text: string, options: jsonata.JsonataOptions): jsonata.Expression {
  try {
    return jsonata(text, options)
  } catch (error) {
    if (!isJsonataError(error)) throw error
    throw new ScriptStopped(syntaxFault(error, text))
  }
}

async function evaluated(expression: jsonata.Expression, message: unknown, text: string): Promise<unknown> {
  try {
    const result: unknown = await expression.evaluate(message)
    return result
  } catch (error) {
    if (error instanceof RangeError) throw new LimitMet(rangeMet(error))
    if (!isJsonataError(error)) throw error
    const limit = limitOf(error)
    if (limit !== undefined) throw new LimitMet(limit)
    throw new ScriptStopped(stopOf(error, text))
  }
}

function rangeMet({ message }: RangeError): string {
  return /call stack/.test(message) ? 'its functions call each other too deep' : 'a text is too long'
}

function asJson(value: unknown): string {
  const json = JSON.stringify(value, (_, inner: unknown) => {
    if (!isFunction(inner)) return inner
    throw new ScriptStopped({ sentence: 'Its result holds a function, which is no JSON.' })
  })
  if (json !== undefined) return json
  throw new ScriptStopped({ sentence: 'It gave nothing: what it asks for is not in the message.' })
}

/** Functions of JSONata, written in the script or its own, are objects. */
function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true
  return typeof value === 'object' && value !== null && ('_jsonata_lambda' in value || '_jsonata_function' in value)
}
