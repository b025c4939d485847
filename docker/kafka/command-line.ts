import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ParseArgsConfig, parseArgs } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What the words of a command say. Ends the process with the usage when it is asked for (0), or the words make no sense (2). */
export function understood<const T extends NonNullable<ParseArgsConfig['options']>>(usage: string, options: T) {
  try {
    const { values } = parseArgs({ args: process.argv.slice(2), options: { ...options, help: { type: 'boolean' } } })
    if (!('help' in values && values.help)) return values
    console.log(usage)
  } catch (error) {
    fail(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`, 2)
  }
  process.exit(0)
}

/** Where the data lie; a relative path is one from the root of the checkout. */
export function dataFolder(given = 'data/kafka'): string {
  return isAbsolute(given) ? given : join(root, given)
}

export function fail(text: string, code = 1): never {
  console.error(text)
  process.exit(code)
}
