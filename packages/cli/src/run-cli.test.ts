import { fileURLToPath } from 'node:url'
import { PortreeveError } from '@portreeve/errors'
import { describe, expect, it } from 'vitest'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { runCli } from './run-cli.ts'
import { exampleFolder } from './testing/example-folder.ts'
import { errorOf, run } from './testing/test-run.ts'

const sample = fileURLToPath(new URL('../../../config/examples/sallowmere/samples/1-good.xml', import.meta.url))

describe('a command line', () => {
  it('that asks for help gets it, and ends with 0', async () => {
    const { code, out, err } = await run(['--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('Usage: portreeve <command>')
  })

  it('that asks for the version gets it', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' })
  })

  it('that says nothing gets the help too, but ends with 2', async () => {
    for (const words of [[], ['dead-letters']]) {
      const { code, out, err } = await run(words)
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain('Usage: portreeve')
    }
  })

  it('that is wrong is told so with a code and where to look, and ends with 2', async () => {
    expect(await run(['sned', 'x'])).toEqual({
      code: 2,
      out: '',
      err: "PRV_CLI_USAGE The command was not understood: unknown command 'sned' (Did you mean send?).\nWhat to do: See what it takes: portreeve --help.\n",
    })
    const { err } = await run(['dead-letters', 'retry', 'voa', 'key', '--by', 'A. Clerk'])
    expect(err).toContain("required option '--why <reason>' not specified")
    expect(err).toContain('portreeve dead-letters retry --help')
    const whereToLook = async (...words: string[]) => /See what it takes: (.*) --help/.exec((await run(words)).err)?.[1]
    expect(await whereToLook('dead-letters', 'lst')).toBe('portreeve dead-letters')
    expect(await whereToLook('--json=no', 'list', 'messages')).toBe('portreeve list')
    expect(await whereToLook('list', '--limit', '5000', 'messages')).toBe('portreeve list')
    for (const words of [
      ['send'],
      ['list', 'nothing'],
      ['list', 'messages', '--limit', '0'],
      ['list', 'messages', '--limit', '1001'],
      ['list', 'messages', '--after', 'x'],
      ['track', 'X', '--colour'],
    ]) {
      expect(await run(words)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('PRV_CLI_USAGE ') })
    }
  })

  it('with --json gets errors as JSON on standard error, those of the command line too', async () => {
    expect(errorOf(await run(['send', '--json']))).toMatchObject({ code: 'PRV_CLI_USAGE', remedy: expect.any(String) })
    expect(errorOf(await run(['status', '--json']))).toMatchObject({ code: 'PRV_CLI_NO_CONFIGURATION' })
  })

  it('that finds no configuration is told how to name one, and ends with 3', async () => {
    await using folder = await exampleFolder()
    for (const words of [['status'], ['lint', '--config', 'nowhere'], ['run'], ['check'], ['list', 'routes']]) {
      const { code, err } = await run(words, { workingFolder: folder.inbox })
      expect(code).toBe(3)
      expect(err).toMatch(/^PRV_CLI_NO_CONFIGURATION There is no broker\.yaml in .*\nWhat to do: .*--config/)
    }
  })

  it('finds the configuration by --config, then PORTREEVE_CONFIG, then ./config', async () => {
    await using folder = await exampleFolder()
    await using other = await exampleFolder({ 'config/broker.yaml': 'authority: {}\n' })
    const words = ['list', 'routes']
    expect((await run(words, { workingFolder: folder.path })).code).toBe(0)
    const environment = { PORTREEVE_CONFIG: folder.config }
    expect((await run(words, { environment, workingFolder: other.path })).code).toBe(0)
    expect((await run([...words, '--config', other.config], { environment })).code).toBe(3)
  })

  it('that can do without a configuration does so where PORTREEVE_CONFIG names none, but not where --config does', async () => {
    const environment = { PORTREEVE_CONFIG: 'nowhere' }
    expect((await run(['list', 'adapters'], { environment })).code).toBe(0)
    expect((await run(['validate', 'valuebill', sample], { environment })).code).toBe(0)
    expect((await run(['list', 'routes'], { environment })).err).toMatch(/no broker\.yaml in \S*nowhere,/)
    expect((await run(['list', 'adapters', '--config', 'nowhere'])).code).toBe(3)
  })

  it('that meets a bad configuration tells the first fault with its place, and ends with 3', async () => {
    await using folder = await exampleFolder({
      'config/routes/to-voa.yaml': 'from: valuation.report.proposed\nto: vao\n',
    })
    const { code, err } = await run(['status'], { workingFolder: folder.path })
    expect(code).toBe(3)
    expect(err).toContain('routes/to-voa.yaml:2:5 broker.yaml has no adapter labelled "vao".')
  })

  it('that meets something unforeseen ends with 70 and shows nothing of it but its kind, unless asked', async () => {
    const write = async (words: readonly string[]) => {
      const err: string[] = []
      const code = await runCli(words, {
        out: () => Promise.reject(new RangeError('a name and an address')),
        err: (text) => void err.push(text),
        colour: false,
        live: false,
        columns: 80,
        environment: {},
        workingFolder: '/',
        now: () => new Date(),
      })
      return { code, err: err.join('') }
    }
    expect(await write(['list', 'adapters'])).toEqual({
      code: 70,
      err: 'PRV_CLI_UNEXPECTED Something unforeseen happened (RangeError).\nWhat to do: Run the command again with --debug and report what it prints.\n',
    })
    expect((await write(['list', 'adapters', '--debug'])).err).toContain('RangeError: a name and an address\n    at ')
  })
})

describe('the exit code of an error', () => {
  it('follows from what the catalogue says of it', () => {
    expect(exitCodeOf(new PortreeveError('PRV_CLI_USAGE'))).toBe(exitCodes.wrongUse)
    expect(exitCodeOf(new PortreeveError('PRV_ENVELOPE_REFERENCE'))).toBe(exitCodes.wrongUse)
    expect(exitCodeOf(new PortreeveError('PRV_CLI_NOT_KNOWN'))).toBe(exitCodes.problems)
    expect(exitCodeOf(new PortreeveError('PRV_STATE_KEY_NOT_PARKED'))).toBe(exitCodes.problems)
    expect(exitCodeOf(new PortreeveError('PRV_CONFIGURATION_INVALID'))).toBe(exitCodes.badConfiguration)
    expect(exitCodeOf(new PortreeveError('PRV_CLI_FILE_UNREADABLE'))).toBe(exitCodes.unreachable)
    expect(exitCodeOf(new PortreeveError('PRV_BROKER_UNEXPECTED'))).toBe(exitCodes.unexpected)
    expect(exitCodeOf(new TypeError())).toBe(exitCodes.unexpected)
  })
})
