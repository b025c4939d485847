import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { adapters, conditionProblems, openBroker } from '@portreeve/broker'
import { type Configuration, requireConfiguration } from '@portreeve/configuration'
import { valuebillFile } from '../support/valuebill-file.ts'
import { cpuShares } from './cpu-shares.ts'
import { FirstFault } from './first-fault.ts'
import type { Row } from './row.ts'

const reports = 20_000
const profiledReports = 5000
const example = fileURLToPath(new URL('../../config/examples/sallowmere', import.meta.url))

/** One file from the inbox to the VOA, durable in to durable out. The stand-in runs in another process. */
export async function benchJourney(): Promise<Row[]> {
  const data = await mkdtemp(join(tmpdir(), 'bench-journey-'))
  const password = 'bench'
  const standIn = fork(fileURLToPath(new URL('./stand-in-process.ts', import.meta.url)), {
    env: { ...process.env, VOA_PASSWORD: password },
  })
  try {
    const [{ baseUrl }] = (await once(standIn, 'message')) as [{ baseUrl: string }]
    const inbox = join(data, 'inbox')
    await mkdir(inbox)
    const part = join(inbox, 'bench.xml.part')
    await pipeline(Readable.from(valuebillFile(reports)), createWriteStream(part))
    const { size } = await stat(part)
    const environment = {
      ...process.env,
      SALLOWMERE_DATA: data,
      VOA_URL: baseUrl,
      VOA_PASSWORD: password,
      CRM_KEY: 'bench',
    }
    const read = await requireConfiguration({
      folder: example,
      declarations: adapters,
      conditionProblems,
      environment,
    })

    const configuration = firstJourney(read)
    const at = { accepted: 0, found: 0, split: 0, delivered: 0 }
    let delivered = 0
    let wanted = reports
    let peakBytes = 0
    const watch = setInterval(() => {
      peakBytes = Math.max(peakBytes, process.memoryUsage.rss())
    }, 50)
    const fault = new FirstFault()
    let done = Promise.withResolvers<void>()
    await using broker = await openBroker({
      configuration,
      listener: {
        ...fault.listener,
        accepted: ({ reference }) => {
          if (at.accepted > 0) return
          at.accepted = performance.now()
          void untilFound(() => broker.operations.track({ reference })).then(() => {
            at.found = performance.now()
          })
        },
        split: () => {
          if (at.split === 0) at.split = performance.now()
        },
        delivered: (event) => {
          fault.listener.delivered?.(event)
          const { receiver, outcomes } = event
          if (receiver !== 'reports-to-voa.voa') return
          delivered += outcomes.length
          if (delivered < wanted) return
          if (at.delivered === 0) at.delivered = performance.now()
          done.resolve()
        },
      },
    })
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const cpuBefore = process.cpuUsage()
    const began = performance.now()
    await rename(part, join(inbox, 'bench.xml'))
    await fault.orFault(done.promise)
    const cpu = process.cpuUsage(cpuBefore)
    await untilCounted(() => broker.operations.status(), reports)
    const inLedger = performance.now()
    clearInterval(watch)
    standIn.send('count')
    const [{ reports: taken }] = (await once(standIn, 'message')) as [{ reports: number }]
    if (taken !== reports) throw new TypeError(`the stand-in has ${taken} of ${reports} reports`)
    const shares = await cpuShares(async () => {
      done = Promise.withResolvers<void>()
      wanted += profiledReports
      await pipeline(Readable.from(valuebillFile(profiledReports, { series: '2' })), createWriteStream(part))
      await rename(part, join(inbox, 'profiled.xml'))
      await fault.orFault(done.promise)
    })
    const seconds = (at.delivered - began) / 1000
    const note = `${reports} reports, ${(size / 1e6).toFixed(1)} MB`
    return [
      { name: 'journey: throughput', value: Math.round(reports / seconds), unit: 'reports/s', note },
      { name: 'journey: throughput', value: Number((size / 1e6 / seconds).toFixed(1)), unit: 'MB/s', note },
      {
        name: 'journey: CPU of the broker',
        value: Math.round((cpu.user + cpu.system) / 1000 / (reports / 1000)),
        unit: 'ms/1,000 reports',
        note: 'the broker with its worker thread; without the stand-in',
      },
      { name: 'journey: peak memory', value: Math.round(peakBytes / 1048576), unit: 'MiB' },
      {
        name: 'journey: to accepted',
        value: Math.round(at.accepted - began),
        unit: 'ms',
        note: 'seen, staged, on the log',
      },
      {
        name: 'journey: reference can be found',
        value: Math.round(at.found - at.accepted),
        unit: 'ms',
        note: 'after acceptance, while the file is being split',
      },
      {
        name: 'journey: to split',
        value: Math.round(at.split - began),
        unit: 'ms',
        note: 'checked to the end, then published',
      },
      {
        name: 'journey: to delivered',
        value: Math.round(at.delivered - began),
        unit: 'ms',
        note: 'overlaps with splitting',
      },
      {
        name: 'journey: ledger behind',
        value: Math.round(inLedger - at.delivered),
        unit: 'ms',
        note: 'last outcome until it can be found',
      },
      ...shares.slice(0, 12).map(({ where, share }) => ({
        name: `journey: time in ${where}`,
        value: Math.round(share * 100),
        unit: '%',
        note: `of the main thread, not idle; ${profiledReports} reports`,
      })),
    ]
  } finally {
    standIn.disconnect()
    await rm(data, { recursive: true, force: true })
  }
}

async function untilCounted(
  status: () => Promise<{ counts: readonly { receiver: string; state: string; messages: number }[] }>,
  wanted: number,
): Promise<void> {
  for (;;) {
    const { counts } = await status()
    const delivered = counts.find(({ receiver, state }) => receiver === 'reports-to-voa.voa' && state === 'delivered')
    if (delivered?.messages === wanted) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function untilFound(track: () => Promise<unknown>): Promise<void> {
  while ((await track()) === null) await new Promise((resolve) => setTimeout(resolve, 1))
}

/** The example without its other journey. */
function firstJourney({ door: _door, ...configuration }: Configuration): Configuration {
  const adapters = configuration.adapters.filter(({ label }) => label === 'revenues' || label === 'voa')
  const labels = new Set(adapters.map(({ label }) => label))
  const routes = configuration.routes.filter(
    (route) => route.kind === 'split' || route.branches.every(({ to }) => to.every((label) => labels.has(label))),
  )
  return { ...configuration, adapters, routes, processes: [], quality: [] }
}
