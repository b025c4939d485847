import { caseSystemOpener } from '@portreeve/adapter-sdk/contract'
import { startFakeSystem } from '../fake-system.ts'
import crmCases from '../index.ts'

export const openAtStandIn = caseSystemOpener(crmCases, startFakeSystem)
