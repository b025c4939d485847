import { Command } from 'commander'
import { readConfiguration } from '../configured.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { renderApplied } from '../render/apply.ts'

export function applyCommand(invocation: Invocation): Command {
  const command = new Command('apply')
    .summary('have the broker at work take over the changed configuration')
    .description(
      'Has the running broker take over the configuration as it stands by now, without a restart and all or nothing: it is checked, adapters that are other are opened and tried, what is in hand is finished, and then the work goes on by the new one. The door takes transactions in meanwhile. When anything is wrong, the broker goes on as before, and this says why. SIGHUP does the same.',
    )
    .action(async (options: CommonOptions) => {
      const configuration = await readConfiguration({ ...options, needsSecrets: false }, invocation.terminal)
      const { applyToRunning } = await import('@portreeve/broker')
      const applied = await applyToRunning(configuration)
      await invocation.answer(applied, () => renderApplied(applied, invocation.look), options)
    })
  return invocation.describe(command, [
    ['portreeve apply', 'take over ./config, after a look at portreeve diff'],
    ['portreeve apply --config /etc/portreeve --json', 'for a script: what was taken over'],
  ])
}
