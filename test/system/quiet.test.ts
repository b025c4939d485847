import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { root } from '../support/source-files.ts'

/** Both journeys of the borough, as `npm start -- --demo` plays them. */
async function demo(...options: readonly string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), '--demo', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '' },
  })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, stdout, stderr }
}

/** The time, and what came in or what became of it: what fails is told otherwise. */
const toldOnPurpose = /^\d\d:\d\d:\d\d {2}\S+ (accepted from|came before:|split:|refused as a whole:|\d+ messages? \w)/

it('runs both journeys without a word but the answer', async () => {
  const { code, stdout, stderr } = await demo('--json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const { checks } = JSON.parse(stdout) as { checks: readonly { holds: boolean }[] }
  expect(checks.length).toBeGreaterThan(5)
  expect(checks.filter(({ holds }) => !holds)).toEqual([])
})

it('tells a person what comes in and goes out, line by line, and nothing besides', async () => {
  const { code, stdout, stderr } = await demo()
  expect(code).toBe(0)
  expect(stderr).toMatch(/^Two journeys: [^\n]+\n\n$/)
  const [told = ''] = stdout.split('\n\n')
  const lines = told.split('\n')
  expect(lines.length).toBeGreaterThan(20)
  expect(lines.filter((line) => !toldOnPurpose.test(line))).toEqual([])
})
