import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TracedFolder } from './traced-folder.ts'

/** Throws when the model of a folder holds anything else than the folder itself: then it has not seen all. */
export function compareWith(path: string, folder: TracedFolder): void {
  const [found, modelled] = [readdirSync(path).sort().join(), [...folder.names.keys()].sort().join()]
  if (found !== modelled) throw new TypeError(`${path} has ${found}, the model has ${modelled}`)
  for (const [name, node] of folder.names) {
    if (node instanceof TracedFolder) {
      compareWith(join(path, name), node)
      continue
    }
    const content = readFileSync(join(path, name))
    node.programEnded(content)
    if (!node.content().equals(content)) throw new TypeError(`${join(path, name)} is not as the model has it`)
  }
}
