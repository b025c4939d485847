import { PortreeveError } from '@portreeve/errors'
import type { ConsumeOptions, RecordPosition } from '@portreeve/log'
import type { GroupPosition } from './protocol.ts'
import type { Share } from './shares.ts'
import type { Thread } from './thread.ts'

/** Questions about groups and retention that need more than one call, or a look at who is running. */
export class Admin {
  readonly #thread: Thread
  readonly #clock: () => number
  readonly #running: ReadonlyMap<object, ConsumeOptions>

  constructor(thread: Thread, clock: () => number, running: ReadonlyMap<object, ConsumeOptions>) {
    this.#thread = thread
    this.#clock = clock
    this.#running = running
  }

  join({ group, topics, startFrom = 'earliest' }: ConsumeOptions): Promise<readonly RecordPosition[]> {
    return this.#thread.call('join', { group, topics, startFrom })
  }

  async position({ group, topic, partition }: Share): Promise<GroupPosition> {
    const positions = await this.#thread.call('positions', group)
    const found = positions.find((position) => position.topic === topic && position.partition === partition)
    return found ?? { topic, partition, offset: 0, metadata: null }
  }

  async seek(group: string, position: RecordPosition): Promise<void> {
    for (const running of this.#running.values()) {
      if (running.group === group && running.topics.includes(position.topic)) {
        throw new PortreeveError('PRV_LOG_GROUP_RUNNING', { group, topic: position.topic })
      }
    }
    await this.#thread.call('seek', { group, position })
  }

  enforceRetention(hold: { groups: readonly string[]; positions: readonly RecordPosition[] }): Promise<number> {
    return this.#thread.call('enforceRetention', { ...hold, now: this.#clock() })
  }
}
