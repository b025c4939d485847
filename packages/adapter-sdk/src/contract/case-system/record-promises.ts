import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { CaseSystemHarness } from './case-system-contract.ts'
import { ada } from './messages.ts'

/** What a stand-in for cases keeps, so that others can rely on it in their tests. */
export function recordPromises({ openAtStandIn, numbers }: CaseSystemHarness): void {
  const folder = mkdtempSync(join(tmpdir(), 'portreeve-cases-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('keeps persons, cases and what took effect over a restart', async () => {
    const file = join(folder, 'record.jsonl')
    const state = async (change: boolean) => {
      await using opened = await openAtStandIn({ file })
      if (change) {
        opened.system.setPersons([ada, { ...ada, reference: 'P-2', familyName: 'Other' }])
        await opened.send('r-1')
        opened.system.changeStatus(numbers(1), 'resolved', 'Moved.', 'clerk')
      }
      return [opened.system.persons(), opened.system.cases(), opened.system.history()]
    }
    const before = await state(true)
    expect(before).toMatchObject([
      [
        { reference: 'P-1', address: 'THE OLD MILL, 12A MILL STREET, SALLOWMERE', postcode: 'ZZ99 2BB' },
        { reference: 'P-2' },
      ],
      [{ caseId: numbers(1), externalReference: 'r-1', personReference: 'P-1', status: 'resolved', words: 'Moved.' }],
      [
        { sequence: 1, status: 'new', by: 'portreeve' },
        { sequence: 2, status: 'resolved', by: 'clerk' },
      ],
    ])
    expect(await state(false)).toEqual(before)
  })

  it('comes back at the same address after it was down, and has lost nothing', async () => {
    await using opened = await openAtStandIn()
    await opened.send('r-1')
    await opened.system.goDown()
    // Whether the connection that was kept alive is known to be gone is a matter of luck.
    expect((await opened.send('r-2'))?.state).toMatch(/^(not-taken|unknown)$/)
    await opened.system.comeBack()
    expect([await opened.send('r-1'), await opened.send('r-2')]).toMatchObject([
      { proof: numbers(1) },
      { proof: numbers(2) },
    ])
  })

  it('behaves well again when its misbehaviour is used up', async () => {
    await using opened = await openAtStandIn()
    opened.system.misbehave({ kind: 'status', status: 500, requests: 2 })
    const states = [await opened.send('r-1'), await opened.send('r-1'), await opened.send('r-1')]
    expect(states.map((outcome) => outcome?.state)).toEqual(['unknown', 'unknown', 'delivered'])
  })
}
