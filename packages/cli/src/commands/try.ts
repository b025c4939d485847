import { resolve } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import { Command } from 'commander'
import { configurationFolder } from '../configuration-folder.ts'
import { exitCodes } from '../exit-codes.ts'
import { listenForInterruption } from '../interruption.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { renderTrial } from '../render/trial.ts'
import { reportError } from '../report-error.ts'
import { type Trial, type TrialOf, tryMapping } from '../trial/mapping-trial.ts'
import { WatchedFiles } from '../trial/watch-files.ts'

interface TryOptions extends CommonOptions {
  readonly watch?: true
}

const clearScreen = '\u001b[2J\u001b[3J\u001b[H'

export function tryCommand(invocation: Invocation): Command {
  const command = new Command('try')
    .summary('show what a mapping makes of a message')
    .description(
      'Maps the message in a file, without sending anything, and says what is wrong: with the mapping, with the message, and with what comes out by its schema.',
    )
    .argument('<mapping>', 'name of a mapping: mappings/<name>.yaml')
    .argument('<file>', 'a message as JSON')
    .option('--watch', 'again whenever the file, the mapping or its script is saved, until Ctrl-C')
    .action((mapping: string, file: string, options: TryOptions) => tryIt(invocation, mapping, file, options))
  return invocation.describe(command, [
    ['portreeve try address-to-crm sample.json', 'the mapping of ./config on a sample'],
    ['portreeve try address-to-crm sample.json --watch', 'beside the editor, while the mapping is written'],
  ])
}

async function tryIt(invocation: Invocation, mapping: string, name: string, options: TryOptions): Promise<void> {
  const { terminal } = invocation
  const folder = configurationFolder(options, terminal)
  await requireName(folder, mapping)
  const { ScriptEngine } = await import('@portreeve/mappings')
  await using engine = new ScriptEngine()
  const of: TrialOf = { folder, mapping, file: resolve(terminal.workingFolder, name), engine }
  if (options.watch) return await follow(invocation, of, options)
  const { trial } = await tryMapping(of)
  if (hasProblems(trial)) invocation.exitCode = exitCodes.problems
  await answer(invocation, trial, options)
}

/** Until Ctrl-C. What is wrong at the moment is told, and waited out. */
async function follow(invocation: Invocation, of: TrialOf, options: TryOptions): Promise<void> {
  const { terminal } = invocation
  using interruption = listenForInterruption()
  using watched = new WatchedFiles()
  const own = [of.file, resolve(of.folder, 'mappings', `${of.mapping}.yaml`)]
  const interrupted = interruption.first.then(() => true)
  watched.watch(own)
  for (let isOver = false; !isOver; isOver = await Promise.race([interrupted, watched.next().then(() => false)])) {
    if (!options.json && terminal.piped !== true) await terminal.out(clearScreen)
    try {
      const { trial, files } = await tryMapping(of)
      watched.watch([...own, ...files])
      await answer(invocation, trial, options)
    } catch (error) {
      reportError(error, terminal, { json: options.json === true, debug: false })
    }
    invocation.remark(invocation.look.style.faint('Waits for the next change; Ctrl-C ends it.'), options)
  }
}

async function answer(invocation: Invocation, trial: Trial, options: TryOptions): Promise<void> {
  await invocation.answer(trial, () => renderTrial(trial, invocation.look), options)
}

function hasProblems({ fault, problems, lint }: Trial): boolean {
  return fault !== null || problems.length > 0 || lint.some(({ severity }) => severity === 'error')
}

async function requireName(folder: string, mapping: string): Promise<void> {
  const { mappingNames } = await import('@portreeve/configuration')
  const names = await mappingNames(folder)
  if (names.includes(mapping)) return
  const advice = names.length > 0 ? names.join(', ') : `write mappings/${mapping}.yaml: docs/how-to/write-a-mapping.md.`
  throw new PortreeveError('PRV_CLI_NOT_KNOWN', { what: 'mapping', value: mapping, advice })
}
