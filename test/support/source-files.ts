import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string
  readonly text: string
}

export interface Package {
  /** Without the scope: `log-sqlite`. */
  readonly name: string
  readonly folder: string
  readonly dependencies: readonly string[]
  readonly exports: Readonly<Record<string, string | null>>
  readonly files: readonly SourceFile[]
}

/** All packages of the workspace with every TypeScript file in them. */
export function packages(): readonly Package[] {
  return globSync(['packages/*/package.json', 'adapters/*/package.json'], { cwd: root })
    .sort()
    .map((manifest) => {
      const folder = slashes(dirname(manifest))
      const json = JSON.parse(readFileSync(join(root, manifest), 'utf8'))
      return {
        name: json.name.replace('@portreeve/', ''),
        folder,
        dependencies: Object.keys(json.dependencies ?? {}),
        exports: json.exports ?? {},
        files: sourceFiles(`${folder}/**/*.ts`),
      }
    })
}

/** Files by pattern, from the root; `node_modules` left out. */
export function sourceFiles(pattern: string): readonly SourceFile[] {
  return globSync(pattern, { cwd: root, exclude: ['**/node_modules/**'] })
    .map(slashes)
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** Every module that a file names: imports, type-only ones, re-exports, dynamic imports. */
export function importsOf(file: SourceFile): readonly string[] {
  const pattern = /(?:^|[\s;])(?:import|export)\s[^'";]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g
  const names = [...file.text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '')
  // A text that writes an import for somebody else imports nothing.
  return names.filter((name) => !name.includes('${'))
}

function slashes(path: string): string {
  return relative('.', path).split(sep).join('/')
}
