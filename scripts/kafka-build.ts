// Builds the native part of the Kafka client, once for a machine, and puts it where it is looked for.
import { parseArgs } from 'node:util'
import { type Built, buildKafkaClient } from './kafka-client/build.ts'
import { unreadable } from './kafka-client/entry.ts'
import { places } from './kafka-client/places.ts'

const usage = `npm run kafka:build             the Kafka client, from what was built before or by this machine's compiler
npm run kafka:build -- --again  compiles it anew, although it was built before

Needed only for topics on Apache Kafka; the embedded log works without. It takes g++, make, python3 and OpenSSL's headers;
with the headers of zlib and zstd it also reads what others have compressed with gzip and zstd (build it again when they came
later). Debian and Ubuntu:
  apt-get install g++ make python3 libssl-dev zlib1g-dev libzstd-dev
The result is kept in .cache/kafka-client and, for the other checkouts of the same user, in
\${XDG_CACHE_HOME:-~/.cache}/portreeve/kafka-client; PORTREEVE_KAFKA_CLIENT_CACHE names a folder to be used instead of both.
Tried on Linux (Debian 12, x64). It is not built on macOS and Windows.`

const { again, help } = understood()
if (help) {
  console.log(usage)
  process.exit(0)
}
try {
  const began = Date.now()
  const at = places()
  const built = await buildKafkaClient(at, { again, say: (line) => console.error(line) })
  if (built !== null) console.log(summary(built, at.version, Date.now() - began))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}

function summary({ from, features }: Built, version: string, tookMs: number): string {
  const how = {
    'its place': 'is there, nothing had to be done',
    cache: 'is ready, as it was built before',
    'shared cache': 'is ready, as another checkout has built it',
    compiler: 'was built',
  }[from]
  const lacking = unreadable(features)
  const limit =
    lacking.length === 0
      ? ''
      : `\nIt cannot read what others have compressed with ${lacking.join(' or ')}; npm run kafka:build -- --help says what helps.`
  return `The Kafka client (node-rdkafka ${version}) ${how}: ${(tookMs / 1000).toFixed(1)} s.${limit}`
}

/** Ends the process when the words make no sense. */
function understood(): { readonly again: boolean; readonly help: boolean } {
  const flag = { type: 'boolean', default: false } as const
  try {
    return parseArgs({ options: { again: flag, help: flag } }).values
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exit(2)
  }
}
