import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { commandLinePage } from '@portreeve/cli'
import { editorSchemas } from '@portreeve/configuration'
import { envelopeSchema } from '@portreeve/envelope'
import { canonicalSchemaFiles } from '@portreeve/model'
import { adapterDeclarations } from './adapter-declarations.ts'
import { adapterPage } from './adapter-page.ts'
import { adrIndex, readAdr } from './adr-index.ts'
import { errorsPage } from './errors-page.ts'
import { notice } from './notice.ts'

/** Folders in which every file is generated: what else lies there is left over from an earlier run. */
export const generatedFolders = ['schemas/canonical', 'docs/adapters'] as const

/** Every generated file of the repository: text by path from the root. */
export async function generatedFiles(root: string): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const [name, text] of canonicalSchemaFiles()) files.set(`schemas/canonical/${name}`, text)
  files.set('schemas/envelope.schema.json', json(envelopeSchema()))
  const declarations = await adapterDeclarations(root)
  for (const [name, schema] of editorSchemas(declarations)) files.set(`schemas/${name}.schema.json`, json(schema))
  for (const declaration of declarations) files.set(`docs/adapters/${declaration.name}.md`, adapterPage(declaration))
  files.set('docs/how-to/command-line.md', `${notice}\n\n${commandLinePage()}`)
  files.set('docs/errors.md', errorsPage(errorAreas(root)))
  files.set('docs/adr/README.md', adrIndex(adrsOf(root)))
  return files
}

/** The areas of the error catalogue: one file each. */
export function errorAreas(root: string): string[] {
  return globSync('packages/errors/src/areas/*.ts', { cwd: root })
    .map((path) => basename(path, '.ts'))
    .sort()
}

export function adrsOf(root: string): ReturnType<typeof readAdr>[] {
  const folder = join(root, 'docs', 'adr')
  const names = globSync('[0-9]*.md', { cwd: folder }).sort()
  return names.map((name) => readAdr(name, readFileSync(join(folder, name), 'utf8')))
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
