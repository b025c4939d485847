import { type ErrorCode, PortreeveError } from '@portreeve/errors'
import type { Log } from '@portreeve/log'
import type { State } from '@portreeve/state'
import type { Consequence } from '../operations.ts'
import { isReplayGroup } from '../replay/replay-topic.ts'
import { newTopicsOf, recordsIn, waitingFor } from '../settle-groups.ts'
import type { Plan } from './plan.ts'

export interface ForeseeParts {
  readonly log: Log
  readonly state: State
  /** Names of the consumer groups at work now. */
  readonly present: ReadonlySet<string>
}

/** What a start, or an apply, would do to what lies in the data folder, or refuse. Nothing is changed. */
export async function foresee(plan: Plan, parts: ForeseeParts): Promise<readonly Consequence[]> {
  return [
    ...(await groupsToCome(plan, parts)),
    ...(await groupsGone(plan, parts)),
    ...(await topics(plan, parts)),
    ...processes(plan, parts),
  ]
}

async function groupsToCome({ groups }: Plan, { log }: ForeseeParts): Promise<readonly Consequence[]> {
  const existing = new Set((await log.topics()).map(({ name }) => name))
  const found: Consequence[] = []
  for (const { name, topics, startFrom } of groups) {
    for (const topic of await newTopicsOf(log, { name, topics, startFrom })) {
      const messages = existing.has(topic) ? recordsIn(await log.ranges(topic)) : 0
      const about = { kind: 'receiver-new', name, messages } as const
      if (messages === 0 || startFrom === 'beginning') {
        const there = messages === 0 ? '' : `, and the ${messages} that are there already`
        found.push({ ...about, refusal: null, sentence: `${name} gets what comes as ${topic} from now on${there}.` })
      } else found.push(refused(about, 'PRV_BROKER_RECEIVER_NEW', { receiver: name, topic, messages }))
    }
  }
  return found
}

async function groupsGone({ groups, retired }: Plan, { log, present }: ForeseeParts): Promise<readonly Consequence[]> {
  const wanted = new Set(groups.map(({ name }) => name))
  const found: Consequence[] = []
  for (const name of await log.groups()) {
    if (wanted.has(name) || isReplayGroup(name)) continue
    const messages = await waitingFor(log, name)
    const about = { kind: 'receiver-gone', name, messages } as const
    if (messages > 0 && !retired.includes(name)) {
      found.push(refused(about, 'PRV_BROKER_RECEIVER_GONE', { receiver: name, waiting: messages }))
    } else if (present.has(name)) {
      const left = messages === 0 ? 'nothing waits for it' : `${messages} messages that wait for it stay unsent`
      found.push({ ...about, refusal: null, sentence: `${name} is gone; ${left}.` })
    }
  }
  return found
}

async function topics(plan: Plan, { log }: ForeseeParts): Promise<readonly Consequence[]> {
  const existing = new Map((await log.topics()).map(({ name, partitions }) => [name, partitions]))
  return plan.topics.flatMap(({ name: topic, partitions: wanted }) => {
    const found = existing.get(topic)
    if (found === undefined || found === wanted) return []
    return [refused({ kind: 'topic', name: topic, messages: 0 }, 'PRV_LOG_TOPIC_PARTITIONS', { topic, found, wanted })]
  })
}

function processes(plan: Plan, { state }: ForeseeParts): readonly Consequence[] {
  return state.processes
    .counts()
    .filter(({ process }) => !plan.processes.includes(process))
    .map(({ process, open }) =>
      refused({ kind: 'process-gone', name: process, messages: open }, 'PRV_BROKER_PROCESS_GONE', { process, open }),
    )
}

function refused(
  about: Pick<Consequence, 'kind' | 'name' | 'messages'>,
  code: ErrorCode,
  details: Readonly<Record<string, string | number>>,
): Consequence {
  const { message, remedy } = new PortreeveError(code, details)
  return { ...about, refusal: code, sentence: `${message} ${remedy}` }
}
