import { execFile } from 'node:child_process'
import { java, kafkaClasspath } from './jars.ts'

const quickStart = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:-UsePerfData']

/**
 * Runs one of Kafka's own programs, by the name of its class, such as `org.apache.kafka.tools.TopicCommand`; answers what it
 * wrote to its standard output, as text or, with `latin1`, a character for each byte. Rejects with what it wrote when it fails.
 */
export async function runTool(
  mainClass: string,
  words: readonly string[],
  input: string | Uint8Array = '',
  encoding: 'utf8' | 'latin1' = 'utf8',
): Promise<string> {
  const classpath = await kafkaClasspath()
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 256 * 1024 * 1024, encoding }
    const all = ['-Xmx256m', ...quickStart, '-cp', classpath, mainClass, ...words]
    const child = execFile(java, all, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${mainClass} failed: ${stdout}${stderr}`.slice(0, 10_000)))
      else resolve(stdout)
    })
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}
