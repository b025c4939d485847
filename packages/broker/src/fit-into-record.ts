import type { Received, Refusal } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
import { maxRecordBytes } from '@portreeve/log'

/** The rest of a record is for its key and the headers of its envelope. */
const maxBodyBytes = maxRecordBytes - 100_000
const maxProblems = 100
const maxTextCharacters = 500

/** A record of a document as the log can take it: a message that is too large is refused, a refusal is cut to what matters. */
export function fitIntoRecord(received: Received): Received {
  if ('refused' in received) return { index: received.index, refused: fitRefusal(received.refused) }
  const { byteLength } = received.message.body
  return byteLength <= maxBodyBytes
    ? received
    : { index: received.index, refused: tooLarge(received.index, byteLength) }
}

/** The first problems, with their texts cut; the raw record only when it fits (it lies in the claim check anyway). */
export function fitRefusal({ identity, problems, rawReport }: Refusal): Refusal {
  const fits = rawReport !== undefined && Buffer.byteLength(JSON.stringify(rawReport)) <= maxBodyBytes / 2
  return {
    identity: Object.fromEntries(Object.entries(identity).map(([name, value]) => [name, cut(value)])),
    problems: problems.slice(0, maxProblems).map((problem) => ({
      ...problem,
      path: cut(problem.path),
      rule: cut(problem.rule),
      sentence: cut(problem.sentence),
    })),
    ...(fits && { rawReport }),
  }
}

function cut(text: string): string {
  return text.length <= maxTextCharacters ? text : `${text.slice(0, maxTextCharacters)}…`
}

function tooLarge(index: number, bytes: number): Refusal {
  const { code, message } = new PortreeveError('PRV_BROKER_RECORD_TOO_LARGE', { bytes, maxBodyBytes })
  const problem = { code, path: `/[${index + 1}]`, rule: `at most ${maxBodyBytes} bytes`, sentence: message }
  return { identity: {}, problems: [problem] }
}
