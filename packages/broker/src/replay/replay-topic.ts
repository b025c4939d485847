/** What people have decided about replays, and how far these are. */
export const replayTopic = 'portreeve.replay.recorded'

const prefix = 'replay:'

/** The consumer group by which a replay reads what it repeats. */
export function replayGroup(replay: string): string {
  return `${prefix}${replay}`
}

export function isReplayGroup(group: string): boolean {
  return group.startsWith(prefix)
}
