import type { ReportVerdict } from '@portreeve/adapter-sdk'
import { describe, expect, it } from 'vitest'
import { plainLook } from '../testing/example-answers.ts'
import { renderDocumentVerdict, renderReportVerdict } from './validation.ts'

const sent: ReportVerdict = {
  kind: 'report',
  index: 2,
  identity: { baReportNumber: '3103', baReference: '9999000003' },
  verdict: 'sent',
  corrections: [],
  problems: [],
  warnings: [],
}
const problem = {
  code: '1006',
  path: '/BAreports/BApropertyReport[3]/TypeOfTax',
  line: 73,
  column: 9,
  rule: 'Cr08InvalidCodeValidation',
  value: 'CR08',
  sentence: 'Choose another reason.',
}
const correction = { rule: 'postcodes', path: 'ExistingEntries/Postcode', before: 'zz991ad', after: 'ZZ99 1AD' }

describe('what a revenues officer reads of a file', () => {
  it('of a report that is as it should be: nothing', () => {
    expect(renderReportVerdict(sent, plainLook)).toBe('')
  })

  it('of a report that would be refused: line, code, rule, sentence and what was found', () => {
    const refused = { ...sent, verdict: 'refused', problems: [problem], corrections: [correction] } as const
    expect(renderReportVerdict(refused, plainLook)).toMatchInlineSnapshot(`
      "  Report 3 would be refused  baReportNumber 3103, baReference 9999000003
          refused line 73:9  1006 Cr08InvalidCodeValidation
            Choose another reason. Found: "CR08".
            at /BAreports/BApropertyReport[3]/TypeOfTax"
    `)
  })

  it('of a report that would be corrected: each correction, before and after', () => {
    const corrections = [correction, { rule: 'no-remarks', path: 'Remarks', after: 'NO REMARKS' }]
    expect(renderReportVerdict({ ...sent, verdict: 'corrected', corrections }, plainLook)).toMatchInlineSnapshot(`
      "  Report 3 would be corrected  baReportNumber 3103, baReference 9999000003
          corrected  postcodes
            "zz991ad" becomes "ZZ99 1AD"
            at ExistingEntries/Postcode
          corrected  no-remarks
            nothing becomes "NO REMARKS"
            at Remarks"
    `)
  })

  it('of a report with a note: nothing of being sent, for the file as a whole may yet be refused', () => {
    expect(renderReportVerdict({ ...sent, warnings: [problem] }, plainLook)).toMatch(/Report 3 needs no correction {2}/)
  })

  it('of the file: how many reports of each kind, or what refuses it as a whole', () => {
    const document = {
      kind: 'document',
      problems: [],
      sent: 9998,
      corrected: 1,
      refused: 1,
      notes: ['A note.'],
    } as const
    expect(renderDocumentVerdict(document, plainLook)).toMatchInlineSnapshot(`
      "  9,998 reports would be sent as they are, 1 report would be corrected, then sent, 1 report would be
        refused.
        note A note."
    `)
    const whole = { code: 'PRV_FORMATS_DOCTYPE', rule: 'PRV_FORMATS_DOCTYPE', path: '', sentence: 'It has a DOCTYPE.' }
    expect(renderDocumentVerdict({ ...document, problems: [whole], notes: [] }, plainLook)).toMatchInlineSnapshot(`
      "  The whole file would be refused; nothing of it would be sent:
          refused  PRV_FORMATS_DOCTYPE
            It has a DOCTYPE."
    `)
  })

  it('obeys nothing that a value of the file holds', () => {
    const value = '\u001b]0;owned\u0007'
    const text = renderReportVerdict({ ...sent, problems: [{ ...problem, value }] }, plainLook)
    expect(text).not.toContain('\u001b')
  })
})
