import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Configuration, TopicConfiguration } from '@portreeve/configuration'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkTopics } from './check-topics.ts'
import { makeDataFolder } from './data-folder.ts'
import { topicsOf } from './topics.ts'

const topic = 'valuation.report.proposed'
const dayMs = 86_400_000

describe('topics of an embedded log', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portreeve-topics-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  function configured(kept: TopicConfiguration): Configuration {
    const place = { file: 'broker.yaml', line: 1, column: 1 }
    return {
      folder,
      dataFolder: join(folder, 'data'),
      log: { engine: 'sqlite' },
      authority: { code: 'X99000001', name: 'Borough of Sallowmere' },
      diskAlarmMegabytes: 0,
      adapters: [],
      processes: [],
      quality: [],
      mappings: [],
      routes: [{ kind: 'split', name: 'split', from: [topic], split: 'voa', place }],
      topics: new Map([[topic, kept]]),
      retired: [],
      record: {
        version: '',
        broker: { adapters: {} },
        routes: {},
        processes: {},
        quality: {},
        mappings: {},
        files: {},
      },
    }
  }

  /** The topics, made as a broker does it. */
  async function made(kept: TopicConfiguration) {
    const configuration = configured(kept)
    const { log } = await makeDataFolder(configuration.dataFolder)
    const opened = await openSqliteLog({ folder: log })
    for (const config of topicsOf(configuration)) await opened.createTopic(config)
    return opened
  }

  it('are not looked at before there are any, nor while a broker has them', async () => {
    expect(await checkTopics(configured({}))).toEqual({ unseen: 'new', differences: [], fixed: [] })
    await using log = await made({})
    expect(log.capabilities.compaction).toBe(false)
    expect(await checkTopics(configured({ retentionDays: 1 }))).toMatchObject({ unseen: 'at work', differences: [] })
  })

  it('are compared with their declarations, and kept as long as declared when somebody asks for it', async () => {
    await (await made({ partitions: 2 })).close()
    const changed = configured({ partitions: 3, retentionDays: 1 })
    const partitions = { topic, setting: 'partitions', declared: '3', actual: '2', change: 'person' }
    const kept = { topic, setting: 'retentionMs', declared: `${dayMs}`, actual: 'no limit', change: 'set' }
    expect(await checkTopics(changed)).toEqual({ differences: [partitions, kept], fixed: [] })
    const fixed = await checkTopics(changed, { fix: true, morePartitions: true })
    expect(fixed).toEqual({ differences: [partitions], fixed: [kept] })
    expect(await checkTopics(configured({ partitions: 2, retentionDays: 1 }))).toEqual({ differences: [], fixed: [] })
  })
})
