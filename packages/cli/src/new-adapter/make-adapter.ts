import { existsSync, globSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import { fileFault } from '../file-fault.ts'
import { houseLists } from './house-lists.ts'
import { type NewAdapter, templateText } from './template-text.ts'

const template = 'packages/adapter-template'

export interface MadeAdapter {
  readonly name: string
  /** From the root of the checkout. */
  readonly folder: string
  readonly files: readonly string[]
  /** Lists of the house that know it now. */
  readonly registeredIn: readonly string[]
  /** Lists that do not look as expected, and what to write there by hand. */
  readonly toRegister: readonly { readonly path: string; readonly line: string }[]
}

/**
 * Makes `adapters/<name>` in a checkout and enters it into the lists of the house. Throws `PRV_CLI_ADAPTER_EXISTS`, and
 * `PRV_CLI_CHECKOUT_UNWRITABLE` when a file cannot be read or written; the folder is there whole or not at all.
 */
export async function makeAdapter(checkout: string, adapter: NewAdapter): Promise<MadeAdapter> {
  const { name } = adapter
  const folder = `adapters/${name}`
  if (existsSync(join(checkout, folder))) throw new PortreeveError('PRV_CLI_ADAPTER_EXISTS', { folder })
  const unfinished = join(checkout, 'adapters', `.${name}.part`)
  try {
    const files = newFiles(checkout, adapter)
    const lists = houseLists(adapter).map((list) => {
      const text = readFileSync(join(checkout, list.path), 'utf8')
      return { list, text, added: list.added(text) }
    })
    for (const [path, text] of files) {
      await mkdir(dirname(join(unfinished, path)), { recursive: true })
      await writeFile(join(unfinished, path), text)
    }
    await rename(unfinished, join(checkout, folder))
    for (const { list, added } of lists) if (added !== null) await writeFile(join(checkout, list.path), added)
    return {
      name,
      folder,
      files: [...files.keys()].sort(),
      registeredIn: lists.flatMap(({ list, added }) => (added === null ? [] : list.path)),
      toRegister: lists.flatMap(({ list: { path, line }, added }) => (added === null ? { path, line } : [])),
    }
  } catch (cause) {
    await rm(unfinished, { recursive: true, force: true })
    throw new PortreeveError('PRV_CLI_CHECKOUT_UNWRITABLE', { folder, why: fileFault(cause) }, { cause })
  }
}

/** Text by path from the adapter's folder. */
function newFiles(checkout: string, adapter: NewAdapter): ReadonlyMap<string, string> {
  const from = join(checkout, template)
  const paths = globSync(['package.json', 'src/**/*.ts', 'golden/*/*'], { cwd: from }).map((path) =>
    path.replaceAll('\\', '/'),
  )
  const files = new Map(paths.map((path) => [path, templateText(readFileSync(join(from, path), 'utf8'), adapter)]))
  const example = readFileSync(
    join(checkout, 'test/documentation/golden/canonical', adapter.accepts.folder, 'message.json'),
    'utf8',
  )
  const expected: object = JSON.parse(files.get('golden/first/expected.json') ?? '{}')
  files.set('golden/first/input.json', example)
  files.set('golden/first/expected.json', `${JSON.stringify({ ...expected, details: JSON.parse(example) }, null, 2)}\n`)
  return files
}
