import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import type { CommonOptions } from './invocation.ts'
import type { Terminal } from './terminal.ts'

/** The folder of `--config`, of `PORTREEVE_CONFIG`, or `./config` when it holds a `broker.yaml`; else `undefined`. */
export function findConfiguration({ config }: CommonOptions, terminal: Terminal): string | undefined {
  const named = config ?? terminal.environment.PORTREEVE_CONFIG
  if (named) return resolve(terminal.workingFolder, named)
  const usual = usualFolder(terminal)
  return existsSync(join(usual, 'broker.yaml')) ? usual : undefined
}

/** As `findConfiguration`; throws `PRV_CLI_NO_CONFIGURATION` when there is none. */
export function configurationFolder(options: CommonOptions, terminal: Terminal): string {
  const folder = findConfiguration(options, terminal) ?? usualFolder(terminal)
  if (existsSync(join(folder, 'broker.yaml'))) return folder
  throw new PortreeveError('PRV_CLI_NO_CONFIGURATION', { folder })
}

function usualFolder({ workingFolder }: Terminal): string {
  return resolve(workingFolder, 'config')
}
