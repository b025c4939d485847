/** What differs from an ordinary report; texts are put in as they stand. */
export interface ExampleReport {
  readonly reportNumber?: string
  readonly baTransaction?: string
  /** Default CR03. */
  readonly reason?: string
  readonly tax?: 'CtaxReasonForReport' | 'NNDRreasonForReport'
  /** Numbers of properties. Default one proposed, none existing. */
  readonly existing?: number
  readonly proposed?: number
  readonly postcode?: string
  readonly contactPostcode?: string
  /** `null` leaves the element out. */
  readonly remarks?: string | null
  readonly plan?: string
  readonly uprns?: readonly string[]
  readonly authority?: string
}

export interface ExampleDocument {
  readonly authority?: string
  /** Default both, as they should be. */
  readonly headerTimes?: string
  readonly trailer?: string
  readonly reports?: readonly ExampleReport[]
}

/** A submission of Sallowmere's, by default one good council tax report. */
export function exampleDocument({
  authority = '<BillingAuthorityIdentityCode>9999</BillingAuthorityIdentityCode>',
  headerTimes = '<ProcessDate>2026-03-02</ProcessDate><EntryDateTime>2026-03-02T10:00:00</EntryDateTime>',
  trailer = '<RecordCount>1</RecordCount><EntryDateTime>2026-03-02T10:00:00</EntryDateTime><TotalNNDRreportCount>0</TotalNNDRreportCount><TotalCtaxReportCount>1</TotalCtaxReportCount>',
  reports = [{}],
}: ExampleDocument = {}): string {
  return `<BAreports xmlns="http://www.govtalk.gov.uk/LG/Valuebill" xmlns:bs7666="http://www.govtalk.gov.uk/people/bs7666" xmlns:apd="http://www.govtalk.gov.uk/people/AddressAndPersonalDetails" SchemaId="BAtoVOA" SchemaVersion="4-0">
<BAreportHeader><BillingAuthority>Borough of Sallowmere</BillingAuthority>${authority}${headerTimes}</BAreportHeader>
${reports.map(exampleReport).join('\n')}
<BAreportTrailer>${trailer}</BAreportTrailer>
</BAreports>`
}

function exampleReport(report: ExampleReport): string {
  const { reportNumber = '1', baTransaction = `SALLOW-${reportNumber}`, reason = 'CR03', authority = '9999' } = report
  const { tax = 'CtaxReasonForReport', existing = 0, proposed = 1, remarks = 'NEW HOUSE', plan } = report
  return `<BApropertyReport><DateSent>2026-03-02</DateSent><TransactionIdentityBA>${baTransaction}</TransactionIdentityBA>
<BAidentityNumber>${authority}</BAidentityNumber><BAreportNumber>${reportNumber}</BAreportNumber>
<TypeOfTax><${tax}><ReasonForReportCode>${reason}</ReasonForReportCode></${tax}></TypeOfTax>
${entries('ExistingEntries', existing, report)}${entries('ProposedEntries', proposed, report)}
<IndicatedDateOfChange>2026-02-01</IndicatedDateOfChange>
${plan === undefined ? '' : `<PropertyPlanReferenceNumber>${plan}</PropertyPlanReferenceNumber>`}
${remarks === null ? '' : `<Remarks>${remarks}</Remarks>`}</BApropertyReport>`
}

function entries(name: string, count: number, report: ExampleReport): string {
  if (count === 0) return ''
  const { postcode = 'QQ1 1AA', contactPostcode, uprns = ['100000000001'] } = report
  const contact =
    contactPostcode === undefined
      ? ''
      : `<OccupierContact><ContactAddress><apd:Line>1 REED END</apd:Line><apd:Line>SALLOWMERE</apd:Line><apd:PostCode>${contactPostcode}</apd:PostCode></ContactAddress></OccupierContact>`
  const properties = Array.from({ length: count }, (_, index) => {
    const uprn = uprns[index % uprns.length]
    const identifier =
      uprn === undefined ? '' : `<bs7666:UniquePropertyReferenceNumber>${uprn}</bs7666:UniquePropertyReferenceNumber>`
    return `<AssessmentProperties><PropertyIdentity>${identifier}<TextAddress><AddressLine>${index + 1} REED END</AddressLine><AddressLine>SALLOWMERE</AddressLine><Postcode>${postcode}</Postcode></TextAddress><BAreference>R${index + 1}</BAreference></PropertyIdentity>${contact}</AssessmentProperties>`
  })
  return `<${name}>${properties.join('')}</${name}>`
}
