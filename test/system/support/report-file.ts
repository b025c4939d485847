/** What differs from an ordinary council tax report of an invented house; texts are put in as they stand. */
export interface TestReport {
  /** Default: one that no other report of this process has. */
  readonly transaction?: string
  readonly reportNumber?: string
  /** Default: one of its own. `null` leaves the element out. */
  readonly uprn?: string | null
  readonly reference?: string
  /** Default CR03, a new property: nothing is corrected. */
  readonly reason?: string
  readonly addressLine?: string
  readonly postcode?: string
  readonly remarks?: string
}

export interface TestFile {
  readonly reports?: readonly TestReport[]
  /** The whole element; `''` leaves it out. */
  readonly authorityCode?: string
  /** What the file says of its encoding. Default UTF-8. */
  readonly encoding?: string
}

const namespaces =
  'xmlns="http://www.govtalk.gov.uk/LG/Valuebill" xmlns:bs7666="http://www.govtalk.gov.uk/people/bs7666" xmlns:pdt="http://www.govtalk.gov.uk/people/PersonDescriptives" xmlns:apd="http://www.govtalk.gov.uk/people/AddressAndPersonalDetails"'
let made = 0

/** A Valuebill file of the Borough of Sallowmere. */
export function reportFile({ reports = [{}], ...file }: TestFile = {}): string {
  return `${fileHead(file)}${reports.map(reportElement).join('')}${fileTail(reports.length)}`
}

export function fileHead({
  encoding = 'UTF-8',
  authorityCode = '<BillingAuthorityIdentityCode>9999</BillingAuthorityIdentityCode>',
}: Omit<TestFile, 'reports'> = {}): string {
  return `<?xml version="1.0" encoding="${encoding}"?>
<BAreports ${namespaces} SchemaId="VbBAtoVOA" SchemaVersion="4-0">
<BAreportHeader><BillingAuthority>BOROUGH OF SALLOWMERE</BillingAuthority>${authorityCode}<ProcessDate>2026-07-31</ProcessDate><EntryDateTime>2026-07-31T08:15:00</EntryDateTime></BAreportHeader>
`
}

export function fileTail(reports: number): string {
  return `<BAreportTrailer><RecordCount>${reports}</RecordCount><EntryDateTime>2026-07-31T08:15:04</EntryDateTime><TotalNNDRreportCount>0</TotalNNDRreportCount><TotalCtaxReportCount>${reports}</TotalCtaxReportCount></BAreportTrailer>
</BAreports>
`
}

export function reportElement(report: TestReport): string {
  made += 1
  const number = String(made)
  const { transaction = `SALLOW${number}`, reportNumber = number, reason = 'CR03', remarks = 'NEW BUILD' } = report
  const side = reason === 'CR03' || reason === 'CR04' ? 'ProposedEntries' : 'ExistingEntries'
  const { uprn = `9999${number.padStart(8, '0')}`, reference = `R${number}` } = report
  const { addressLine = `${number} WITHY BANK`, postcode = 'ZZ99 1AA' } = report
  const property =
    uprn === null ? '' : `<bs7666:UniquePropertyReferenceNumber>${uprn}</bs7666:UniquePropertyReferenceNumber>`
  return `<BApropertyReport><DateSent>2026-07-31</DateSent><TransactionIdentityBA>${transaction}</TransactionIdentityBA><BAidentityNumber>9999</BAidentityNumber><BAreportNumber>${reportNumber}</BAreportNumber><TypeOfTax><CtaxReasonForReport><ReasonForReportCode>${reason}</ReasonForReportCode></CtaxReasonForReport></TypeOfTax>
<${side}><AssessmentProperties><PropertyIdentity>${property}<TextAddress><AddressLine>${addressLine}</AddressLine><AddressLine>SALLOWMERE</AddressLine><Postcode>${postcode}</Postcode></TextAddress><BAreference>${reference}</BAreference></PropertyIdentity></AssessmentProperties></${side}>
<IndicatedDateOfChange>2026-07-01</IndicatedDateOfChange><Remarks>${remarks}</Remarks></BApropertyReport>
`
}

/** That many ordinary reports. */
export function reports(count: number, change: TestReport = {}): readonly TestReport[] {
  return Array.from({ length: count }, () => change)
}

/** The transactions of a file's reports, in order, as they stand in its text. */
export function transactionsIn(file: string): readonly string[] {
  return Array.from(file.matchAll(/<TransactionIdentityBA>([^<]*)</g), ([, transaction = '']) => transaction)
}
