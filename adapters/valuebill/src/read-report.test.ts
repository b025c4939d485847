import { describe, expect, it } from 'vitest'
import { placeOf } from './raw/place.ts'
import { readReport } from './read-report.ts'
import { documentOf, recordsOf } from './testing/read-records.ts'

const read = async (inner: string) => {
  const [element] = await recordsOf(documentOf(inner))
  if (element === undefined) throw new Error('no report was read')
  return readReport(element)
}
const unexpectedIn = async (inner: string) =>
  (await read(inner)).unexpected.map(({ element, what }) => [element.name, what, element.line])

describe('a report is read as it arrived', () => {
  it('with white space, empty elements, leading zeros and unknown codes', async () => {
    const { node, unexpected } = await read(
      '<DateSent> 2026-03-02\n</DateSent><BAidentityNumber>0835</BAidentityNumber><TypeOfTax><CtaxReasonForReport><ReasonForReportCode Description="New">CR99</ReasonForReportCode></CtaxReasonForReport></TypeOfTax><Remarks/>',
    )
    expect(unexpected).toEqual([])
    expect(node).toMatchObject({
      DateSent: ' 2026-03-02\n',
      BAidentityNumber: '0835',
      TypeOfTax: { CtaxReasonForReport: { ReasonForReportCode: 'CR99', 'ReasonForReportCode@Description': 'New' } },
      Remarks: '',
    })
    expect(node).not.toHaveProperty('BAreportNumber')
  })

  it('with everything that may be repeated, in order', async () => {
    const { node } = await read(
      '<ExistingEntries><AssessmentProperties><PropertyIdentity><bs7666:UniquePropertyReferenceNumber>7</bs7666:UniquePropertyReferenceNumber><TextAddress><AddressLine>A</AddressLine><AddressLine>B</AddressLine></TextAddress></PropertyIdentity><OccupierContact><OccupierContactNos><Telephone TelUse="home"><apd:TelNationalNumber>1</apd:TelNationalNumber></Telephone><Telephone/></OccupierContactNos></OccupierContact></AssessmentProperties><AssessmentProperties/></ExistingEntries>',
    )
    expect(node.ExistingEntries?.AssessmentProperties).toMatchObject([
      {
        PropertyIdentity: { UniquePropertyReferenceNumber: '7', TextAddress: { AddressLine: ['A', 'B'] } },
        OccupierContact: { OccupierContactNos: { Telephone: [{ '@TelUse': 'home', TelNationalNumber: '1' }, {}] } },
      },
      {},
    ])
  })

  it('in whatever order its elements came', async () => {
    const { node, unexpected } = await read('<Remarks>LAST</Remarks><DateSent>2026-03-02</DateSent>')
    expect(unexpected).toEqual([])
    expect(node).toMatchObject({ DateSent: '2026-03-02', Remarks: 'LAST' })
  })
})

describe('what has no place in a report is noticed', () => {
  it.each([
    ['an element there twice', '<Remarks>A</Remarks>\n<Remarks>B</Remarks>', ['Remarks', 'second element', 4]],
    ['an unknown element', '\n\n<Colour>RED</Colour>', ['Colour', 'element', 5]],
    ['an element of another namespace', '<bs7666:Remarks>A</bs7666:Remarks>', ['Remarks', 'element', 3]],
    ['an unknown attribute', '<Remarks lang="cy">A</Remarks>', ['Remarks', '@lang', 3]],
    ['an attribute on the wrong element', '<TypeOfTax Description="x"/>', ['TypeOfTax', '@Description', 3]],
    ['text between elements', '<TypeOfTax>CR01</TypeOfTax>', ['TypeOfTax', 'text', 3]],
    ['an element inside text', '<Remarks>A<b>B</b></Remarks>', ['b', 'element', 3]],
  ])('%s', async (_, inner, found) => {
    expect(await unexpectedIn(inner)).toEqual([found])
  })

  it('but not attributes that say where the schema is', async () => {
    const inner = '<Remarks xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b">A</Remarks>'
    expect(await unexpectedIn(inner)).toEqual([])
  })
})

describe('a problem points into the file as it came', () => {
  const inner =
    '<ProposedEntries>\n<AssessmentProperties/>\n<AssessmentProperties>\n<PropertyIdentity><TextAddress><AddressLine>A</AddressLine>\n <AddressLine>B</AddressLine></TextAddress></PropertyIdentity>\n</AssessmentProperties></ProposedEntries>'
  const line = 'AssessmentProperties[2]/PropertyIdentity/TextAddress/AddressLine[2]'

  it('to the element itself', async () => {
    const { node } = await read(inner)
    expect(placeOf(node, `ProposedEntries/${line}`, 0)).toEqual({
      path: `/BAreports/BApropertyReport[1]/ProposedEntries/${line}`,
      line: 7,
      column: 2,
      text: 'B',
    })
  })

  it('to where it stood before it was moved', async () => {
    const { ProposedEntries: moved, ...rest } = (await read(inner)).node
    if (moved === undefined) throw new Error('no entries were read')
    const corrected = { ...rest, ExistingEntries: { ...moved } }
    expect(placeOf(corrected, `ExistingEntries/${line}`, 4)).toMatchObject({
      path: `/BAreports/BApropertyReport[5]/ProposedEntries/${line}`,
      line: 7,
    })
  })

  it('to what something is missing from', async () => {
    const { node } = await read(inner)
    expect(placeOf(node, 'ProposedEntries/AssessmentProperties[1]/PropertyIdentity/BAreference', 0)).toMatchObject({
      path: '/BAreports/BApropertyReport[1]/ProposedEntries/AssessmentProperties[1]',
      line: 4,
    })
    expect(placeOf(node, '', 0)).toMatchObject({ path: '/BAreports/BApropertyReport[1]', line: 3, column: 1 })
  })

  it('by its path alone when there is no file', () => {
    expect(placeOf({ Remarks: 'A' }, 'Remarks', 0)).toEqual({ path: '/BAreports/BApropertyReport[1]/Remarks' })
    expect(placeOf({ Remarks: 'A' }, '', 1)).toEqual({ path: '/BAreports/BApropertyReport[2]' })
  })
})
