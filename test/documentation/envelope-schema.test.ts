import { type Envelope, envelopeSchema, fromHeaders, toHeaders } from '@portreeve/envelope'
import { isPortreeveError } from '@portreeve/errors'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { damages } from '../support/json-damage.ts'

const validate = new Ajv2020({ strict: true, allErrors: true }).compile<Envelope>(envelopeSchema())

const fullest: Required<Envelope> = {
  id: 'f00d-00000001',
  source: '/x99999999/revenues',
  type: 'valuation.report.proposed',
  time: '2026-03-01T09:30:00.123Z',
  subject: '100023336',
  dataContentType: 'application/json',
  dataSchema: 'https://portreeve.example/schemas/canonical/billing-authority-report/1',
  reference: '9R3R-L632',
  correlationId: 'f00d',
  causationId: 'f00d',
  authority: 'X99999999',
  channel: 'file',
  uprn: '100023336',
  customer: 'C-1',
  lgsl: '57',
  lgil: '17',
  egms: { creator: 'Borough of Sallowmere', title: 'Report', subjectCategory: 'Local taxes' },
  traceParent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  traceState: 'a=1',
  origin: 'voa',
  configuration: '0123456789ab',
  replayOf: 'f00d',
  replayTo: 'reports-to-voa.voa',
  replayAgain: 'yes',
  history: ['split.valuation@2026-03-01T09:30:00Z'],
}

describe('the schema of the envelope', () => {
  it('passes an envelope with every attribute, and knows no attribute beyond these', () => {
    expect(validate(fullest), JSON.stringify(validate.errors)).toBe(true)
    expect(Object.keys(Object(envelopeSchema().properties)).sort()).toEqual(Object.keys(fullest).sort())
  })

  it('refuses what the codec refuses to write, and passes what it writes and reads back', () => {
    const verdicts = new Set<boolean>()
    for (const { what, value } of damages(fullest)) {
      if (/^(no text|no list|no items|unknown)/.test(what)) continue
      const passes = validate(value)
      expect({ what, passes }).toEqual({ what, passes: canBeWritten(value as Envelope) })
      verdicts.add(passes)
    }
    expect([...verdicts].sort()).toEqual([false, true])
  })
})

function canBeWritten(envelope: Envelope): boolean {
  try {
    expect(fromHeaders(toHeaders(envelope))).toEqual(envelope)
    return true
  } catch (error) {
    if (isPortreeveError(error)) return false
    throw error
  }
}
