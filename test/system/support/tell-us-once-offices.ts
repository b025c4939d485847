import { join } from 'node:path'
import { startFakeSystem as startCases } from '@portreeve/adapter-crm-cases/fake-system'
import { startFakeSystem as startOpen311 } from '@portreeve/adapter-crm-open311/fake-system'
import { startFakeSystem as startElectoral } from '@portreeve/adapter-electoral/fake-system'
import { startFakeSystem as startMail } from '@portreeve/adapter-mail/fake-system'
import {
  type FakeSystemOptions as CouncilTaxOptions,
  startFakeSystem as startCouncilTax,
} from '@portreeve/adapter-revenues-accounts/fake-system'
import { inhabitants, oldHome, twice } from './tell-us-once-people.ts'

/** Suppliers of a CRM. Their stand-ins are played alike. */
export const crmSuppliers = ['crm-cases', 'crm-open311'] as const
export type CrmSupplier = (typeof crmSuppliers)[number]

export interface OfficesOptions {
  /** Default `crm-cases`. */
  readonly crm?: CrmSupplier
  /** Where council tax keeps its tables. Default: a file of SQLite. */
  readonly postgres?: NonNullable<CouncilTaxOptions['postgres']>
}

export const crmKey = 'key-of-the-crm'

/** Stand-ins of the back offices and of the mail server. They live while the broker is started and stopped. */
export async function startOffices(folder: string, { crm: supplier = 'crm-cases', postgres }: OfficesOptions) {
  await using opened = new AsyncDisposableStack()
  const postcode = oldHome.postcode
  const startCrm = supplier === 'crm-cases' ? startCases : startOpen311
  const crm = await startCrm({
    apiKey: crmKey,
    persons: [
      ...inhabitants.map((person, index) => ({ reference: `P-${index}`, ...person, postcode })),
      { reference: 'P-91', ...twice, address: '14 Tannery Row', postcode },
      { reference: 'P-92', ...twice, address: '14 Tannery Row', postcode },
    ],
  })
  opened.defer(() => crm.close())
  const councilTax = await startCouncilTax({
    ...(postgres ? { postgres } : { file: join(folder, 'council-tax.db') }),
    accounts: [...inhabitants, twice].map((person, index) => ({ accountRef: `7000${index}`, ...person, postcode })),
  })
  opened.defer(() => councilTax.close())
  const electoral = await startElectoral({ folder: join(folder, 'electoral') })
  opened.defer(() => electoral.close())
  electoral.register.push(
    ...[...inhabitants, twice].map(({ givenName, familyName }, index) => {
      return { number: `EA-${index}`, forenames: givenName, surname: familyName, address: '14 Tannery Row' }
    }),
  )
  const mail = await startMail({ mailboxFolder: join(folder, 'mailbox') })
  opened.defer(() => mail.close())
  const everything = opened.move()
  return {
    crm,
    councilTax,
    electoral,
    mail,
    /** What staff do with all that has come in: they take it over. */
    async work(): Promise<void> {
      for (const { caseId, status } of crm.cases()) if (status === 'new') crm.changeStatus(caseId, 'resolved', 'Done.')
      await councilTax.work()
      const before = electoral.record.size
      await electoral.take()
      if (electoral.record.size > before) await electoral.answer()
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  }
}

export type Offices = Awaited<ReturnType<typeof startOffices>>
