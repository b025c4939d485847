import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ValidateDocumentOptions, validateDocument } from './validate-document.ts'

const golden = (name: string) => readFileSync(join(import.meta.dirname, '../golden', name, 'input.xml'))
const validate = (source: Uint8Array, options?: ValidateDocumentOptions) =>
  Array.fromAsync(validateDocument(source, options))
const last = async (name: string, options?: ValidateDocumentOptions) => (await validate(golden(name), options)).at(-1)

describe('what would become of a file', () => {
  it('is told report by report, then of the whole', async () => {
    const verdicts = await validate(golden('good-bad-good'))
    expect(verdicts).toMatchObject([
      {
        kind: 'report',
        index: 0,
        identity: { baReportNumber: '1001' },
        verdict: 'sent',
        corrections: [],
        problems: [],
      },
      { kind: 'report', index: 1, verdict: 'refused', problems: [{ code: '1006', line: 42 }], warnings: [] },
      { kind: 'report', index: 2, verdict: 'sent' },
      { kind: 'document', problems: [], sent: 2, corrected: 0, refused: 1 },
    ])
  })

  it('says what would be corrected', async () => {
    expect(await validate(golden('council-tax-demolished-as-proposed'))).toMatchObject([
      { verdict: 'corrected', corrections: [{ rule: 'proposed-entries-are-existing' }] },
      { corrected: 1 },
    ])
  })

  it('warns of what the VOA once refused', async () => {
    const source = new TextEncoder().encode(golden('council-tax-new').toString().replace('SEE PLAN', 'See plan'))
    const [verdict] = await validate(source, { billingAuthorityCode: '9999' })
    expect(verdict).toMatchObject({ verdict: 'sent', warnings: [{ code: '1000', rule: 'PlainCharacters' }] })
  })

  it('notes counts in the trailer that are not those of the file, and refuses nothing for them', async () => {
    expect(await last('good-bad-good')).toMatchObject({
      problems: [],
      notes: [
        'The trailer declares RecordCount 61, but there are 3; what is sent has the right number.',
        'The trailer declares TotalCtaxReportCount 61, but there are 3; what is sent has the right number.',
      ],
    })
    expect(await last('council-tax-new')).toMatchObject({ notes: [] })
  })

  it('tells a file of another authority only when it is known whose it should be', async () => {
    const name = 'refused-header-of-another-authority'
    expect(await last(name)).toMatchObject({ problems: [] })
    const verdicts = await validate(golden(name), { billingAuthorityCode: '9999' })
    expect(verdicts, 'no report of it is judged').toMatchObject([{ kind: 'document', problems: [{ code: '1010' }] }])
  })

  it('of a file that was cut off is told as far as it goes', async () => {
    const whole = golden('good-bad-good')
    const verdicts = await validate(whole.subarray(0, whole.lastIndexOf('<BApropertyReport>')))
    expect(verdicts.map(({ kind }) => kind)).toEqual(['report', 'report', 'document'])
    expect(verdicts.at(-1)).toMatchObject({ problems: [{ code: 'PRV_FORMATS_NOT_WELL_FORMED' }], sent: 1, refused: 1 })
  })

  it.each([
    ['refused-not-well-formed', 'PRV_FORMATS_NOT_WELL_FORMED'],
    ['refused-doctype', 'PRV_FORMATS_DOCTYPE'],
    ['refused-no-header', '2000'],
    ['refused-header-without-code', '1012'],
  ])('of %s ends with %s', async (name, code) => {
    expect(await last(name)).toMatchObject({ kind: 'document', problems: [{ code }] })
  })
})
