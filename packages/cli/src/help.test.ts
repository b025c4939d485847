import { describe, expect, it } from 'vitest'
import { commandLinePage } from './command-line-page.ts'
import { Invocation } from './invocation.ts'
import { buildProgram, withSubcommands } from './program.ts'
import { run } from './testing/test-run.ts'

const page = commandLinePage()
const commands = [...page.matchAll(/^\$ portreeve (.*)--help$/gm)].map(([, words = '']) =>
  words.trim().split(' ').filter(Boolean),
)

describe('the help', () => {
  it('is there for every command, with examples', async () => {
    expect(commands.map((words) => words.join(' '))).toEqual([
      '',
      'run',
      'send',
      'apply',
      'backup',
      'validate',
      'lint',
      'test',
      'try',
      'diff',
      'check',
      'key',
      'key new',
      'adapter',
      'adapter new',
      'track',
      'list',
      'status',
      'dead-letters',
      'dead-letters list',
      'dead-letters show',
      'dead-letters retry',
      'dead-letters edit',
      'dead-letters discard',
      'replay',
      'replay list',
      'replay stop',
      'transactions',
      'transactions list',
      'transactions show',
      'approve',
      'correct',
      'reject',
      'resolve',
    ])
    for (const words of commands) {
      const { code, out } = await run([...words, '--help'])
      expect(code).toBe(0)
      if (words.length > 0) expect(out).toMatch(/Examples:\n {2}\$ portreeve /)
      expect(page).toContain(out.trimEnd())
    }
  })

  it('fits the window, and breaks no word', async () => {
    for (const words of commands) {
      const { out: wide } = await run([...words, '--help'], { columns: 200 })
      const { out: narrow } = await run([...words, '--help'], { columns: 80 })
      for (const [text, width] of [
        [wide, 100],
        [narrow, 80],
      ] as const) {
        const tooLong = text.split('\n').filter((line) => line.length > width)
        expect(tooLong, words.join(' ')).toEqual([])
      }
      // A backslash breaks a command that is to be copied.
      const wordsOf = (text: string) => text.replaceAll(/ \\$/gm, '').split(/\s+/).sort()
      expect(wordsOf(narrow)).toEqual(wordsOf(wide))
    }
  })

  it('describes every option and argument of every command', () => {
    const terminal = {
      out: async () => {},
      err: () => {},
      colour: false,
      live: false,
      columns: 80,
      environment: {},
      workingFolder: '.',
      now: () => new Date(),
    }
    for (const command of withSubcommands(buildProgram(new Invocation(terminal)))) {
      for (const option of command.options) expect(option.description, `${command.name()} ${option.flags}`).not.toBe('')
      for (const argument of command.registeredArguments) {
        expect(argument.description, `${command.name()} ${argument.name()}`).not.toBe('')
      }
    }
  })

  it('offers --json and --config wherever something is done', () => {
    for (const words of commands.filter(
      ([first = '', second]) =>
        first && (!['adapter', 'dead-letters', 'key', 'transactions'].includes(first) || second),
    )) {
      const part = page.slice(page.indexOf(`$ portreeve ${words.join(' ')} --help`))
      const own = part.slice(0, part.indexOf('```'))
      expect(own, words.join(' ')).toContain('--json')
      expect(own, words.join(' ')).toContain('--config <folder>')
    }
  })

  it('gives examples that the command line understands', async () => {
    const whole = page.replaceAll(/ \\\n +/g, ' ')
    const examples = [...whole.matchAll(/^ {2}\$ portreeve (.*?)(?: {2,}.*)?$/gm)].map(([, line = '']) => line)
    expect(examples.length).toBeGreaterThan(20)
    for (const line of examples) {
      const words = [...line.replace(/ \|.*/, '').matchAll(/'([^']*)'|(\S+)/g)].map(
        ([, quoted, bare]) => quoted ?? bare ?? '',
      )
      const { code, err } = await run([...words, '--config', '/nowhere'])
      expect([0, 1, 3, 4], `${line}: ${err}`).toContain(code)
    }
  })
})
