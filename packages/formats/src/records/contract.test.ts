import { describe } from 'vitest'
import { messageFormatContract } from '../contract/message-format-contract.ts'
import type { RecordValues } from './record-field.ts'
import { recordFormat } from './record-format.ts'

const values: readonly RecordValues[] = [
  { name: 'Ann, "Bo"', sent: '2026-01-31' },
  { name: 'é €', sent: '2026-02-01' },
  { sent: '2026-02-02' },
]

describe('CSV', () => {
  messageFormatContract({
    format: recordFormat({ format: 'csv', fields: [{ name: 'name' }, { name: 'sent', type: 'date', required: true }] }),
    values,
    withBadRecord: {
      source: Buffer.from(`name,sent\r\n${'Ann,2026-01-31\r\n'.repeat(30)}Ann,soon\r\nAnn,2026-01-31\r\n`),
      code: 'PRV_FORMATS_SCHEMA',
      path: '/record[31]/sent',
    },
    refused: { source: Buffer.from('name;sent\r\nAnn;2026-01-31\r\n'), code: 'PRV_FORMATS_STRUCTURE' },
  })
})

describe('fixed width', () => {
  messageFormatContract({
    format: recordFormat({
      format: 'fixed-width',
      encoding: 'windows-1252',
      fields: [
        { name: 'name', width: 10 },
        { name: 'sent', type: 'date', width: 10, required: true },
      ],
      lastRecord: { fields: [{ name: 'count', type: 'integer', count: true, width: 4 }] },
    }),
    values,
    withBadRecord: {
      source: Buffer.from(`${'Ann       2026-01-31\n'.repeat(30)}Ann       2026-02-31\n  31\n`),
      code: 'PRV_FORMATS_SCHEMA',
      path: '/record[31]/sent',
    },
    refused: { source: Buffer.from('Ann       2026-01-31\n  12\n'), code: 'PRV_FORMATS_STRUCTURE' },
  })
})
