import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AnyBroker, anyBroker } from '../support/kafka.ts'
import { SeededRandom, seedOfRun } from '../support/seeded-random.ts'
import { withoutKafka } from '../support/without-kafka.ts'
import { TestBorough } from '../system/support/borough.ts'
import { proveBorough } from '../system/support/prove-borough.ts'
import { reportFile } from '../system/support/report-file.ts'
import { testFolder } from '../system/support/test-folder.ts'
import { until } from '../system/support/until.ts'
import { progress, scale } from './support/scale.ts'
import { Worker } from './support/workers.ts'

const seed = seedOfRun()
const rounds = scale(4, 30)
/** A group counts a member out after ten seconds. */
const longerThanSessionMs = 14_000

describe.skipIf(withoutKafka() !== '')(`several workers on one log${withoutKafka()}`, () => {
  let kafka: AnyBroker
  let borough: TestBorough
  const workers: Worker[] = []
  beforeEach(async () => {
    kafka = await anyBroker()
    const folder = await testFolder()
    const refuse = Object.fromEntries(['77', '177', '377'].map((number) => [number, '1006']))
    borough = await TestBorough.start({
      folder,
      startBroker: false,
      maxMessages: 100,
      voa: { refuse },
      log: { engine: 'kafka', brokers: kafka.brokers, prefix: `${basename(folder)}.` },
      sharedFolder: join(folder, 'shared'),
    })
  })
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.kill()
    await borough.remove()
    await kafka.close()
  })

  function worker(name: string): Worker {
    const one = new Worker(borough, name)
    workers.push(one)
    return one
  }

  /** Houses are few, so that many reports have the same key. */
  const someReports = (random: SeededRandom, count: number) =>
    Array.from({ length: count }, () => ({ uprn: `9999000000${random.integer(10, 60)}` }))

  const isTaken = (atLeast: number) => async () => (await borough.takenReports()).length >= atLeast

  it('lose and double nothing while they are added, stopped, killed and frozen', {
    timeout: scale(300_000, 3_600_000),
  }, async () => {
    const random = new SeededRandom(`${seed} workers`)
    const [first, second, third] = [worker('first'), worker('second'), worker('third')]
    await Promise.all([first.start(), second.start()])
    for (let round = 1; round <= rounds; round += 1) {
      const before = (await borough.takenReports()).length
      const count = random.integer(300, 700)
      await borough.drop(`round-${round}.xml`, reportFile({ reports: someReports(random, count) }))
      await until('some of it is at the VOA', isTaken(before + random.integer(1, 200)), { withinMs: 60_000 })
      switch (round % 4) {
        case 1: {
          progress(`round ${round}: the first is killed, a third one joins`)
          await first.kill()
          if (!third.runs) await third.start()
          break
        }
        case 2: {
          progress(`round ${round}: the second is frozen until the others have its share, and goes on`)
          second.freeze()
          await sleep(longerThanSessionMs)
          second.thaw()
          break
        }
        case 3: {
          progress(`round ${round}: the first comes back, the third is stopped`)
          await first.start()
          await third.stop()
          break
        }
        default: {
          progress(`round ${round}: both are killed at once, and come back`)
          await Promise.all([first.kill(), second.kill()])
          await Promise.all([first.start(), second.start()])
        }
      }
    }
    // One that comes with an empty folder looks at what has become of it all.
    await borough.startBroker()
    await borough.settled(scale(90_000, 300_000))
    for (const one of workers) await one.stop()
    await proveBorough(borough)
    const took = workers.map(({ name, told }) => {
      const delivered = told.flatMap((line) => Number(/^delivered (\d+)$/.exec(line)?.[1] ?? 0))
      return [name, delivered.reduce((sum, each) => sum + each, 0)] as const
    })
    console.log(`seed ${seed}: outcomes told by ${took.map((each) => each.join(': ')).join(', ')}`)
    expect(took.filter(([, outcomes]) => outcomes > 0).length, 'workers that have had a share').toBeGreaterThan(1)
  })
})
