import { PortreeveError } from '@portreeve/errors'
import { Command } from 'commander'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { checkoutFolder } from '../new-adapter/checkout-folder.ts'
import { makeAdapter } from '../new-adapter/make-adapter.ts'
import { renderNewAdapter } from '../render/new-adapter.ts'

interface NewAdapterOptions extends CommonOptions {
  readonly type: string
  readonly summary?: string
}

/** As `defineAdapter` has it: also a folder, a package and a part of file names. */
const nameForm = /^(?!(sdk|template)$)(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const summaryForm = /^[A-Z][ -~]{4,110}\.$/

export function newAdapterCommand(invocation: Invocation): Command {
  const command = new Command('new')
    .description(
      'Makes an adapter in the checkout of Portreeve that you are in: a folder with every file that the house asks for, and a stand-in of the system. It sends messages over HTTP, passes its contract suite as it is, and is changed from there. It is entered into the lists of the house.',
    )
    .argument('<name>', 'what it is called: small letters, figures and dashes, a letter first')
    .option('--type <type>', 'type of message that it takes', 'customer.address-update.requested')
    .option('--summary <sentence>', 'what it does, in one sentence')
    .action((name: string, options: NewAdapterOptions) => newAdapter(name, invocation, options))
  return invocation.describe(command, [
    ['portreeve adapter new notice-board', 'it takes changes of address'],
    ['portreeve adapter new notice-board --type valuation.report.refused', 'it takes what was refused'],
    ["portreeve adapter new parking --summary 'Parking permits: moves them with their holder.'", 'in your words'],
  ])
}

async function newAdapter(name: string, invocation: Invocation, options: NewAdapterOptions): Promise<void> {
  const { type, summary = `Hands each message over to ${name} as a record.` } = options
  if (!nameForm.test(name)) throw wrongUse('a name has small letters, figures and dashes, a letter first, 40 at most')
  if (!summaryForm.test(summary))
    throw wrongUse('a summary is one sentence: a capital, a full stop, 112 characters at most')
  const { canonicalTypes } = await import('../new-adapter/canonical-type.ts')
  const types = canonicalTypes()
  const accepts = types.find((known) => known.type === type)
  if (!accepts) {
    const advice = `--type with one of ${types.map((known) => known.type).join(', ')}.`
    throw new PortreeveError('PRV_CLI_NOT_KNOWN', { what: 'type', value: type, advice })
  }
  const checkout = checkoutFolder(invocation.terminal.workingFolder)
  const made = await makeAdapter(checkout, { name, summary, accepts })
  await invocation.answer(made, () => renderNewAdapter(made, type, invocation.look), options)
}

function wrongUse(problem: string): PortreeveError {
  return new PortreeveError('PRV_CLI_USAGE', { problem, command: 'portreeve adapter new' })
}
