import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { onBothEngines, onBothEnginesInFull, onEmbeddedOnly } from '../support/both-engines.ts'
import { anyBroker } from '../support/kafka.ts'
import { root } from '../support/source-files.ts'
import { withoutKafka } from '../support/without-kafka.ts'

it.skipIf(withoutKafka() !== '')(
  `both journeys go as they should with their topics on Kafka${withoutKafka()}`,
  { timeout: 180_000 },
  async () => {
    await using kafka = await anyBroker()
    const words = ['--demo', '--json', '--log', 'kafka', '--brokers', kafka.brokers]
    const child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [told, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit')])
    const { checks }: { checks: readonly { holds: boolean; what: string }[] } = JSON.parse(told)
    expect(checks.filter(({ holds }) => !holds)).toEqual([])
    expect(checks.length).toBeGreaterThan(10)
    expect(exitCode).toBe(0)
  },
)

it('runs every test of the journeys on Kafka, too, but for those that name why not', () => {
  const files = ['test/system', 'test/resilience'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name}`),
  )
  const usesJourneys = /\b(boroughs|journeys|openDoor|TestBorough\.start|doorConfiguration|startOffices)\(/
  const ofJourneys = files.filter((file) => usesJourneys.test(readFileSync(join(root, file), 'utf8')))
  const listed = [...onBothEngines, ...onBothEnginesInFull, ...Object.keys(onEmbeddedOnly)]
  expect(listed.toSorted()).toEqual(ofJourneys.toSorted())
})
