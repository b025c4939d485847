import { describe, expect, it } from 'vitest'
import type { CaseSystemHarness } from './case-system-contract.ts'
import { ada, move, requestOf } from './messages.ts'

const { signal } = new AbortController()
const { personBirthDate: _born, ...nameOnly } = move.person
const { postcode: _postcode, ...noPostcode } = move.oldAddress
const bob = { ...ada, reference: 'P-2', customer: 'CUST-2', givenName: 'Bob' }
const namesake = { ...ada, reference: 'P-3', customer: 'CUST-3', postcode: 'ZZ99 9ZZ' }
const older = { ...ada, reference: 'P-4', customer: 'CUST-4', birthDate: '1950-05-05' }
const unknownToUs = (person: typeof ada) => {
  const { customer: _customer, ...rest } = person
  return rest
}

/** How a system for cases is to take over a change of address. */
export function addressUpdatePromises({ openAtStandIn, numbers, typeUnknown }: CaseSystemHarness): void {
  describe('the person is found', () => {
    it.each([
      ['by the one whom somebody chose', { ...move, personReference: 'P-2' }, [ada, bob], 'P-2'],
      ["by the council's reference", { ...move, person: { ...nameOnly, customer: 'CUST-2' } }, [ada, bob], 'P-2'],
      [
        "by name and date of birth, where the CRM has not got the council's reference",
        { ...move, person: { ...move.person, customer: 'CUST-9' } },
        [unknownToUs(ada), bob],
        'P-1',
      ],
      ['by name and date of birth', move, [ada, older], 'P-1'],
      ['though it knows another address', move, [namesake], 'P-3'],
      ['by the old postcode, among namesakes', move, [ada, namesake], 'P-1'],
      [
        'by name and old postcode, where nobody told the date of birth',
        { ...move, person: nameOnly },
        [ada, namesake],
        'P-1',
      ],
      ['whatever the letter case', { ...move, person: { ...move.person, personFamilyName: 'QUILLIAM' } }, [ada], 'P-1'],
      ['among twins', move, [ada, bob], 'P-1'],
    ])('%s', async (_how, body, persons, reference) => {
      await using opened = await openAtStandIn({ persons })
      expect(await opened.send('r-1', body)).toEqual({ state: 'delivered', proof: numbers(1) })
      expect(opened.system.cases()).toMatchObject([
        { externalReference: 'r-1', personReference: reference, status: 'new' },
      ])
    })
  })

  describe('a person has to choose', () => {
    const notFound = 'PRV_ADAPTER_PERSON_NOT_FOUND'
    const ambiguous = 'PRV_ADAPTER_PERSON_AMBIGUOUS'
    it.each([
      ['nobody fits', move, [older], notFound, []],
      ['the one who was chosen is not there', { ...move, personReference: 'P-9' }, [ada], notFound, []],
      ['only a twin is there', move, [bob], notFound, ['P-2']],
      [
        'the only one has another reference of the council',
        { ...move, person: { ...move.person, customer: 'CUST-9' } },
        [ada],
        notFound,
        [],
      ],
      ['several share all that is known', move, [ada, { ...ada, reference: 'P-5' }], ambiguous, ['P-1', 'P-5']],
      ['a name is all that is known', { ...move, person: nameOnly, oldAddress: noPostcode }, [ada], notFound, ['P-1']],
      [
        "two have the council's reference",
        { ...move, person: { ...move.person, customer: 'CUST-1' } },
        [ada, { ...ada, reference: 'P-5' }],
        ambiguous,
        ['P-1', 'P-5'],
      ],
    ])('when %s', async (_when, body, persons, code, references) => {
      await using opened = await openAtStandIn({ persons })
      const outcome = await opened.send('r-1', body)
      expect(outcome).toMatchObject({ state: 'refused', code })
      const candidates = outcome?.state === 'refused' ? (outcome.candidates ?? []) : []
      expect(candidates.map(({ personReference }) => personReference)).toEqual(references)
      expect(JSON.stringify({ ...outcome, candidates: [] })).not.toContain('Quilliam')
      expect(opened.system.cases()).toEqual([])
    })

    it('among twenty, though there be more, each told from the others', async () => {
      const persons = Array.from({ length: 40 }, (_, index) => ({
        ...ada,
        reference: `P-${index}`,
        address: `${index} QUAY LANE`,
      }))
      await using opened = await openAtStandIn({ persons })
      const outcome = await opened.send('r-1')
      const candidates = outcome?.state === 'refused' ? (outcome.candidates ?? []) : []
      expect(candidates).toHaveLength(20)
      expect(candidates[3]).toEqual({
        personReference: 'P-3',
        description: 'Ada Quilliam; born 1980-01-02; 3 QUAY LANE, ZZ99 1AA',
      })
    })
  })

  describe('a repeat', () => {
    it('is recognised by its id, and proved by the case that there is', async () => {
      await using opened = await openAtStandIn()
      expect([await opened.send('r-1'), await opened.send('r-1')]).toEqual([
        { state: 'delivered', proof: numbers(1) },
        { state: 'delivered', proof: numbers(1) },
      ])
      expect(opened.system.cases()).toHaveLength(1)
    })

    it('is recognised although the person does not fit any more, having been moved by the case itself', async () => {
      await using opened = await openAtStandIn()
      const byPostcode = { ...move, person: nameOnly }
      await opened.send('r-1', byPostcode)
      opened.system.changeStatus(numbers(1), 'resolved')
      expect(await opened.send('r-1', byPostcode)).toEqual({ state: 'delivered', proof: numbers(1) })
      expect(await opened.send('r-2', byPostcode)).toMatchObject({ state: 'refused' })
    })
  })

  it("is refused with the CRM's own code where it takes no such case", async () => {
    await using opened = await openAtStandIn({ caseType: 'removal' })
    expect(await opened.send('r-1')).toEqual({
      state: 'refused',
      code: typeUnknown,
      reason: `crm refused the message with its code ${typeUnknown}.`,
    })
  })

  it('puts a message aside that is no change of address, and sends its neighbours', async () => {
    await using opened = await openAtStandIn()
    const messages = [requestOf('r-1', { nonsense: true }), requestOf('r-2')]
    const outcomes = await opened.adapter.send?.({ id: 'b', messages }, signal)
    expect(outcomes).toMatchObject([
      { state: 'not-taken', error: { code: 'PRV_ADAPTER_MESSAGE' } },
      { state: 'delivered' },
    ])
  })
}
