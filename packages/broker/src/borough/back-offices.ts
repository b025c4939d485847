import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startFakeSystem as startCrm } from '@portreeve/adapter-crm-cases/fake-system'
import { startFakeSystem as startElectoral } from '@portreeve/adapter-electoral/fake-system'
import { startFakeSystem as startMail } from '@portreeve/adapter-mail/fake-system'
import { startFakeSystem as startCouncilTax } from '@portreeve/adapter-revenues-accounts/fake-system'
import { atUsualPort } from './at-usual-port.ts'
import { accounts, crmPersons, electors } from './inhabitants.ts'

export interface BackOffices extends AsyncDisposable {
  readonly crm: Awaited<ReturnType<typeof startCrm>>
  readonly councilTax: Awaited<ReturnType<typeof startCouncilTax>>
  readonly electoral: Awaited<ReturnType<typeof startElectoral>>
  readonly mail: Awaited<ReturnType<typeof startMail>>
  /** What the staff of each office would do in a day: they take over what has come in. */
  work(): Promise<void>
}

const ports = { crm: 4181, mail: 4182 }

/** Stand-ins of the borough's back offices and of its mail server. They keep what they took in the folder. */
export async function startBackOffices(folder: string, { crmKey }: { crmKey: string }): Promise<BackOffices> {
  await using opened = new AsyncDisposableStack()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const crmOptions = { apiKey: crmKey, persons: crmPersons, file: join(folder, 'crm.jsonl') }
  const crm = await atUsualPort(ports.crm, (port) => startCrm({ ...crmOptions, port }))
  opened.defer(() => crm.close())
  const councilTax = await startCouncilTax({ file: join(folder, 'council-tax.db') })
  opened.defer(() => councilTax.close())
  if ((await councilTax.accounts()).length === 0) await councilTax.addAccounts(...accounts)
  const electoral = await startElectoral({ folder: join(folder, 'electoral') })
  opened.defer(() => electoral.close())
  electoral.register.push(...electors.map((elector) => ({ ...elector })))
  const mailboxFolder = join(folder, 'mailbox')
  const mail = await atUsualPort(ports.mail, (port) => startMail({ mailboxFolder, port }))
  opened.defer(() => mail.close())
  const everything = opened.move()
  return {
    crm,
    councilTax,
    electoral,
    mail,
    async work() {
      for (const { caseId, status } of crm.cases()) {
        if (status === 'new') crm.changeStatus(caseId, 'resolved', 'The record is changed.')
      }
      await councilTax.work()
      const before = electoral.record.size
      await electoral.take()
      if (electoral.record.size > before) await electoral.answer()
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  }
}
