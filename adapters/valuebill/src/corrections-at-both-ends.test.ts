import { afterEach, describe, expect, it } from 'vitest'
import { startFakeSystem } from './fake-system.ts'
import valuebill from './index.ts'
import { councilTaxReport, entries, property } from './testing/example-report.ts'
import { batchOf, reportMessage } from './testing/report-message.ts'
import type { BApropertyReport } from './vendor-types.ts'

const disposers: (() => PromiseLike<void>)[] = []
afterEach(async () => {
  for (const dispose of disposers.splice(0).reverse()) await dispose()
})

const signal = new AbortController().signal
const sides = { ExistingEntries: entries(property('7')), ProposedEntries: entries(property('9')) }

/** Outcomes, and the document as it goes on from the stand-in to the list system. */
async function sendBetween(
  { adapterLeavesIt, serviceCorrects }: { adapterLeavesIt: boolean; serviceCorrects: boolean },
  ...reports: readonly BApropertyReport[]
) {
  let passedOn = ''
  const onPassedOn = (document: string) => {
    passedOn += document
  }
  const service = await startFakeSystem({ authorityCode: '9999', corrects: serviceCorrects, onPassedOn })
  disposers.push(() => service.close())
  const adapter = await valuebill.open(
    {
      baseUrl: service.baseUrl,
      billingAuthority: 'Borough of Sallowmere',
      billingAuthorityCode: '9999',
      password: 'secret',
      serviceCorrects: adapterLeavesIt,
    },
    {
      label: 'voa',
      authority: 'X99000001',
      now: () => new Date('2026-03-02T10:00:00Z'),
      signal,
      claims: { put: () => Promise.reject(new Error('unused')), get: () => [] as never },
    },
  )
  disposers.push(() => adapter[Symbol.asyncDispose]())
  const outcomes = await adapter.send?.(batchOf(...reports.map((report) => reportMessage(report))), signal)
  return { outcomes, passedOn }
}

function marks(document: string): { readonly lines: number; readonly remarks: number } {
  return {
    lines: document.split('<AddressLine>[PROPOSED] ').length - 1,
    remarks: document.split(' - [PROPOSED] - [9 QUAY LANE,SALLOWMERE,ZZ9 9ZZ]').length - 1,
  }
}

describe('the proposed addresses of CR05 and CR12 reach the list system', () => {
  const both = [
    councilTaxReport('CR05', { ...sides, BAreportNumber: '1' }),
    councilTaxReport('CR12', { ...sides, BAreportNumber: '2' }),
  ] as const

  it.each([true, false])('once when adapter and service agree that the service corrects: %s', async (corrects) => {
    const { outcomes, passedOn } = await sendBetween({ adapterLeavesIt: corrects, serviceCorrects: corrects }, ...both)
    expect(outcomes).toMatchObject([{ state: 'delivered' }, { state: 'delivered' }])
    expect(marks(passedOn)).toEqual({ lines: 2, remarks: 1 })
    expect(passedOn).toContain(
      '<BAreference>REF7</BAreference></PropertyIdentity></AssessmentProperties><AssessmentProperties><PropertyIdentity><bs7666:UniquePropertyReferenceNumber>999900009<',
    )
  })

  it('twice when the service corrects and the adapter is told that it does not', async () => {
    const { passedOn } = await sendBetween({ adapterLeavesIt: false, serviceCorrects: true }, ...both)
    expect(marks(passedOn)).toEqual({ lines: 4, remarks: 2 })
  })
})

describe('a report that would be good, but not after the service has corrected it', () => {
  const long = 'A'.repeat(90)
  const address = { TextAddress: { AddressLine: [long, 'SALLOWMERE'] }, BAreference: 'REF9' }
  const split = councilTaxReport('CR05', { ...sides, ProposedEntries: entries({ PropertyIdentity: address }) })
  const moved = councilTaxReport('CR12', { ...sides, Remarks: 'B'.repeat(200) })
  const far = entries({ PropertyIdentity: { TextAddress: { AddressLine: [long, long, long] }, BAreference: 'REF9' } })

  it.each<[string, BApropertyReport, string, RegExp]>([
    ['a line with no room for the mark', split, '2000', /shorten it to 89/],
    ['remarks with no room for the address', moved, 'RemarksValidationTooLong', /from 200 characters to 192/],
    [
      'an address with room for no remarks',
      { ...moved, ProposedEntries: far },
      'RemarksValidationTooLong',
      /the address\.$/,
    ],
  ])('is refused here, before it takes the others along: %s', async (_, report, code, reason) => {
    const { outcomes, passedOn } = await sendBetween({ adapterLeavesIt: true, serviceCorrects: true }, report)
    expect(outcomes).toMatchObject([{ state: 'refused', code, reason: expect.stringMatching(reason) }])
    expect(passedOn).toBe('')
  })

  it.each([split, moved])('is sent to a service that does not correct', async (report) => {
    const { outcomes } = await sendBetween({ adapterLeavesIt: false, serviceCorrects: false }, report)
    expect(outcomes).toMatchObject([{ state: 'delivered' }])
  })

  it('may fill the room to the last character', async () => {
    const fits = councilTaxReport('CR12', { ...sides, Remarks: 'B'.repeat(192) })
    const { outcomes, passedOn } = await sendBetween({ adapterLeavesIt: true, serviceCorrects: true }, fits)
    expect(outcomes).toMatchObject([{ state: 'delivered' }])
    expect(/<Remarks>([^<]*)</.exec(passedOn)?.[1]).toHaveLength(240)
  })
})
