import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openBroker, type TopicsCheck } from '@portreeve/broker'
import { runCli } from '@portreeve/cli'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KafkaCluster, runTool, startKafka } from '../support/kafka.ts'
import { withoutKafka } from '../support/without-kafka.ts'
import { TestBorough } from './support/borough.ts'
import { readBorough } from './support/borough-configuration.ts'

const topic = 'valuation.report.proposed'
const there = `sallowmere.${topic}`
const declared = { partitions: 2, retentionDays: 400, compaction: true, replication: 1 }

describe.skipIf(withoutKafka() !== '')(
  `topics that somebody has changed on the cluster${withoutKafka()}`,
  {
    timeout: 120_000,
  },
  () => {
    let kafka: KafkaCluster
    let borough: TestBorough
    beforeAll(async () => {
      kafka = await startKafka()
      const log = { engine: 'kafka', brokers: kafka.brokers, prefix: 'sallowmere.' } as const
      borough = await TestBorough.start({ log, startBroker: false })
      await borough.configuration()
      await declare(declared)
    })
    afterAll(async () => {
      await borough?.remove()
      await kafka?.close()
    })

    async function declare(words: Readonly<Record<string, unknown>>): Promise<void> {
      const file = join(borough.folder, 'config', 'broker.yaml')
      const text = JSON.parse(await readFile(file, 'utf8'))
      await writeFile(file, JSON.stringify({ ...text, topics: { [topic]: words } }))
    }

    async function configured(...words: readonly string[]): Promise<void> {
      const where = ['--bootstrap-server', kafka.brokers, '--entity-type', 'topics', '--entity-name', there]
      await runTool('kafka.admin.ConfigCommand', [...where, '--alter', ...words])
    }

    /** What `portreeve check` answers, with its exit code. */
    async function check(...words: readonly string[]): Promise<Pick<TopicsCheck, 'unseen'> & Record<string, unknown>> {
      const out: string[] = []
      const config = join(borough.folder, 'config')
      const code = await runCli(['check', '--topics', ...words, '--json', '--config', config], {
        out: async (text) => void out.push(text),
        err: (text) => void out.push(text),
        colour: false,
        live: false,
        columns: 100,
        environment: {},
        workingFolder: borough.folder,
        now: () => new Date(),
      })
      const { topics }: { topics: TopicsCheck } = JSON.parse(out.join(''))
      const brief = (all: TopicsCheck['differences']) =>
        all.map(({ topic: name, setting, declared: wanted, actual, change }) => {
          return [name === topic ? setting : `${name} ${setting}`, wanted, actual, change].join(' | ')
        })
      return { code, ...topics, differences: brief(topics.differences), fixed: brief(topics.fixed) }
    }

    it('are no difference before there are any, nor when a broker has made them', async () => {
      expect(await check()).toMatchObject({ code: 0, unseen: 'new', differences: [] })
      const broker = await openBroker({ configuration: await readBorough(borough.folder, borough.settings) })
      try {
        expect(await check()).toEqual({ code: 0, differences: [], fixed: [] })
      } finally {
        await broker.stop()
      }
      const described = await runTool('kafka.admin.ConfigCommand', [
        ...['--bootstrap-server', kafka.brokers, '--entity-type', 'topics', '--entity-name', there, '--describe'],
      ])
      expect(described).toContain('cleanup.policy=compact,delete')
    })

    it('are shown, and are as declared again when somebody asks for it', async () => {
      await configured('--add-config', 'retention.ms=1000,cleanup.policy=delete,max.message.bytes=5000')
      const found = [
        'cleanup.policy | compact,delete | delete | set',
        'retention.ms | -1 | 1000 | set',
        'max.message.bytes | 1100000 | 5000 | set',
      ]
      expect(await check()).toMatchObject({ code: 1, differences: found, fixed: [] })
      expect(await check('--fix')).toEqual({ code: 0, differences: [], fixed: found })
      expect(await check()).toMatchObject({ code: 0, differences: [] })
    })

    it('get more partitions only when that is said, and lose none', async () => {
      await declare({ ...declared, partitions: 4 })
      const more = 'partitions | 4 | 2 | moves-keys'
      expect(await check('--fix')).toEqual({ code: 1, differences: [more], fixed: [] })
      expect(await check('--fix', '--more-partitions')).toEqual({ code: 0, differences: [], fixed: [more] })
      await declare({ ...declared, partitions: 3 })
      const fewer = 'partitions | 3 | 4 | person'
      expect(await check('--fix', '--more-partitions')).toEqual({ code: 1, differences: [fewer], fixed: [] })
      await declare({ ...declared, partitions: 4 })
    })

    it('have as many copies as a person has given them', async () => {
      await declare({ ...declared, partitions: 4, replication: 3 })
      const copies = 'replication | 3 | 1 | person'
      expect(await check('--fix')).toEqual({ code: 1, differences: [copies], fixed: [] })
      await declare({ ...declared, partitions: 4 })
    })

    it('are made where one is missing among others', async () => {
      await runTool('org.apache.kafka.tools.TopicCommand', [
        ...['--bootstrap-server', kafka.brokers, '--delete', '--topic', 'sallowmere.valuation.submission.split'],
      ])
      const missing = 'valuation.submission.split topic | there | missing | set'
      expect(await check()).toMatchObject({ code: 1, differences: [missing] })
      expect(await check('--fix')).toEqual({ code: 0, differences: [], fixed: [missing] })
    })
  },
)
