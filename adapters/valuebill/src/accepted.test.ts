import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arbitrarySubmission } from '../../../test/support/valuebill-arbitrary.ts'
import { writeXml } from '../../../test/support/xml-tree.ts'
import { startFakeSystem } from './fake-system.ts'
import valuebill from './index.ts'
import { judgeRecords } from './judge-report.ts'
import { openService } from './service.ts'
import { recordsOf } from './testing/read-records.ts'
import { batchOf, reportMessage } from './testing/report-message.ts'

const signal = new AbortController().signal

it('whatever is not refused here, the service takes', async () => {
  const system = await startFakeSystem({ authorityCode: '9999', password: 'tide' })
  using service = await openService()
  await using adapter = await valuebill.open(
    {
      baseUrl: system.baseUrl,
      billingAuthority: 'Borough of Sallowmere',
      billingAuthorityCode: '9999',
      password: 'tide',
    },
    {
      label: 'voa',
      authority: 'X99000001',
      now: () => new Date(),
      signal,
      claims: { put: () => Promise.reject(new Error('unused')), get: () => [] as never },
    },
  )
  let delivered = 0
  try {
    for (const root of fc.sample(arbitrarySubmission, { seed: 2004, numRuns: 150 })) {
      const records = await recordsOf(new TextEncoder().encode(writeXml(root)))
      const judged = judgeRecords(
        records.map((element, index) => ({ element, index })),
        service,
      )
      const messages = judged.flatMap(({ arrived, problems }) =>
        problems.length === 0 ? [reportMessage(arrived)] : [],
      )
      if (messages.length === 0) continue
      const outcomes = await adapter.send?.(batchOf(...messages), signal)
      expect(outcomes).toEqual(messages.map(() => ({ state: 'delivered', proof: expect.any(String) })))
      delivered += messages.length
    }
  } finally {
    await system.close()
  }
  expect(delivered).toBeGreaterThan(50)
  expect(system.reports()).toHaveLength(delivered)
})
