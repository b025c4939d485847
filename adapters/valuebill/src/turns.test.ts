import { describe, expect, it } from 'vitest'
import type { SubmissionAnswer } from './answer.ts'
import { isFault, readResponse } from './errors.ts'
import { lastTurn } from './turns.ts'

const refused: SubmissionAnswer = { submissionId: 's', status: 'Failed', errors: [] }
const first = { turn: 1, answer: refused }

describe('the last turn of a batch', () => {
  it.each([1, 2, 3, 7, 8, 9, 1000])('is found among %i, and asked for in few questions', async (turns) => {
    let questions = 0
    const last = await lastTurn(first, async (turn) => {
      questions += 1
      return turn <= turns ? { ...refused, submissionId: `s${turn}` } : null
    })
    expect(last).toMatchObject({ turn: turns })
    expect(questions).toBeLessThanOrEqual(1 + 2 * Math.log2(turns + 1))
  })

  it('is found at a service that knows every id', async () => {
    expect(await lastTurn(first, async () => refused)).toMatchObject({ answer: refused })
  })

  it('is not known when one question brings no answer', async () => {
    const exchange = { url: 'http://voa.test', user: 'BA9999', submissionId: 'b1', reports: 1, sizeBytes: 9 }
    const fault = readResponse({ status: 503, headers: {}, body: new Uint8Array() }, exchange, new Date(0))
    expect(isFault(fault)).toBe(true)
    expect(await lastTurn(first, async (turn) => (turn === 2 ? refused : isFault(fault) ? fault : null))).toBe(fault)
  })
})
