import type { Adapter } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
import { expect, it } from 'vitest'
import { BrokerEvents } from '../events.ts'
import { watchRegistersUntilStopped } from './registers.ts'

it('tells that a register cannot be used any more, and that it can again, though nobody asks it anything', async () => {
  const answers = [
    null,
    new PortreeveError('PRV_REGISTERS_NO_FILE', { file: 'a.csv' }),
    new PortreeveError('PRV_REGISTERS_NO_FILE', { file: 'a.csv' }),
    null,
  ]
  const stop = new AbortController()
  const register: Adapter = {
    async check() {
      const fault = answers.shift()
      if (answers.length === 0) stop.abort()
      if (fault) throw fault
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
  const told: string[] = []
  const events = new BrokerEvents({
    failing: ({ what, code }) => told.push(`${what}: ${code}`),
    recovered: ({ what }) => told.push(`${what} is well`),
  })
  const place = { file: 'quality/moves.yaml', line: 1, column: 1 }
  const quality = [{ name: 'moves', ask: { addresses: 'gazetteer' }, rules: [], place }]
  await watchRegistersUntilStopped({
    configuration: { quality },
    adapters: new Map([['gazetteer', register]]),
    events,
    signal: stop.signal,
    lookEveryMs: 0,
  })
  expect(told).toEqual(['register gazetteer: PRV_REGISTERS_NO_FILE', 'register gazetteer is well'])
})
