import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import type { Configuration, Route, TopicConfiguration } from '@portreeve/configuration'
import { count, number } from '../text/numbers.ts'
import { table } from '../text/table.ts'
import type { Look } from './look.ts'

export interface ListedAdapter extends Pick<AdapterDeclaration, 'name' | 'status' | 'summary' | 'capabilities'> {
  /** Under which `broker.yaml` has it. */
  readonly labels: readonly string[]
}

/** Adapters that there are, what they can do, and under which labels they are in use. */
export function renderAdapters(adapters: readonly ListedAdapter[], { rowWidth: width }: Look): string {
  const rows = adapters.map(({ name, status, labels, capabilities, summary }) => {
    const able = Object.entries(capabilities).flatMap(([capability, has]) => (has ? [capability] : []))
    return [name, status, labels.join(', ') || '-', able.join(', '), summary]
  })
  return table(rows, { head: ['Adapter', 'Status', 'In use as', 'Can', 'What it is'], width })
}

/** Routes: from which types, through what, to whom. */
export function renderRoutes(routes: readonly Route[], { rowWidth: width }: Look, indent = ''): string {
  if (routes.length === 0) return 'There are no routes: put one into routes/. See docs/how-to/write-a-route.md.'
  const rows = routes.flatMap((route) =>
    route.from.map((type, index) => [index === 0 ? route.name : '', type, index === 0 ? describe(route) : '']),
  )
  return table(rows, { head: ['Route', 'From', 'What happens'], width, indent })
}

function describe(route: Route): string {
  if (route.kind === 'split') return `split by ${route.split}`
  const { maxMessages, maxWaitSeconds } = route.batch
  const branches = route.branches.map(({ when, to }) => `${when === undefined ? '' : 'if it fits '}to ${to.join(', ')}`)
  const batch = maxMessages > 1 ? `, up to ${count(maxMessages, 'message')} or ${maxWaitSeconds} s together` : ''
  return `${route.when === undefined ? '' : 'filtered, '}${branches.join('; else ')}${batch}`
}

export interface ListedTopic extends TopicConfiguration {
  readonly topic: string
  /** Routes that read it. */
  readonly routes: readonly string[]
}

/** Topics of the routes and of `broker.yaml`. */
export function topicsOf({ routes, topics }: Configuration): readonly ListedTopic[] {
  const names = new Set([...routes.flatMap(({ from }) => from), ...topics.keys()])
  return [...names].sort().map((topic) => ({
    topic,
    ...topics.get(topic),
    routes: routes.flatMap(({ name, from }) => (from.includes(topic) ? [name] : [])),
  }))
}

export function renderTopics(topics: readonly ListedTopic[], { rowWidth: width }: Look): string {
  const rows = topics.map(({ topic, partitions = 1, retentionDays, retentionMegabytes, routes }) => [
    topic,
    number(partitions),
    [
      ...(retentionDays === undefined ? [] : [count(retentionDays, 'day')]),
      ...(retentionMegabytes === undefined ? [] : [`${number(retentionMegabytes)} MB a partition`]),
    ].join(', ') || 'for ever',
    routes.join(', '),
  ])
  return table(rows, { head: ['Topic', 'Partitions', 'Kept', 'Read by'], right: [1], width })
}
