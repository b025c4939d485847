import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { watchDiskUntilStopped } from './disk-alarm.ts'
import { BrokerEvents } from './events.ts'

it('tells once that the disk is nearly full, shows it as long as that is so, and tells when there is space again', async () => {
  const stop = new AbortController()
  const told: unknown[] = []
  let looks = 0
  const events = new BrokerEvents({
    failing: ({ what, code, sentence }) => told.push({ what, code, sentence }),
    recovered: ({ what }) => {
      told.push({ what, recovered: true })
      stop.abort()
    },
  })
  const { bavail, bsize } = await statfs(tmpdir())
  const more = Math.floor((bavail * bsize) / 1024 / 1024) * 2 + 1
  const configuration = {
    dataFolder: tmpdir(),
    get diskAlarmMegabytes() {
      if (++looks === 3) expect([...events.failing]).toEqual([['disk', 'PRV_BROKER_DISK_LOW']])
      return looks <= 3 ? more : 0
    },
  }
  await watchDiskUntilStopped({ configuration, events, signal: stop.signal, everyMs: 1 })
  const sentence = expect.stringMatching(`^Only \\d+ MB are free .*${more} MB`)
  expect(told).toEqual([
    { what: 'disk', code: 'PRV_BROKER_DISK_LOW', sentence },
    { what: 'disk', recovered: true },
  ])
})
