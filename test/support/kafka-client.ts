import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What stands in the title of a test that is skipped where the client's native part has not been built. */
export const needsKafkaClient = ' [needs the Kafka client]'

let answer: string | null | undefined

/** Why the client cannot be loaded here, in a sentence, which is also written to the console once; `null` when it can. */
export function whyNoKafkaClient(): string | null {
  if (answer === undefined) {
    answer = findFault()
    if (answer !== null) console.warn(`No Kafka client: ${answer}. npm run kafka:build builds it.`)
  }
  return answer
}

/** Looks once per test file, in a process of its own: a damaged one takes down who loads it. */
export function kafkaClientIsBuilt(): boolean {
  return whyNoKafkaClient() === null
}

function findFault(): string | null {
  const from = fileURLToPath(new URL('../../packages/log-kafka/package.json', import.meta.url))
  const script = "require('node:module').createRequire(process.argv[1])('node-rdkafka')"
  const { status, stderr } = spawnSync(process.execPath, ['-e', script, from], { encoding: 'utf8' })
  if (status === 0) return null
  return /^\w*Error: (.*)/m.exec(stderr)?.[1] ?? 'it takes the process down that loads it'
}
