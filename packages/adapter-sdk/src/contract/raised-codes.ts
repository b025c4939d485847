import { type ErrorCode, isPortreeveError } from '@portreeve/errors'
import { expect } from 'vitest'
import type { Adapter } from '../adapter.ts'
import type { AdapterDeclaration } from '../declaration.ts'
import type { Question, QuestionKind } from '../question.ts'

/** Everything that the adapter raised: thrown, or told as the error of an outcome. */
export class RaisedCodes {
  readonly #declared: ReadonlySet<string>
  readonly #undeclared: string[] = []

  constructor({ errors }: Pick<AdapterDeclaration, 'errors'>) {
    this.#declared = new Set(errors)
  }

  thrown(error: unknown, by: string): void {
    if (isPortreeveError(error)) this.told(error.code, by)
    else
      this.#undeclared.push(`${by} threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`)
  }

  told(code: ErrorCode, by: string): void {
    if (!code.startsWith('PRV_ENDPOINTS_') && !this.#declared.has(code)) this.#undeclared.push(`${by}: ${code}`)
  }

  expectDeclared(): void {
    expect(this.#undeclared, 'raised, but neither declared nor a code of endpoints').toEqual([])
  }
}

/** The adapter, with an eye on what it raises. */
export function watched(adapter: Adapter, raised: RaisedCodes): Adapter {
  async function watch<Value>(by: string, call: () => Promise<Value>): Promise<Value> {
    try {
      return await call()
    } catch (error) {
      raised.thrown(error, by)
      throw error
    }
  }
  async function* watchEach<Value>(by: string, values: AsyncIterable<Value>): AsyncIterable<Value> {
    try {
      yield* values
    } catch (error) {
      raised.thrown(error, by)
      throw error
    }
  }
  const delivers = (by: 'send' | 'lookup'): NonNullable<Adapter['send']> => {
    return async (batch, signal) => {
      const outcomes = await watch(by, async () => (await adapter[by]?.(batch, signal)) ?? [])
      for (const outcome of outcomes) if ('error' in outcome) raised.told(outcome.error.code, by)
      return outcomes
    }
  }
  const { poll, receive } = adapter
  const request = adapter.request?.bind(adapter)
  return {
    check: (signal) => watch('check', () => adapter.check(signal)),
    ...(poll && { poll: (cursor, signal) => watchEach('poll', poll.call(adapter, cursor, signal)) }),
    ...(receive && {
      receive: {
        check: (source, options) => watch('receive.check', () => receive.check(source, options)),
        records: (source, options) => watchEach('receive.records', receive.records(source, options)),
      },
    }),
    ...(adapter.send && { send: delivers('send') }),
    ...(adapter.lookup && { lookup: delivers('lookup') }),
    ...(request && {
      request: <Kind extends QuestionKind>(question: Question<Kind>, signal: AbortSignal) =>
        watch('request', () => request(question, signal)),
    }),
    [Symbol.asyncDispose]: () => watch('dispose', async () => await adapter[Symbol.asyncDispose]()),
  }
}
