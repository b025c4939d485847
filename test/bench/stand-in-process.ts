// The stand-in of the VOA's service in a process of its own, so that its work is not counted as the broker's.
import { startFakeSystem } from '@portreeve/adapter-valuebill/fake-system'

const standIn = await startFakeSystem({ authorityCode: '9999', password: process.env.VOA_PASSWORD ?? '' })
process.send?.({ baseUrl: standIn.baseUrl })
process.on('message', () => process.send?.({ reports: standIn.reports().length }))
process.on('disconnect', () => process.exit())
