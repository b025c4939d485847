import { isLoopback } from '@portreeve/formats'
import { type LintProblem, lintError, lintWarning } from './lint-problem.ts'
import type { BrokerFile } from './schema.ts'
import type { YamlSource } from './yaml-source.ts'

/** A door that more can reach than may use it, or through which personal data would go in clear. */
export function lintDoor(door: BrokerFile['door'], source: YamlSource): readonly LintProblem[] {
  if (!door) return []
  const { listen, publicUrl, apiKeys = [] } = door
  return [...reach(listen, publicUrl, apiKeys.length > 0, source), ...sameKeyTwice(apiKeys, source)]
}

function reach(
  listen: string | undefined,
  publicUrl: string | undefined,
  hasKeys: boolean,
  source: YamlSource,
): readonly LintProblem[] {
  const staysHere = listen === undefined || isLoopback(listen)
  if (!staysHere && !hasKeys) {
    return [
      lintError('open-door', source.placeOf(['door', 'listen']), {
        sentence: `The door listens at ${listen}, and whoever reaches it could bring transactions without a key.`,
        remedy: 'Make a key with portreeve key new and put its lines under apiKeys, or listen at 127.0.0.1.',
      }),
    ]
  }
  if (!hasKeys) {
    return [
      lintWarning('open-door', source.placeOf(['door'], 'key'), {
        sentence: 'The door has no keys: every program on this machine may bring transactions.',
        remedy: 'Make a key with portreeve key new and put its lines under apiKeys.',
      }),
    ]
  }
  if (staysHere || publicUrl?.startsWith('https:')) return []
  return [
    lintWarning('open-door', source.placeOf(['door', 'listen']), {
      sentence: `The door listens at ${listen} without encryption: personal data and keys could be read on the way.`,
      remedy: 'Put a reverse proxy with TLS before it and say its address in publicUrl: https://…',
    }),
  ]
}

function sameKeyTwice(apiKeys: readonly { readonly hash: string }[], source: YamlSource): readonly LintProblem[] {
  return apiKeys.flatMap(({ hash }, index) =>
    apiKeys.findIndex((other) => other.hash === hash) === index
      ? []
      : lintError('bad-value', source.placeOf(['door', 'apiKeys', index, 'hash']), {
          sentence: 'The same key stands here a second time.',
          remedy: 'Take it out, or make another with portreeve key new.',
        }),
  )
}
