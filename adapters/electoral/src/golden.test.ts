import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { addressUpdate } from './testing/messages.ts'
import { open, poll, send, systemWith } from './testing/running.ts'

interface Input {
  /** What takes the place of parts of the usual request, by request id. */
  readonly requests: Readonly<Record<string, object>>
  /** In the place of our own layout. */
  readonly layout?: object
  /** Lines of a return file. */
  readonly returned?: readonly string[]
}

const folder = join(import.meta.dirname, '../golden')

it.each(readdirSync(folder))('%s', async (name) => {
  expect(readFileSync(join(folder, name, 'case.md'), 'utf8')).toMatch(/^[A-Z].*\.\n$/)
  const found = await play(name)
  const expected = join(folder, name, 'expected')
  if (process.env.UPDATE_GOLDEN === '1') rewrite(expected, found)
  else expect(found).toEqual(filesIn(expected))
})

/** The file that is handed over, as it stands, and what the return file is understood to say. */
async function play(name: string): Promise<Readonly<Record<string, string>>> {
  const { requests, layout, returned }: Input = JSON.parse(readFileSync(join(folder, name, 'input.json'), 'utf8'))
  await using system = await systemWith()
  const layoutFile = join(system.outFolder, '.layout.yaml')
  if (layout) writeFileSync(layoutFile, JSON.stringify(layout))
  const adapter = await open(system, layout && { layoutFile })
  const outcomes = await send(adapter, ...Object.entries(requests).map(([id, more]) => addressUpdate(id, more)))
  const files = (await readdir(system.outFolder)).filter((each) => !each.startsWith('.'))
  const texts = await Promise.all(
    files.map(async (file) => [file, await readFile(join(system.outFolder, file), 'latin1')] as const),
  )
  const proofs = outcomes.map((outcome) => `${'proof' in outcome ? outcome.proof : outcome.state}\n`)
  const found = { ...Object.fromEntries(texts), 'outcomes.txt': proofs.join('') }
  if (returned === undefined) return found
  await system.answerWith(returned.map((line) => `${line}\r\n`).join(''))
  const { answers } = await poll(adapter)
  return { ...found, 'answers.json': `${JSON.stringify(answers, null, 2)}\n` }
}

function filesIn(expected: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(expected).map((name) => [
      name,
      readFileSync(join(expected, name), name === 'answers.json' ? 'utf8' : 'latin1'),
    ]),
  )
}

function rewrite(expected: string, files: Readonly<Record<string, string>>): void {
  rmSync(expected, { recursive: true, force: true })
  mkdirSync(expected)
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(expected, name), text, name === 'answers.json' ? 'utf8' : 'latin1')
  }
}
