import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { until } from '../system/support/until.ts'
import { type ServiceOutput, startService } from './support/running-service.ts'
import { scale } from './support/scale.ts'

const seconds = scale(10, 60)

/** A line that is no event, such as of a runtime that warns, is above it too. */
function aboveDebug({ lines, stderr }: ServiceOutput): readonly string[] {
  const written = [...lines, ...stderr.split('\n').filter((line) => line !== '')]
  return written.filter((line) => {
    try {
      const { level, event }: { level?: string; event?: string } = JSON.parse(line)
      return level !== 'debug' && !(event === 'started' || event === 'stopped')
    } catch {
      return true
    }
  })
}

it(`says nothing above debug in ${seconds} seconds of normal running`, { timeout: 300_000 }, async () => {
  await using service = await startService()
  await service.trickle(seconds)
  await service.settled()
  expect(await service.stop()).toEqual([0, null])
  expect(aboveDebug(service.output)).toEqual([])
  expect(service.output.lines.length).toBeGreaterThan(seconds * 10)
})

it('says in one line that a receiver is down, and in one that it is back', { timeout: 300_000 }, async () => {
  await using service = await startService()
  await service.trickle(2)
  await service.settled()
  await service.voaGoesDown()
  const paused = { event: 'paused', receiver: 'reports-to-voa.voa', code: 'PRV_ENDPOINTS_HTTP_UNREACHABLE' }
  const resumed = { event: 'resumed', receiver: 'reports-to-voa.voa' }
  const said = () => aboveDebug(service.output).map((line): unknown => JSON.parse(line))
  await service.trickle(5)
  await until('it is said', () => said().length > 0)
  await sleep(2000)
  expect(said()).toEqual([expect.objectContaining(paused)])
  await service.voaComesBack()
  await service.settled()
  expect(await service.stop()).toEqual([0, null])
  expect(said()).toEqual([expect.objectContaining(paused), expect.objectContaining(resumed)])
})
