import { type ErrorCode, isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { KafkaConnection } from './connection.ts'
import { codeOfName, faultTable, inWords, namelessFaults, numberOfText } from './fault-table.ts'

/** What was done, as far as it is known. */
export interface Moment extends Pick<KafkaConnection, 'brokers' | 'transactionalId'> {
  readonly topic?: string
  readonly group?: string
}

/** In the place of a topic that is not known. */
export const unnamed = 'a topic'
const withoutNumber = -1
const unknownTopic = 3
const topicFault = 29
const groupFault = 30
const transactionFault = 53
const unreachable: ErrorCode = 'PRV_KAFKA_UNREACHABLE'

/** A fault of a client in the log's words; what is ours already comes back as it is. */
export function inOurWords(error: unknown, moment: Moment): unknown {
  if (isPortreeveError(error)) return error
  const all = [...saidBy(error)]
  const known = all.map((said) => ({ said, code: codeOf(said) }))
  // The innermost says most; but that a connection failed is said of every other fault, too.
  const telling = known.findLast(({ code }) => code !== undefined && code !== unreachable)
  const found = telling ?? known.findLast(({ code }) => code !== undefined)
  const said = found?.said ?? all.findLast((one) => typeof one === 'number') ?? all.at(-1) ?? 'unknown'
  const at = { ...moment, ...topicOf(error) }
  const { brokers, topic = unnamed } = at
  const details = { brokers, topic, fault: inWords(said), what: refusedOf(said, at) }
  return new PortreeveError(found?.code ?? 'PRV_KAFKA_FAILED', details, { cause: error })
}

function codeOf(said: number | string): ErrorCode | undefined {
  return typeof said === 'number' ? faultTable[said] : codeOfName(said)
}

/** What a broker refuses to a user that has no right to it. */
function refusedOf(said: number | string, { topic, group, transactionalId }: Moment): string {
  if (said === topicFault) return topic === undefined ? unnamed : `the topic ${topic}`
  if (said === groupFault) return group === undefined ? 'a group' : `the group ${group}`
  if (said === transactionFault) return `the transactional id ${transactionalId ?? ''}`.trimEnd()
  return 'a change of the cluster'
}

/** Every number and name that an error has, the outermost first. */
function* saidBy(error: unknown): Generator<number | string> {
  if (!isObject(error)) return
  const text = 'message' in error && typeof error.message === 'string' ? error.message : ''
  const code = 'code' in error ? error.code : undefined
  if (code === withoutNumber) yield numberOfText[text] ?? (text || withoutNumber)
  else if (typeof code === 'number' || typeof code === 'string') yield code
  if ('apiCode' in error && typeof error.apiCode === 'number') yield error.apiCode
  if (text in namelessFaults) yield text
  if (text.startsWith('Unknown topic ')) yield unknownTopic
  if ('errors' in error && Array.isArray(error.errors)) for (const inner of error.errors) yield* saidBy(inner)
  if ('cause' in error) yield* saidBy(error.cause)
}

/** A delivery report names the topic. */
function topicOf(error: unknown): Pick<Moment, 'topic'> {
  return isObject(error) && 'topic' in error && typeof error.topic === 'string' ? { topic: error.topic } : {}
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
