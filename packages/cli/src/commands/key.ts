import { PortreeveError } from '@portreeve/errors'
import { Command } from 'commander'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { renderNewKey } from '../render/new-key.ts'

/** As door.apiKeys in broker.yaml takes it. */
const nameForm = /^[a-z][a-z0-9-]{0,39}$/

export function keyCommand(invocation: Invocation): Command {
  const command = new Command('key')
    .summary('keys for the HTTP door: new')
    .description('Keys with which web forms and other programs bring transactions to the HTTP door.')
    .helpCommand(false)
    .addCommand(newKeyCommand(invocation))
  return invocation.giveExamples(command, [['portreeve key new web-forms', 'a key for whoever runs the web forms']])
}

function newKeyCommand(invocation: Invocation): Command {
  const command = new Command('new')
    .description(
      'Makes an API key, shows it once, and says which lines go into broker.yaml. The key itself is kept nowhere: only a hash of it stands in the configuration.',
    )
    .argument('<name>', 'whose key it is: small letters, figures and dashes, a letter first')
    .action((name: string, options: CommonOptions) => newKey(name, invocation, options))
  return invocation.describe(command, [['portreeve key new web-forms', 'a key for whoever runs the web forms']])
}

async function newKey(name: string, invocation: Invocation, options: CommonOptions): Promise<void> {
  if (!nameForm.test(name)) {
    const problem = 'a name has small letters, figures and dashes, a letter first, 40 at most'
    throw new PortreeveError('PRV_CLI_USAGE', { problem, command: 'portreeve key new' })
  }
  const { newApiKey } = await import('@portreeve/gateway')
  const made = { name, ...newApiKey() }
  await invocation.answer(made, () => renderNewKey(made, invocation.look), options)
}
