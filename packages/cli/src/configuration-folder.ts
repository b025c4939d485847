import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import type { CommonOptions } from './invocation.ts'
import type { Terminal } from './terminal.ts'

/**
 * The folder of `--config`, of `PORTREEVE_CONFIG` or `./config`, for a command that can do without one: `undefined` when
 * it holds no `broker.yaml`, unless `--config` named it for this very command.
 */
export function findConfiguration(options: CommonOptions, terminal: Terminal): string | undefined {
  const folder = folderOf(options, terminal)
  return options.config || existsSync(join(folder, 'broker.yaml')) ? folder : undefined
}

/** The same folder, for a command that needs it; throws `PRV_CLI_NO_CONFIGURATION` when it holds no `broker.yaml`. */
export function configurationFolder(options: CommonOptions, terminal: Terminal): string {
  const folder = folderOf(options, terminal)
  if (existsSync(join(folder, 'broker.yaml'))) return folder
  throw new PortreeveError('PRV_CLI_NO_CONFIGURATION', { folder })
}

function folderOf({ config }: CommonOptions, { environment, workingFolder }: Terminal): string {
  return resolve(workingFolder, config || environment.PORTREEVE_CONFIG || 'config')
}
