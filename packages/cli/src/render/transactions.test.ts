import { describe, expect, it } from 'vitest'
import { plainLook, status } from '../testing/example-answers.ts'
import { heldTransaction, transaction, transactionTrack } from '../testing/example-transaction.ts'
import { renderStatus } from './status.ts'
import { renderTrack } from './track.ts'
import { renderTransaction } from './transaction.ts'
import { renderTransactions } from './transactions.ts'

const reason = { code: 'PRV_ENDPOINTS_DOWN', sentence: 'It is down.', remedy: 'Wait.' }
const paused = new Map([['parking', { ...reason, since: '2026-03-04T14:10:00Z', retryAt: null }]])

describe('what a service desk reads', () => {
  it('of a transaction: where each system stands in plain words, what happens next, and one story', () => {
    expect(renderTrack(transactionTrack, plainLook, { transaction, paused })).toMatchInlineSnapshot(`
      "9R3R-L632  customer.address.changed
      accepted 09:00:00, now needs a person for electoral
      on the telephone: nine Romeo three Romeo, Lima six three two

      Where it stands
        crm          confirmed       11:00:00  their reference C-1; Moved
        council-tax  delivered       10:30:00  their reference 4711; a person is called if it has not
                                               confirmed by Fri 6 Mar
        electoral    needs a person  10:40:00  electoral has 2 persons who may be meant; 2 persons may be
                                               meant
        libraries    not concerned             it was not to be told
        parking      waiting         10:00:00  cannot be reached since 14:10:00, and is tried again by
                                               itself
        waste        waiting         10:00:00  waits behind an earlier change

      See what to decide, and how: portreeve transactions show 9R3R-L632

      What happened
        09:00:00  accepted        Accepted as customer.address.changed.
        09:00:00  held            Waits for a decision: They moved long ago.
        09:00:01  delivered       Acknowledgement by e-mail: e-mails.mail has it; nothing more is to be
                                  done.
        10:00:00  approved        A. Clerk let it go on: tenancy agreement seen
        10:00:00  asked           crm is asked to take it over.
        10:01:00  delivered       crm has it, under C-1.
        10:40:00  needs a person  A person is needed for electoral: Two persons may be meant.
        10:50:00  released        A. Clerk let it go to updates-to-parking.parking again: put right there
        11:00:00  confirmed       crm has done it: Moved."
    `)
  })

  it('of a transaction: nothing that it says, and nobody who may be meant', () => {
    for (const each of [transaction, heldTransaction]) {
      const text = renderTrack(transactionTrack, plainLook, { transaction: each, all: true })
      expect(text).not.toMatch(/Wilhelmina|P-1|Tannery/)
    }
  })

  it('of a transaction that is held: why, and that nobody is told before somebody decides', () => {
    const text = renderTrack(transactionTrack, plainLook, { transaction: heldTransaction })
    expect(text).toContain(
      'Why it waits for a decision\n  Several persons have this name; 2 persons may be meant\n\nWhere it stands\n',
    )
    expect(text).toMatch(/crm +waiting +[\d:]+ +is told once it is decided/)
  })

  it('of a transaction that is over: that it was rejected, put right by hand, or done', () => {
    const rejected = { ...heldTransaction, stage: 'rejected' } as const
    expect(renderTrack(transactionTrack, plainLook, { transaction: rejected })).toMatch(
      /now rejected[\s\S]*crm +not told +[\d:]+\n/,
    )
    const [crm] = transaction.systems
    const resolved = {
      at: '2026-03-04T12:00:00Z',
      what: 'resolved',
      system: 'crm',
      by: 'A. Clerk',
      why: 'Moved.',
    } as const
    const done = {
      ...transaction,
      stage: 'ended',
      systems: crm ? [crm] : [],
      steps: [...transaction.steps, resolved],
    } as const
    expect(renderTrack(transactionTrack, plainLook, { transaction: done })).toMatch(
      /now done[\s\S]*their reference C-1; A. Clerk dealt with it by hand: Moved\n/,
    )
  })

  it('of a transaction that a system may have or not: that this is being found out', () => {
    const crm = {
      system: 'crm',
      state: 'waiting',
      since: '2026-03-04T10:00:00Z',
      attempt: 1,
      handedOver: false,
    } as const
    const waits = { ...transaction, systems: [{ ...crm, isUnknown: true }] }
    const paused = { code: 'X', sentence: 's', remedy: 'r', since: '2026-03-04T10:05:00Z', retryAt: null }
    const told = (more: object) => renderTrack(transactionTrack, plainLook, { transaction: waits, ...more })
    const flat = (text: string) => text.replace(/\s+/g, ' ')
    expect(flat(told({}))).toContain('was sent it, and it is not known whether it has it; that is being found out')
    expect(flat(told({ paused: new Map([['crm', paused]]) }))).toContain(
      'it is not known whether it has it; cannot be reached',
    )
  })

  it('of a long story: every line of the ledger too, when that is asked for', () => {
    const text = renderTrack(transactionTrack, plainLook, { transaction, all: true })
    expect(text).toContain('updates-to-crm.crm has it, under C-1')
    expect(text).toContain('2 messages followed from it:')
  })
})

