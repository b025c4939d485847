// Runs vitest, then says in one line what passed, failed and was skipped, and which parts this machine lacks.
//   npm test                         every test that the machine can run
//   npm test -- packages/log         some of them
//   npm test -- --project "on Kafka" the tests of the journeys, with their topics on Kafka
//   npm test -- --require "a JDK"    fails when a test that needs this was skipped (repeatable)
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { offerKafkaClient } from './kafka-client/for-tests.ts'

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly success: boolean
  readonly testResults: readonly {
    name: string
    message?: string
    status: string
    assertionResults: readonly Assertion[]
  }[]
}

interface Assertion {
  readonly fullName: string
  readonly status: 'passed' | 'failed' | 'pending' | 'skipped' | 'todo' | 'disabled'
}

const root = fileURLToPath(new URL('..', import.meta.url))
const usage = `npm test                         every test that this machine can run
npm test -- packages/log         those whose path has this in it
npm test -- --project "on Kafka" the tests of the journeys, with their topics on Kafka
npm test -- --require "a JDK"    fails when a test that needs this was skipped (repeatable)`
const { values, positionals } = understood(process.argv.slice(2))
if (values.help) {
  console.log(usage)
  process.exit(0)
}

await offerKafkaClient(positionals, values.require)

const reportFile = join(root, '.cache', 'test-report.json')
mkdirSync(join(root, '.cache'), { recursive: true })
rmSync(reportFile, { force: true })
const vitest = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    ...values.project.flatMap((name) => ['--project', name]),
    ...positionals,
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' } },
)

let report: Report
try {
  report = JSON.parse(readFileSync(reportFile, 'utf8'))
} catch (error) {
  console.error(`vitest left no report (exit code ${vitest.status}): ${String(error)}`)
  process.exit(1)
}
if (report.testResults.length === 0) {
  console.error(`There is no test whose path has ${positionals.join(' or ')} in it.`)
  process.exit(1)
}
const skipped = report.testResults
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ status }) => status !== 'passed' && status !== 'failed')
  .map(({ fullName }) => ({ fullName, needs: /\[needs ([^\]]+)\]/.exec(fullName)?.[1] }))
const faults: string[] = []

const lacking = new Set(skipped.flatMap(({ needs }) => (needs === undefined ? [] : [needs])))
for (const part of lacking) {
  const number = skipped.filter(({ needs }) => needs === part).length
  console.log(`skipped ${number} ${number === 1 ? 'test that needs' : 'tests that need'} ${part}`)
  if (values.require.includes(part)) faults.push(`${part} is required here, but tests that need it were skipped`)
}
for (const { fullName, needs } of skipped) {
  if (needs === undefined) faults.push(`skipped without saying what it needs: ${fullName}`)
}
for (const suite of report.testResults) {
  if (suite.status === 'failed' && !suite.assertionResults.some(({ status }) => status === 'failed')) {
    faults.push(`${suite.name} could not be run: ${suite.message?.split('\n')[0] ?? ''}`)
  }
}
for (const fault of faults) console.error(fault)
const failed = report.numFailedTests + faults.length
console.log(`${report.numPassedTests} passed, ${failed} failed, ${skipped.length} skipped`)
process.exit(failed === 0 && vitest.status === 0 && report.numPassedTests > 0 ? 0 : 1)

/** Ends the process when the words make no sense. */
function understood(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        require: { type: 'string', multiple: true, default: [] },
        project: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exit(2)
  }
}
