import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AdapterDeclaration } from '@portreeve/adapter-sdk'

/** The default export of every adapter package that has one, by name. */
export async function adapterDeclarations(root: string): Promise<AdapterDeclaration[]> {
  const manifests = globSync('adapters/*/package.json', { cwd: root }).sort()
  const declarations: AdapterDeclaration[] = []
  for (const manifest of manifests) {
    if (!existsSync(join(root, dirname(manifest), 'src', 'index.ts'))) continue
    const { name }: { name: string } = JSON.parse(readFileSync(join(root, manifest), 'utf8'))
    const module: { default?: AdapterDeclaration } = await import(name)
    if (module.default) declarations.push(module.default)
  }
  return declarations
}
