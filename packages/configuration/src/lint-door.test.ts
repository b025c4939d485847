import { expect, it } from 'vitest'
import { goodBroker, lint, load } from './testing/lint-example.ts'

const key = (digit: string) => `{ name: forms, hash: 'sha256:${digit.repeat(64)}' }`
const withDoor = (door: string) => lint({ 'broker.yaml': `${goodBroker}door: ${door}\n` })

it('opens a door for this machine alone unless told otherwise, with its limits', async () => {
  const { configuration } = await load({ 'broker.yaml': `${goodBroker}door: { port: 8080, apiKeys: [${key('a')}] }\n` })
  expect(configuration?.door).toEqual({
    listen: '127.0.0.1',
    port: 8080,
    apiKeys: [{ name: 'forms', hash: `sha256:${'a'.repeat(64)}` }],
    maxBodyBytes: 65_536,
    timeoutSeconds: 30,
  })
})

it('opens no door that is not configured', async () => {
  expect((await load({})).configuration).not.toHaveProperty('door')
})

it.each(['0.0.0.0', '"::"', '192.0.2.7'])(
  'refuses a door without keys that others can reach, at %s',
  async (listen) => {
    const [problem, ...more] = await withDoor(`{ port: 8080, listen: ${listen} }`)
    expect(problem).toMatch(/^broker\.yaml:13:\d+ open-door: The door listens at .* without a key\./)
    expect(more).toEqual([])
  },
)

it.each(['{ port: 8080 }', '{ port: 8080, listen: "::1" }'])(
  'warns of a door without keys even where only this machine reaches it: %s',
  async (door) => {
    expect(await withDoor(door)).toEqual([
      'broker.yaml:13:1 warning open-door: The door has no keys: every program on this machine may bring transactions. | Make a key with portreeve key new and put its lines under apiKeys.',
    ])
  },
)

it('warns of a door that others reach without encryption, unless it is said what stands before it', async () => {
  const [problem] = await withDoor(`{ port: 8080, listen: 0.0.0.0, apiKeys: [${key('a')}] }`)
  expect(problem).toContain('warning open-door: The door listens at 0.0.0.0 without encryption')
  const behind = `{ port: 8080, listen: 0.0.0.0, publicUrl: 'https://council.example', apiKeys: [${key('a')}] }`
  expect(await withDoor(behind)).toEqual([])
})

it('takes two keys of one name, and tells one key that stands twice', async () => {
  expect(await withDoor(`{ port: 8080, apiKeys: [${key('a')}, ${key('b')}] }`)).toEqual([])
  const [problem] = await withDoor(`{ port: 8080, apiKeys: [${key('a')}, ${key('a')}] }`)
  expect(problem).toContain('bad-value: The same key stands here a second time.')
})

it('lets a route take what comes in at the door', async () => {
  const route = { 'routes/moves.yaml': 'from: customer.address.changed\nto: office\n' }
  expect((await lint(route)).some((problem) => problem.includes('type-not-published'))).toBe(true)
  const problems = await lint({ ...route, 'broker.yaml': `${goodBroker}door: { port: 0, apiKeys: [${key('a')}] }\n` })
  expect(problems.filter((problem) => problem.includes('type-not-published'))).toEqual([])
})
