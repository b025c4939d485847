import type { Received } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'

/** A record of the log holds 1,000,000 bytes with its headers: what every engine takes. */
const maxBodyBytes = 900_000
const maxProblems = 100

/**
 * A record of a document as the log can take it: a message that is too large is refused, and of a refusal that is too large
 * the raw record is left out (it lies in the claim check) and all but the first problems.
 */
export function fitIntoRecord(received: Received): Received {
  if ('message' in received) {
    const { byteLength } = received.message.body
    return byteLength <= maxBodyBytes
      ? received
      : { index: received.index, refused: tooLarge(received.index, byteLength) }
  }
  const { rawReport, ...refused } = received.refused
  const problems = refused.problems.slice(0, maxProblems)
  const fits = rawReport !== undefined && Buffer.byteLength(rawReport) <= maxBodyBytes / 2
  return { index: received.index, refused: { ...refused, problems, ...(fits && { rawReport }) } }
}

function tooLarge(index: number, bytes: number) {
  const { code, message } = new PortreeveError('PRV_BROKER_RECORD_TOO_LARGE', { bytes, maxBodyBytes })
  const problem = { code, path: `/[${index + 1}]`, rule: `at most ${maxBodyBytes} bytes`, sentence: message }
  return { identity: {}, problems: [problem] }
}
