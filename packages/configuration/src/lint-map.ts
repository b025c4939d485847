import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import { ownContentType } from '@portreeve/mappings'
import type { ConfigurationPlace, DeliveryRoute, MappingConfiguration, RouteBranch } from './configuration.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

/** Whether the mapping that a branch names is there, and takes what the route takes. */
export function lintMap(
  { from }: DeliveryRoute,
  { map }: RouteBranch,
  source: YamlSource,
  path: YamlPath,
  mappings: readonly MappingConfiguration[],
): readonly LintProblem[] {
  if (map === undefined) return []
  const place = source.placeOf(source.has(path) ? path : ['map'])
  const mapping = mappings.find(({ name }) => name === map)
  if (!mapping) {
    const names = mappings.map(({ name }) => name).join(', ') || 'none'
    return [
      lintError('unknown-mapping', place, {
        sentence: `There is no mapping ${map}, or it cannot be read.`,
        remedy: `Write mappings/${map}.yaml, or use one that is there: ${names}.`,
      }),
    ]
  }
  const others = from.filter((type) => type !== mapping.from)
  if (others.length === 0) return []
  return [
    lintError('other-type', place, {
      sentence: `The mapping ${map} maps ${mapping.from}, but the route takes ${others.join(', ')} too.`,
      remedy: 'Write a route for each type, each with a mapping of its own.',
    }),
  ]
}

/** A shape of the council's own goes to the receiver as it is made: it must be of the media type that it takes. */
export function lintForm(
  { map }: RouteBranch,
  { name, acceptsContentType: wanted = 'application/json' }: AdapterDeclaration,
  place: ConfigurationPlace,
  mappings: readonly MappingConfiguration[],
): readonly LintProblem[] {
  return mappings.flatMap((mapping) => {
    const given = mapping.name === map ? ownContentType(mapping) : null
    if (given === null || given === wanted) return []
    return lintError('type-not-accepted', place, {
      sentence: `The mapping ${mapping.name} makes ${given}, but ${name} takes ${wanted}.`,
      remedy: 'Write the mapping in the other language, or route to another receiver.',
    })
  })
}
