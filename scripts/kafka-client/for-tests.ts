import { buildKafkaClient } from './build.ts'
import { whyNotHere } from './needs.ts'
import { places } from './places.ts'

/**
 * Has the Kafka client ready for the tests that need it: from a cache, or by the compiler if there is one and tests of Kafka are
 * among those that were asked for. Without it the others run all the same; what is lacking is said in a line.
 */
export async function offerKafkaClient(paths: readonly string[], required: readonly string[]): Promise<void> {
  const isWanted =
    paths.length === 0 || paths.some((path) => path.includes('kafka')) || required.includes('the Kafka client')
  try {
    const fault = whyNotHere()
    const built = await buildKafkaClient(places(), {
      mayCompile: isWanted && fault === null,
      say: (line) => console.error(line),
    })
    if (built === null && isWanted) throw new Error(fault ?? 'The Kafka client was not built.')
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    console.error('Tests that need the Kafka client are skipped.')
  }
}
