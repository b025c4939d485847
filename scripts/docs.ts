// Writes every generated file: schemas, error pages, adapter pages, indexes. Says what changed.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generatedFiles, generatedFolders } from './documentation/generated-files.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const files = await generatedFiles(root)
let changed = 0

for (const [path, text] of files) {
  const target = join(root, path)
  if (present(target) === text) continue
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, text)
  console.log(`wrote    ${path}`)
  changed++
}

for (const path of globSync(
  generatedFolders.map((folder) => `${folder}/*`),
  { cwd: root },
)) {
  if (files.has(path.replaceAll('\\', '/'))) continue
  rmSync(join(root, path))
  console.log(`removed  ${path}`)
  changed++
}

console.log(`${files.size} generated files, ${changed} changed`)

function present(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
