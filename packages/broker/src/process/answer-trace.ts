import type { Emitted } from '@portreeve/adapter-sdk'
import type { Configuration } from '@portreeve/configuration'
import { parseRequestId } from '@portreeve/core'
import type { Envelope } from '@portreeve/envelope'
import type { ProcessStore } from '@portreeve/state'
import { readInstance } from './stored-instance.ts'

/** `traceParent` of the transaction that an answer belongs to; `undefined` for what is no answer to one that is known. */
export function answerTrace(
  { processes }: Pick<Configuration, 'processes'>,
  store: Pick<ProcessStore, 'get'>,
): (message: Emitted) => string | undefined {
  const answers = new Set(processes.map((process) => process.answers))
  return ({ type, body }) => {
    if (!answers.has(type)) return undefined
    const name = parseRequestId(requestIdIn(body))
    const json = name && store.get(name.process, name.instance)
    if (!json) return undefined
    const { traceParent }: Envelope = JSON.parse(readInstance(json).envelope)
    return traceParent
  }
}

/** Empty when there is none: what is wrong with the body is told by whoever takes the answer in. */
function requestIdIn(body: Uint8Array): string {
  try {
    const said: unknown = JSON.parse(new TextDecoder().decode(body))
    const isObject = typeof said === 'object' && said !== null && 'requestId' in said
    return isObject && typeof said.requestId === 'string' ? said.requestId : ''
  } catch {
    return ''
  }
}
