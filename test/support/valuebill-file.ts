/** A Valuebill file of so many good council tax reports of about 1.6 KB, each of a property of its own, in pieces. */
export async function* valuebillFile(
  reports: number,
  { authorityCode = '9999', series = '1' } = {},
): AsyncIterable<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>
<BAreports xmlns="http://www.govtalk.gov.uk/LG/Valuebill" xmlns:bs7666="http://www.govtalk.gov.uk/people/bs7666" xmlns:pdt="http://www.govtalk.gov.uk/people/PersonDescriptives" SchemaId="VbBAtoVOA" SchemaVersion="4-0">
  <BAreportHeader>
    <BillingAuthority>BOROUGH OF SALLOWMERE</BillingAuthority>
    <BillingAuthorityIdentityCode>${authorityCode}</BillingAuthorityIdentityCode>
    <ProcessDate>2026-07-31</ProcessDate>
    <EntryDateTime>2026-07-31T08:15:00</EntryDateTime>
  </BAreportHeader>
`
  const together = 100
  for (let from = 0; from < reports; from += together) {
    const numbers = Array.from({ length: Math.min(together, reports - from) }, (_, index) => from + index)
    yield numbers.map((number) => report(number, authorityCode, series)).join('')
  }
  yield `  <BAreportTrailer>
    <RecordCount>${reports}</RecordCount>
    <EntryDateTime>2026-07-31T08:15:04</EntryDateTime>
    <TotalNNDRreportCount>0</TotalNNDRreportCount>
    <TotalCtaxReportCount>${reports}</TotalCtaxReportCount>
  </BAreportTrailer>
</BAreports>
`
}

function report(number: number, authorityCode: string, series: string): string {
  const padded = String(number).padStart(8, '0')
  return `  <BApropertyReport>
    <DateSent>2026-07-31</DateSent>
    <TransactionIdentityBA>SM${series}${padded}</TransactionIdentityBA>
    <BAidentityNumber>${authorityCode}</BAidentityNumber>
    <BAreportNumber>${series}${padded}</BAreportNumber>
    <TypeOfTax>
      <CtaxReasonForReport>
        <ReasonForReportCode>CR10</ReasonForReportCode>
        <ReasonForReportDescription>STRUCTURAL ALTERATIONS</ReasonForReportDescription>
      </CtaxReasonForReport>
    </TypeOfTax>
    <ExistingEntries>
      <AssessmentProperties>
        <PropertyIdentity>
          <bs7666:UniquePropertyReferenceNumber>${999_000_000_000 + number}</bs7666:UniquePropertyReferenceNumber>
          <TextAddress>
            <AddressLine>${(number % 300) + 1} HERONSGATE</AddressLine>
            <AddressLine>OSIER QUARTER ${number % 97}</AddressLine>
            <AddressLine>SALLOWMERE</AddressLine>
            <Postcode>ZZ99 ${number % 10}AD</Postcode>
          </TextAddress>
          <BAreference>9999${padded}</BAreference>
        </PropertyIdentity>
        <CurrentTax>
          <CouncilTaxBand>${'ABCDEFGH'.charAt(number % 8)}</CouncilTaxBand>
        </CurrentTax>
        <OccupierContact>
          <OccupierName>
            <pdt:PersonNameTitle>MX</pdt:PersonNameTitle>
            <pdt:PersonGivenName>IMAGINE</pdt:PersonGivenName>
            <pdt:PersonFamilyName>REEDLING</pdt:PersonFamilyName>
          </OccupierName>
        </OccupierContact>
      </AssessmentProperties>
    </ExistingEntries>
    <IndicatedDateOfChange>2026-07-01</IndicatedDateOfChange>
    <Remarks>LOFT CONVERTED, SEE PLAN ${padded}</Remarks>
  </BApropertyReport>
`
}
