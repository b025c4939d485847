import type { AdapterConfiguration } from './configuration.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import type { YamlSource } from './yaml-source.ts'

const ownFolders = ['inboxFolder', 'answersFolder', 'outFolder', 'returnsFolder']

/**
 * Two adapters that take files from one folder: each would hold the other's files for copies. Told at the second. Paths are
 * absolute by now.
 */
export function lintFolders(adapters: readonly AdapterConfiguration[], source: YamlSource): readonly LintProblem[] {
  return ownFolders.flatMap((key) => {
    const owners = new Map<string, string>()
    return adapters.flatMap(({ label, config }) => {
      const folder = config[key]
      if (typeof folder !== 'string') return []
      const owner = owners.get(folder)
      if (owner === undefined) {
        owners.set(folder, label)
        return []
      }
      return lintError('shared-folder', source.placeOf(['adapters', label, key]), {
        sentence: `${label} has the same ${key} as ${owner}.`,
        remedy: 'Give each adapter a folder of its own.',
      })
    })
  })
}
