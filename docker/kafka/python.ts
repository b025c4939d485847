// `npm run kafka:python`: the Python client that tests of interoperability use.
import { pythonWithClient, setUpPythonClient } from './python-client.ts'

const usage = `npm run kafka:python  a Python client of Kafka (confluent-kafka), for the tests that read and write with it

It takes Python 3.11 to 3.13 with venv, on Linux (Debian: apt-get install python3-venv), and goes into .cache/kafka-python.`

if (process.argv.length > 2) {
  console.log(usage)
  process.exit(process.argv[2] === '--help' ? 0 : 2)
}
try {
  await setUpPythonClient()
  console.log(`The Python client of Kafka is there: ${pythonWithClient()}`)
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
  process.exit(1)
}
