import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../support/source-files.ts'
import { WorkingCopy } from '../support/working-copy.ts'
import { pageSteps } from './page-steps.ts'

const place = 'docs/how-to/write-an-adapter.md'
const page = readFileSync(join(root, place), 'utf8')
const steps = pageSteps(page).map((step) => ({ ...step, what: 'command' in step ? step.command : step.path }))

/** Named in a sentence, and not typed by the test: it would run the test that runs it. */
const notTyped = ['npm test']

const canInstall = spawnSync('npm', ['view', 'typebox@1.4.3', 'version'], { timeout: 30_000 }).status === 0

describe('the page on writing an adapter', () => {
  it('names no command that its reader is not made to type', () => {
    const named = [...page.matchAll(/`((?:npm|npx|node) [^`\n]+)`/g)].map(([, command = '']) => command)
    const typed = steps.map(({ what }) => what)
    expect(named.filter((command) => !notTyped.includes(command) && !typed.includes(command))).toEqual([])
  })

  it.each([
    ['in a block that is indented', 'Do:\n\n  ```sh\n  npm run x\n  ```\n'],
    ['in a language that nobody follows', '```yaml\na: 1\n```\n'],
    ['in a block that names no file', 'Write this:\n\n```json\n{}\n```\n'],
  ])('hides no step %s', (_where, text) => {
    expect(() => pageSteps(text)).toThrow(TypeError)
  })
})

describe.skipIf(!canInstall)('followed by somebody who has just cloned, it works [needs the npm registry]', () => {
  const copy = new WorkingCopy({ installed: false })
  afterAll(() => copy[Symbol.dispose]())
  const at = (path: string) => join(copy.folder, path)

  it.each(steps)(`${place}:$line $what`, { timeout: 600_000 }, (step) => {
    if ('command' in step) {
      const { code, text } = copy.type(step.command)
      expect(code, text).toBe(0)
    } else if (existsSync(at(step.path))) expect(readFileSync(at(step.path), 'utf8')).toBe(step.text)
    else {
      mkdirSync(dirname(at(step.path)), { recursive: true })
      writeFileSync(at(step.path), step.text)
    }
    copy.know()
  })

  it('ends with an adapter that the house knows, and that is told of in its pages', () => {
    expect(copy.type('npm run -s portreeve -- list adapters').text).toContain('notice-board')
    expect(readFileSync(at('docs/adapters/notice-board.md'), 'utf8')).toContain('Address of the board')
    expect(readFileSync(at('schemas/portreeve.schema.json'), 'utf8')).toContain('notice-board')
  })
})
