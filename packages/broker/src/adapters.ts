import crmCases from '@portreeve/adapter-crm-cases'
import crmOpen311 from '@portreeve/adapter-crm-open311'
import electoral from '@portreeve/adapter-electoral'
import mail from '@portreeve/adapter-mail'
import registers from '@portreeve/adapter-registers'
import revenues from '@portreeve/adapter-revenues'
import revenuesAccounts from '@portreeve/adapter-revenues-accounts'
import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import valuebill from '@portreeve/adapter-valuebill'

/** The only place that names adapters. */
export const adapters: readonly AdapterDeclaration[] = [
  crmCases,
  crmOpen311,
  electoral,
  mail,
  registers,
  revenues,
  revenuesAccounts,
  valuebill,
]

export function adapterNamed(name: string): AdapterDeclaration | undefined {
  return adapters.find((declaration) => declaration.name === name)
}
