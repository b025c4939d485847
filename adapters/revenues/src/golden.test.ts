import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { AnswerFolder, duplicateAnswer } from './answer-folder.ts'
import { type FakeSystem, startFakeSystem } from './fake-system.ts'
import { sendAnswers } from './send-answers.ts'
import { messageOf } from './testing/messages.ts'

interface Input {
  /** Messages as the broker hands them over, in their order. */
  readonly news: readonly { readonly type: string; readonly reference: string; readonly body: object }[]
  /** The same file dropped again, and the reference of the first copy. */
  readonly cameAgain?: { readonly fileName: string; readonly digest: string; readonly reference: string }
}

const folder = join(import.meta.dirname, '../golden')

const running: FakeSystem[] = []
afterEach(async () => {
  for (const system of running.splice(0)) await system.close()
})

it.each(readdirSync(folder))('%s', async (name) => {
  expect(readFileSync(join(folder, name, 'case.md'), 'utf8')).toMatch(/^[A-Z].*\.\n$/)
  const answers = await play(JSON.parse(readFileSync(join(folder, name, 'input.json'), 'utf8')))
  const expected = join(folder, name, 'expected')
  if (process.env.UPDATE_GOLDEN === '1') await rewrite(expected, answers)
  else expect(answers).toEqual(filesIn(expected))
})

/** News in; the answers by their file names, as a revenues officer finds them. */
async function play({ news, cameAgain }: Input): Promise<Readonly<Record<string, string>>> {
  const system = await startFakeSystem()
  running.push(system)
  const folder = new AnswerFolder(system.answersFolder)
  const messages = news.map(({ type, reference, body }) => messageOf(type, reference, body))
  const outcomes = await sendAnswers(folder)({ id: 'golden', messages }, new AbortController().signal)
  expect(outcomes).toEqual(messages.map(() => ({ state: 'delivered', proof: 'written' })))
  if (cameAgain) await folder.write(cameAgain, duplicateAnswer(cameAgain.reference))
  return await system.answers()
}

function filesIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

async function rewrite(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  await mkdir(folder)
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
}
