import { expect, it } from 'vitest'
import { refusedByReceiver } from './refused-by-receiver.ts'

const refusal = { receiver: 'reports-to-voa.voa', code: '1006', reason: 'The reason code is not in use.' }

it('tells of a report that a receiver refused as of one that was refused here', () => {
  const submission = { fileName: 'march.xml', digest: '0'.repeat(64), inbox: 'revenues', index: 3 }
  expect(refusedByReceiver({ baReportNumber: '3204', submission }, refusal)).toEqual({
    ...submission,
    identity: { baReportNumber: '3204' },
    problems: [
      { code: '1006', path: '/', rule: 'refused by reports-to-voa.voa', sentence: 'The reason code is not in use.' },
    ],
  })
})

it('tells nothing of what is no report', () => {
  expect(refusedByReceiver({}, refusal)).toBeNull()
  expect(refusedByReceiver('x', refusal)).toBeNull()
})
