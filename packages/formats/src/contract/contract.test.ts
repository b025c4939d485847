import { describe } from 'vitest'
import { jsonFormat } from '../json/json-format.ts'
import { messageFormatContract } from './message-format-contract.ts'

interface Notice {
  readonly sent: string
  readonly lines: readonly string[]
}

const values: readonly Notice[] = [
  { sent: '2026-01-31', lines: ['1 Fish & Chip Row', 'Sallowmere'] },
  { sent: '2026-02-01', lines: [] },
  { sent: '2026-02-02', lines: ['<é €> \r\n\t"quoted" 𝄞'] },
]

describe('JSON', () => {
  messageFormatContract({
    format: jsonFormat<Notice>({
      schema: {
        type: 'object',
        required: ['sent', 'lines'],
        additionalProperties: false,
        properties: {
          sent: { type: 'string', format: 'date' },
          lines: { type: 'array', maxItems: 9, items: { type: 'string' } },
        },
      },
    }),
    values,
    withBadRecord: {
      source: Buffer.from('{"sent":"soon","lines":[]}'),
      code: 'PRV_FORMATS_SCHEMA',
      path: '/sent',
    },
    refused: {
      source: Buffer.from('{"sent":"2026-01-31",\n"sent":"2026-01-31","lines":[]}'),
      code: 'PRV_FORMATS_NOT_WELL_FORMED',
    },
  })
})
