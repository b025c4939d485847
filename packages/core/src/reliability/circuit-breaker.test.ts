import { PortreeveError } from '@portreeve/errors'
import { expect, it } from 'vitest'
import { CircuitBreaker, type Pass } from './circuit-breaker.ts'
import { failureOf } from './failure-class.ts'

const down = failureOf(new PortreeveError('PRV_ENDPOINTS_HTTP_UNREACHABLE', {}).toJSON())
const never = new AbortController().signal

/** A clock whose sleepers wake when they are told to. */
function setUp() {
  const told: string[] = []
  const sleepers: { ms: number; wake: () => void }[] = []
  const breaker = new CircuitBreaker({
    clock: {
      now: () => new Date(0),
      sleep: (ms, signal) => {
        const { promise, resolve } = Promise.withResolvers<void>()
        signal.addEventListener('abort', () => resolve())
        sleepers.push({ ms, wake: resolve })
        return promise
      },
    },
    retry: { baseDelayMs: 1000, maxDelayMs: 60_000, random: () => 0.5 },
    onPaused: () => told.push('paused'),
    onResumed: () => told.push('resumed'),
  })
  return { breaker, told, sleepers }
}

async function passOf(entered: Promise<Pass | null>): Promise<Pass> {
  const pass = await entered
  if (pass === null) throw new TypeError('no pass')
  return pass
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

it('lets everybody through while it is closed', async () => {
  const { breaker } = setUp()
  await Promise.all([passOf(breaker.enter(never)), passOf(breaker.enter(never))])
  expect(breaker.paused).toBeNull()
})

it('lets one try after the delay, and the others when that has worked', async () => {
  const { breaker, told, sleepers } = setUp()
  ;(await passOf(breaker.enter(never))).failed(down)
  let through = 0
  const first = breaker.enter(never)
  const others = [breaker.enter(never), breaker.enter(never)].map((entered) => entered.then(() => through++))
  await settled()
  expect(sleepers.map(({ ms }) => ms)).toEqual([500])
  sleepers[0]?.wake()
  const pass = await passOf(first)
  await settled()
  expect(through).toBe(0)
  pass.succeeded()
  await Promise.all(others)
  expect(told).toEqual(['paused', 'resumed'])
})

it('waits longer when the try has failed, and tells nothing new', async () => {
  const { breaker, told, sleepers } = setUp()
  ;(await passOf(breaker.enter(never))).failed(down)
  const first = breaker.enter(never)
  sleepers[0]?.wake()
  ;(await passOf(first)).failed(down)
  void breaker.enter(never)
  await settled()
  expect(sleepers.map(({ ms }) => ms)).toEqual([500, 1000])
  expect(told).toEqual(['paused'])
})

it('takes several failures of calls that were under way together for one', async () => {
  const { breaker, told, sleepers } = setUp()
  const passes = await Promise.all([1, 2, 3].map(() => passOf(breaker.enter(never))))
  for (const pass of passes) pass.failed(down)
  void breaker.enter(never)
  await settled()
  expect([sleepers[0]?.ms, told]).toEqual([500, ['paused']])
})

it('is not closed by an answer to something that was sent before it opened', async () => {
  const { breaker, told } = setUp()
  const [early, other] = await Promise.all([passOf(breaker.enter(never)), passOf(breaker.enter(never))])
  early.failed(down)
  other.succeeded()
  expect([breaker.paused, told]).toEqual([down, ['paused']])
})

it('lets the next one try when nothing can be concluded from the first', async () => {
  const { breaker, sleepers } = setUp()
  ;(await passOf(breaker.enter(never))).failed(down)
  const [first, second] = [breaker.enter(never), breaker.enter(never)]
  sleepers[0]?.wake()
  ;(await passOf(first)).undecided()
  await settled()
  sleepers[1]?.wake()
  ;(await passOf(second)).succeeded()
  expect(breaker.paused).toBeNull()
})

it('lets go of whoever waits when the signal aborts', async () => {
  const { breaker } = setUp()
  ;(await passOf(breaker.enter(never))).failed(down)
  const stop = new AbortController()
  const waiting = [breaker.enter(stop.signal), breaker.enter(stop.signal)]
  await settled()
  stop.abort()
  expect(await Promise.all(waiting)).toEqual([null, null])
})
