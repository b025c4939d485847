import type { Configuration, Route } from '@portreeve/configuration'

const longestWaitSeconds = 0.1

/** The configuration, but with an order of its own for everything, and without waits that only spare others. */
export function trialOf(configuration: Configuration, dataFolder: string): Configuration {
  const topics = [...configuration.topics].map(([name, topic]) => [name, { ...topic, partitions: 1 }] as const)
  const routes = configuration.routes.map(hurried)
  return { ...configuration, dataFolder, diskAlarmMegabytes: 0, topics: new Map(topics), routes }
}

function hurried(route: Route): Route {
  if (route.kind === 'split') return route
  const { maxMessages, maxWaitSeconds } = route.batch
  const { maxPerMinute: _, ...limits } = route.limits
  return { ...route, batch: { maxMessages, maxWaitSeconds: Math.min(maxWaitSeconds, longestWaitSeconds) }, limits }
}
