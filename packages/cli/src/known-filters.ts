import type { SearchQuery } from '@portreeve/broker'
import { type Configuration, publishedTypes } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'

interface Known {
  readonly configuration: Configuration
  /** What there is to tell of, by its counts: the receivers and types of routes that are gone count too. */
  readonly status: {
    readonly receivers: readonly { readonly receiver: string }[]
    readonly counts: readonly { readonly receiver: string; readonly type: string }[]
  }
}

/** Throws `PRV_CLI_USAGE` for a receiver or a type that nothing has ever been called: nothing found would mislead. */
export async function requireKnownFilters(
  { receiver, type }: Pick<SearchQuery, 'receiver' | 'type'>,
  { configuration, status: { receivers, counts } }: Known,
): Promise<void> {
  const { adapters: declarations } = await import('@portreeve/broker')
  const { adapters, routes, door } = configuration
  requireOneOf(
    'receiver',
    receiver,
    [...receivers, ...counts].map((counted) => counted.receiver),
  )
  requireOneOf('type', type, [
    ...publishedTypes(routes, { adapters, declarations, ...(door && { door }) }),
    ...counts.map((counted) => counted.type),
  ])
}

function requireOneOf(what: 'receiver' | 'type', given: string | undefined, known: readonly string[]): void {
  if (given === undefined || known.includes(given)) return
  const names = [...new Set(known)].sort()
  const problem = `there is no ${what} "${given}"; ${names.length === 0 ? 'there are none' : `use one of ${names.join(', ')}`}`
  throw new PortreeveError('PRV_CLI_USAGE', { problem, command: 'portreeve list' })
}
