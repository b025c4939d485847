import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import type { AdapterConfiguration, Configuration } from './configuration.ts'

/** SHA-256, lower-case hex, of each file that adapters' settings name as part of the configuration, by its path from the folder. */
export async function digestsOfFiles(
  { folder, adapters }: Pick<Configuration, 'folder' | 'adapters'>,
  declarations: readonly AdapterDeclaration[],
): Promise<Readonly<Record<string, string>>> {
  const paths = (await Promise.all(adapters.map((adapter) => filesOf(adapter, declarations)))).flat()
  const digests = await Promise.all(
    [...new Set(paths)].sort().map(async (path) => [pathFrom(folder, path), await digestOf(path)]),
  )
  return Object.fromEntries(digests.filter(([, digest]) => digest !== undefined))
}

/** Absolute paths of the files that are part of an adapter's configuration: those in a folder are all part of it. */
export async function filesOf(
  { adapter, config }: AdapterConfiguration,
  declarations: readonly AdapterDeclaration[],
): Promise<readonly string[]> {
  const settings = declarations.find(({ name }) => name === adapter)?.configurationFiles ?? []
  const named = settings.flatMap((setting) => {
    const path = config[setting]
    return typeof path === 'string' && path !== '' ? [path] : []
  })
  return (await Promise.all(named.map(filesAt))).flat()
}

/** None where there is nothing to read: what that means is for the adapter to say. */
async function filesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return [path]
  if (!found?.isDirectory()) return []
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  return entries.flatMap((entry) => (entry.isFile() ? [join(path, entry.name)] : []))
}

async function digestOf(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined)
  return bytes && createHash('sha256').update(bytes).digest('hex')
}

function pathFrom(folder: string, path: string): string {
  const inside = relative(folder, path).replaceAll('\\', '/')
  return inside.startsWith('../') ? path : inside
}
