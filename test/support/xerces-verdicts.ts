import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import type { Verdict } from './verdict.ts'

const program = fileURLToPath(new URL('ValidateStream.java', import.meta.url))

/** True where a Java development kit can run a source file. */
export function hasJavaCompiler(): boolean {
  try {
    execFileSync('javac', ['-version'], { stdio: 'ignore' })
    execFileSync('java', ['-version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** What the JDK's Xerces says of each document under each schema, in the documents' order; one JVM for all. */
export async function xercesVerdicts(
  documents: readonly Uint8Array[],
  schemaPaths: readonly string[],
): Promise<Verdict[][]> {
  const java = spawn('java', [program, ...schemaPaths], { stdio: ['pipe', 'pipe', 'pipe'] })
  let complaints = ''
  java.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaints += chunk
  })
  const ended = once(java, 'close')
  const verdicts: Verdict[][] = []
  const reading = (async () => {
    for await (const line of createInterface({ input: java.stdout })) verdicts.push(line.split('\t').map(asVerdict))
  })()
  await Promise.all([pipeline(frames(documents), java.stdin), reading])
  const [exitCode] = await ended
  if (exitCode !== 0 || verdicts.length !== documents.length) {
    throw new Error(`Xerces answered ${verdicts.length} of ${documents.length} documents: ${complaints}`)
  }
  return verdicts
}

function* frames(documents: readonly Uint8Array[]): Generator<Uint8Array> {
  for (const document of documents) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(document.byteLength)
    yield length
    yield document
  }
}

function asVerdict(cell: string): Verdict {
  const [verdict, ...message] = cell.split(':')
  if (verdict !== 'valid' && verdict !== 'invalid' && verdict !== 'malformed') throw new Error(`no verdict: ${cell}`)
  return { verdict, message: message.join(':') }
}
