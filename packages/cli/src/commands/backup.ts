import { resolve } from 'node:path'
import { Command } from 'commander'
import { readConfiguration } from '../configured.ts'
import { exitCodes } from '../exit-codes.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { renderBackup } from '../render/backup.ts'

interface BackupOptions extends CommonOptions {
  readonly check: boolean
}

export function backupCommand(invocation: Invocation): Command {
  const command = new Command('backup')
    .summary('copy the data folder, of a broker at work too')
    .description(
      'Copies what lies in the data folder to a folder that is not there yet, and reads through the copy. The broker may run, and goes on: the copy is of one instant, and has whatever was acknowledged before. Personal data, and the secret of the status addresses. The configuration and its secrets are not in it.',
    )
    .argument('<folder>', 'where to: a folder that is not there yet, best on another disk')
    .option('--no-check', 'do not read through the copy')
    .action((folder: string, options: BackupOptions) => backup(folder, invocation, options))
  return invocation.describe(command, [
    ['portreeve backup /srv/backups/2026-11-23', 'every night, by a timer'],
    ['portreeve backup /mnt/usb/before-upgrade --no-check', 'when time is short'],
  ])
}

async function backup(folder: string, invocation: Invocation, options: BackupOptions): Promise<void> {
  const { terminal } = invocation
  const configuration = await readConfiguration({ ...options, needsSecrets: false }, terminal)
  const { backUp } = await import('@portreeve/broker')
  const to = resolve(terminal.workingFolder, folder)
  const made = await backUp({ configuration, to, check: options.check, now: terminal.now })
  if (made.problems?.length) invocation.exitCode = exitCodes.problems
  await invocation.answer(made, () => renderBackup(made, invocation.look), options)
}
