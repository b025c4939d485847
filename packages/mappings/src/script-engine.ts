import { createHash } from 'node:crypto'
import { PortreeveError } from '@portreeve/errors'
import { type Answer, defaultScriptLimits, type ScriptLimits } from './protocol.ts'
import type { Script, ScriptFault } from './script.ts'
import { ScriptThread } from './script-thread.ts'
import { stylesheetFaults } from './xslt/stylesheet-faults.ts'

/** What came of one run. `over`: a limit was met, in words. */
export type ScriptResult = { readonly output: Uint8Array } | { readonly fault: ScriptFault } | { readonly over: string }

/** A script that compiles: bytes of JSON or XML in, bytes out. Rejects with `PRV_MAPPINGS_THREAD` alone. */
export interface CompiledScript {
  run(input: Uint8Array): Promise<ScriptResult>
}

/** First use of an engine on a busy machine. */
const startPatienceMs = 60_000

/**
 * Runs scripts, one message at a time, in a thread that has no file, no network and no clock to offer, and that dies when a
 * script does not end. Nothing is started before the first script.
 */
export class ScriptEngine implements AsyncDisposable {
  readonly #limits: ScriptLimits
  #thread: ScriptThread | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(limits: Partial<ScriptLimits> = {}) {
    this.#limits = { ...defaultScriptLimits, ...limits }
  }

  /** Rejects with `PRV_MAPPINGS_THREAD` alone. */
  async compile(script: Script): Promise<CompiledScript | { readonly fault: ScriptFault }> {
    const [refused] = script.language === 'xslt' ? stylesheetFaults(script.text) : []
    if (refused) return { fault: refused }
    const key = createHash('sha256').update(`${script.language}\n${script.text}`).digest('hex')
    const result = await this.#inTurn(() => this.#compiled(key, script))
    if (result !== undefined)
      return 'fault' in result ? result : { fault: { sentence: `It cannot be compiled: ${result.over}.` } }
    return { run: (input) => this.#inTurn(() => this.#run(key, script, input)) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last
    await this.#thread?.end()
    this.#thread = undefined
  }

  async #run(key: string, script: Script, input: Uint8Array): Promise<ScriptResult> {
    const failed = await this.#compiled(key, script)
    if (failed) return failed
    const answer = await this.#ask({ kind: 'run', key, input }, this.#limits.timeMs * 2)
    if (!('output' in answer)) return answer
    return answer.output === null ? { fault: { sentence: 'The engine gave no output.' } } : { output: answer.output }
  }

  /** `undefined` when the thread has it. */
  async #compiled(key: string, script: Script): Promise<Exclude<ScriptResult, { output: Uint8Array }> | undefined> {
    if (this.#thread?.compiled.has(key)) return undefined
    const answer = await this.#ask({ kind: 'compile', key, script }, startPatienceMs)
    if (!('output' in answer)) return answer
    this.#thread?.compiled.add(key)
    return undefined
  }

  async #ask(request: Parameters<ScriptThread['ask']>[0], patienceMs: number): Promise<Answer> {
    this.#thread ??= new ScriptThread(this.#limits)
    const answer = await this.#thread.ask(request, patienceMs)
    if (!this.#thread.ended && !('broken' in answer && answer.broken)) return withoutState(answer)
    const { neverRan } = this.#thread
    await this.#thread.end()
    this.#thread = undefined
    if (neverRan !== undefined) throw new PortreeveError('PRV_MAPPINGS_THREAD', { fault: neverRan })
    return withoutState(answer)
  }

  #inTurn<Result>(job: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(job)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}

/** The state of the thread is nobody else's business. */
function withoutState(answer: Answer): Answer {
  if ('output' in answer) return answer
  return 'fault' in answer ? { fault: answer.fault } : { over: answer.over }
}
