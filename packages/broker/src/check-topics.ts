import { existsSync } from 'node:fs'
import type { Configuration } from '@portreeve/configuration'
import { type ErrorJson, isPortreeveError } from '@portreeve/errors'
import type { Log, TopicConfig, TopicDifference } from '@portreeve/log'
import { dataFolder } from './data-folder.ts'
import { openLogBeside } from './engines.ts'
import { topicsOf } from './topics.ts'
import { workerTopics } from './workers/join-workers.ts'

export interface CheckTopicsOptions {
  /** Changes what can be changed. Default: false, changes nothing. */
  readonly fix?: boolean
  /** With `fix`: keys may move to other partitions. Default: false. */
  readonly morePartitions?: boolean
}

/** How the topics of the log stand otherwise than the configuration declares them. */
export interface TopicsCheck {
  readonly differences: readonly TopicDifference[]
  /** What was a difference before `fix`. */
  readonly fixed: readonly TopicDifference[]
  /** Why nothing was looked at: no topic is there yet; a broker has an embedded log, which it has made as declared. */
  readonly unseen?: 'new' | 'at work'
  /** The log could not be opened, or a change was refused. */
  readonly error?: ErrorJson
}

/** Beside a running broker too, where the engine lets several work on a log. */
export async function checkTopics(
  configuration: Configuration,
  options: CheckTopicsOptions = {},
): Promise<TopicsCheck> {
  const folder = dataFolder(configuration.dataFolder).log
  if (configuration.log.engine === 'sqlite' && !existsSync(folder)) return seen({ unseen: 'new' })
  try {
    await using log = await openLogBeside(configuration.log, folder)
    return await compared(log, topicsOn(log, configuration), options)
  } catch (error) {
    if (isPortreeveError(error, 'PRV_LOG_FOLDER_OWNED')) return seen({ unseen: 'at work' })
    if (isPortreeveError(error)) return seen({ error: error.toJSON() })
    throw error
  }
}

async function compared(log: Log, declared: readonly TopicConfig[], options: CheckTopicsOptions): Promise<TopicsCheck> {
  const differences = await log.compareTopics(declared)
  if (differences.filter(({ setting }) => setting === 'topic').length === declared.length)
    return seen({ unseen: 'new' })
  if (!options.fix) return seen({ differences })
  const fixed: TopicDifference[] = []
  for (const difference of differences) {
    const config = declared.find(({ name }) => name === difference.topic)
    const may = difference.change === 'set' || (difference.change === 'moves-keys' && options.morePartitions === true)
    if (!config || !may) continue
    await log.alignTopic(config, difference)
    fixed.push(difference)
  }
  return seen({ fixed, differences: fixed.length === 0 ? differences : await log.compareTopics(declared) })
}

function topicsOn({ capabilities }: Log, configuration: Configuration): readonly TopicConfig[] {
  return [...topicsOf(configuration), ...(capabilities.sharedByProcesses ? workerTopics : [])]
}

function seen(what: Partial<TopicsCheck>): TopicsCheck {
  return { differences: [], fixed: [], ...what }
}
