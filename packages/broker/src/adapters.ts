import crmCases from '@portreeve/adapter-crm-cases'
import electoral from '@portreeve/adapter-electoral'
import revenues from '@portreeve/adapter-revenues'
import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import valuebill from '@portreeve/adapter-valuebill'

/** The only place that names adapters. */
export const adapters: readonly AdapterDeclaration[] = [crmCases, electoral, revenues, valuebill]

export function adapterNamed(name: string): AdapterDeclaration | undefined {
  return adapters.find((declaration) => declaration.name === name)
}
