import { parentPort, workerData } from 'node:worker_threads'
import { type Answer, LimitMet, type Request, type Run, type ScriptLimits, ScriptStopped } from './protocol.ts'
import type { Script } from './script.ts'

const limits: ScriptLimits = workerData
const ready = new Map<string, Run>()

parentPort?.on('message', async (request: Request) => {
  parentPort?.postMessage(await answerTo(request).catch(answerOf))
})

async function answerTo(request: Request): Promise<Answer> {
  if (request.kind === 'compile') {
    ready.set(request.key, await compile(request.script))
    return { output: null }
  }
  const run = ready.get(request.key)
  if (!run) throw new TypeError('a script is compiled before it is run')
  const output = await run(request.input)
  if (output.length > limits.outputBytes) return { over: `the result has more than ${limits.outputBytes} bytes` }
  return { output }
}

async function compile({ language, text }: Script): Promise<Run> {
  if (language === 'jsonata') {
    const { compileJsonata } = await import('./jsonata/compile-jsonata.ts')
    return compileJsonata(text, limits)
  }
  const { compileXslt } = await import('./xslt/compile-xslt.ts')
  return await compileXslt(text, limits)
}

function answerOf(error: unknown): Answer {
  if (error instanceof ScriptStopped) return { fault: error.fault, broken: error.broken }
  if (error instanceof LimitMet) return { over: error.message, broken: error.broken }
  // Its text may hold anything of a message.
  const what = error instanceof Error ? error.name : typeof error
  return { fault: { sentence: `The engine failed (${what}).` }, broken: true }
}
