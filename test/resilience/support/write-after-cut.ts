import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SeededRandom } from '../../support/seeded-random.ts'
import { keptOf, type TracedFile } from './traced-file.ts'
import { type NameChange, TracedFolder } from './traced-folder.ts'

/** Writes the files and folders that a power cut leaves of `root`. */
export function writeAfterCut(root: TracedFolder, random: SeededRandom, into: string): void {
  const kept = keptNames(root, random)
  const write = (folder: TracedFolder, path: string) => {
    mkdirSync(path, { recursive: true })
    for (const [name, node] of folder.afterCut(kept)) {
      if (node instanceof TracedFolder) write(node, join(path, name))
      else writeFile(node, join(path, name), random)
    }
  }
  write(root, into)
}

function writeFile(file: TracedFile, path: string, random: SeededRandom): void {
  writeFileSync(path, file.afterCut(random))
}

function keptNames(root: TracedFolder, random: SeededRandom): ReadonlySet<NameChange> {
  const kept = new Set<NameChange>()
  const folders = new Set([root])
  // Grows while it is walked.
  for (const folder of folders) {
    const changes = folder.pending()
    const isKept = keptOf(changes.length, random)
    for (const [i, change] of changes.entries()) {
      if (isKept(i)) {
        kept.add(change)
        if (change.needs) kept.add(change.needs.change)
      }
      if (change.add?.node instanceof TracedFolder) folders.add(change.add.node)
    }
    for (const node of folder.names.values()) if (node instanceof TracedFolder) folders.add(node)
  }
  return kept
}
