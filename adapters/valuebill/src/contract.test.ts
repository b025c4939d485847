import { adapterContract, type StandIn } from '@portreeve/adapter-sdk/contract'
import { startFakeSystem } from './fake-system.ts'
import valuebill from './index.ts'
import { councilTaxReport, entries } from './testing/example-report.ts'
import { documentOf } from './testing/read-records.ts'
import { reportMessage } from './testing/report-message.ts'

const fields = (number: number) =>
  `<DateSent>2026-03-02</DateSent><TransactionIdentityBA>TRANS${number}</TransactionIdentityBA><BAidentityNumber>9999</BAidentityNumber><BAreportNumber>${number}</BAreportNumber><TypeOfTax><CtaxReasonForReport><ReasonForReportCode>CR03</ReasonForReportCode></CtaxReasonForReport></TypeOfTax><ProposedEntries><AssessmentProperties><PropertyIdentity><TextAddress><AddressLine>7 QUAY LANE</AddressLine><AddressLine>SALLOWMERE</AddressLine></TextAddress><BAreference>REF${number}</BAreference></PropertyIdentity></AssessmentProperties></ProposedEntries><IndicatedDateOfChange>2026-02-01</IndicatedDateOfChange><Remarks>NEW HOUSE</Remarks>`

const numberOf = (kind: 'good' | 'bad', number: number) => `${kind === 'bad' ? 9000 + number : number}`

/** A report that the stand-in refuses on business grounds is the bad one: nothing is wrong with it here. */
async function start(): Promise<StandIn> {
  const refuse = Object.fromEntries([1, 2, 3].map((number) => [numberOf('bad', number), '1005']))
  const system = await startFakeSystem({ authorityCode: '9999', password: 'tide-and-time', refuse })
  return {
    config: {
      baseUrl: system.baseUrl,
      billingAuthority: 'Borough of Sallowmere',
      billingAuthorityCode: '9999',
      password: 'tide-and-time',
      timeoutSeconds: 2,
    },
    misbehave: {
      down: () => system.close(),
      silent: () => system.setBehaviour({ kind: 'silence', on: 'any' }),
      'refuses the login': () => system.setBehaviour({ kind: 'status', status: 401, on: 'any' }),
    },
    message(kind, number) {
      const BAreportNumber = numberOf(kind, number)
      const changes = { BAreportNumber, TransactionIdentityBA: `TRANS${BAreportNumber}`, ProposedEntries: entries() }
      return reportMessage(councilTaxReport('CR03', changes))
    },
    effects({ body }) {
      const { baReportNumber }: { baReportNumber: string } = JSON.parse(new TextDecoder().decode(body))
      return system.reports().filter(({ reportNumber }) => reportNumber === baReportNumber).length
    },
    document(kind) {
      const whole = documentOf(fields(1), fields(2), fields(3))
      const bytes = new TextEncoder().encode(kind === 'good' ? whole : whole.slice(0, -20))
      return { bytes, contentType: 'application/xml', records: 3 }
    },
    state: () => `${system.submissions().length}`,
    stop: () => system.close(),
  }
}

adapterContract(valuebill, { start })
