import { caseSystemOpener } from '@portreeve/adapter-sdk/contract'
import { startFakeSystem } from '../fake-system.ts'
import crmOpen311 from '../index.ts'

export const openAtStandIn = caseSystemOpener(crmOpen311, startFakeSystem)