describe('what somebody reads who decides about transactions', () => {
  it('in a list: a line for each thing to decide, and what to do next', () => {
    const page = { transactions: [heldTransaction, transaction], next: 17 }
    expect(renderTransactions(page, plainLook)).toMatchInlineSnapshot(`
      "Reference  Since     What for         Candidates  Why
      9R3R-L632  09:00:00  quality control           2  Several persons have this name.
      9R3R-L632  10:40:00  electoral                 2  electoral has 2 persons who may be meant.

      See what to decide, and how: portreeve transactions show 9R3R-L632
      There are more: add --after 17"
    `)
    expect(renderTransactions({ transactions: [], next: null }, plainLook)).toBe('No transaction waits for a person.')
    const piped = { ...plainLook, width: 40, rowWidth: Number.POSITIVE_INFINITY }
    expect(
      renderTransactions({ ...page, next: null }, piped)
        .split('\n\n')[0]
        ?.split('\n'),
    ).toHaveLength(3)
  })

  it('of one that a system could not take over: who may be meant, and each thing that can be done', () => {
    expect(renderTransaction(transaction, plainLook)).toMatchInlineSnapshot(`
      "Transaction  9R3R-L632
      Accepted     09:00:00
      Process      tell-us-once
      Now          needs a person for electoral
      Body         43 characters of JSON; --body shows it (it holds personal data)

      electoral, since 10:40:00
        electoral has 2 persons who may be meant. (PRV_ADAPTER_PERSON_AMBIGUOUS)
        Later changes of the same person wait behind it.
        Who may be meant:
          P-1    born 29 February 1984, at 14 Tannery Row\\x1b[2J
          P '2'  born 29 February 1984, at 3 Weir Walk

      Where it stands
        crm          confirmed       11:00:00  their reference C-1; Moved
        council-tax  delivered       10:30:00  their reference 4711; a person is called if it has not
                                               confirmed by Fri 6 Mar
        electoral    needs a person  10:40:00  electoral has 2 persons who may be meant; 2 persons may be
                                               meant
        libraries    not concerned             it was not to be told
        parking      waiting         10:00:00  was asked, and has not said yet that it has it
        waste        waiting         10:00:00  waits behind an earlier change

      Say who is meant, and ask electoral again:
        portreeve resolve 9R3R-L632 electoral --person P-1 --by 'your name' --why 'your reason'
      Say that it was put right in electoral by hand:
        portreeve resolve 9R3R-L632 electoral --done --by 'your name' --why 'your reason'"
    `)
  })

  it('of one that is held: the three things that can be decided; what it says only when that is asked for', () => {
    const text = renderTransaction(heldTransaction, plainLook)
    for (const command of ['approve', 'correct', 'reject']) {
      expect(text).toContain(`portreeve ${command} 9R3R-L632 --by 'your name' --why 'your reason'`)
    }
    expect(text).not.toContain('Wilhelmina')
    expect(text, 'no heading with nothing under it').not.toContain('Why it waits for a decision')
    expect(renderTransaction(heldTransaction, plainLook, { body: true })).toContain('"personGivenName": "Wilhelmina"')
  })

  it('of one whose request is a dead letter: that it can be looked at and sent again, before anything else', () => {
    const letter = { receiver: 'updates-to-crm.crm', key: 'c0ffee' }
    const systems = transaction.systems.map((system) => {
      return system.state === 'needs-a-person' ? { ...system, candidates: [], deadLetter: letter } : system
    })
    const parked = { ...transaction, systems }
    const show = 'portreeve dead-letters show updates-to-crm.crm c0ffee'
    const retry = 'portreeve dead-letters retry updates-to-crm.crm c0ffee --by'
    const shown = renderTransaction(parked, plainLook)
    expect(shown.slice(shown.indexOf('See the dead letter'))).toContain(show)
    expect(shown).toContain(retry)
    expect(shown, 'it would be refused').not.toContain('portreeve resolve')
    const track = renderTrack(transactionTrack, plainLook, { transaction: parked })
    expect(track.indexOf(show)).toBeGreaterThan(0)
    expect(track.indexOf(show)).toBeLessThan(track.indexOf('portreeve transactions show'))
    expect(track).toContain(retry)
  })

  it('of one in whose system nobody matches: who comes close; with nobody named, that --even-so is needed', () => {
    const words = 'electoral has nobody who matches the person of this message.'
    const of = (candidates: NonNullable<(typeof transaction.systems)[number]['candidates']>) => ({
      ...transaction,
      systems: transaction.systems
        .filter(({ system }) => system === 'electoral')
        .map((system) => ({ ...system, code: 'PRV_ADAPTER_PERSON_NOT_FOUND', words, candidates })),
    })
    const [candidate = { personReference: '', description: '' }] = transaction.systems[2]?.candidates ?? []
    const close = renderTrack(transactionTrack, plainLook, { transaction: of([candidate]) })
    expect(close.replaceAll(/\s+/g, ' ')).toContain('this message; 1 person comes close, and may be meant')
    expect(renderTransaction(of([]), plainLook).replaceAll(/\s+/g, ' ')).toContain(' --even-so ')
  })

  it('of a person whom somebody chose: which, and that the system does not know that one', () => {
    const by = { by: 'A. Clerk', why: 'same date of birth', personReference: 'P-17' }
    const chosen = { at: '2026-03-04T12:00:00Z', what: 'resolved', system: 'crm', ...by } as const
    const crm = { system: 'crm', since: '2026-03-04T12:01:00Z', attempt: 2, handedOver: false } as const
    const unknown = {
      ...crm,
      state: 'needs-a-person',
      code: 'PRV_ADAPTER_PERSON_NOT_FOUND',
      words: 'crm has nobody who matches the person of this message.',
      personReference: 'P-17',
    } as const
    const asked = { ...transaction, systems: [unknown], steps: [chosen] }
    const track = renderTrack(transactionTrack, plainLook, { transaction: asked })
    expect(track).toContain('A. Clerk chose P-17 at crm: same date of birth')
    expect(track).toContain('crm knows nobody by P-17, the reference that was chosen')
    expect(track).not.toContain('nobody who matches')
    expect(renderTransaction(asked, plainLook)).toContain('crm knows nobody by P-17, the reference that was chosen')
  })

  it('of one whose words are forgotten: that it can only be put right by hand', () => {
    const text = renderTransaction({ ...transaction, body: null }, plainLook)
    expect(text).toContain('--done')
    expect(text).not.toContain('--person')
  })

  it('of the broker: how many transactions are under way, and how many wait for a person', () => {
    const processes = [{ process: 'tell-us-once', open: 1200, needPerson: 3, lag: 0 }]
    const text = renderStatus({ ...status, processes }, plainLook)
    expect(text).toMatch(/Transactions\n +Process +Under way +Wait for a person\n +tell-us-once +1,200 +3\n/)
    expect(text).toContain('3 transactions waiting for a person: portreeve transactions')
  })
})
