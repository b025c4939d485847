// A program of its own: the stand-in of the VOA, so that what it remembers is not counted as the broker's memory. Keeps its
// record in the file that it is given, and reports its address on file descriptor 3.
import { writeSync } from 'node:fs'
import { startFakeSystem } from '@portreeve/adapter-valuebill/fake-system'
import { boroughSettings } from './borough-configuration.ts'

const [, , file = ''] = process.argv
const voa = await startFakeSystem({ authorityCode: '9999', password: boroughSettings.password, file })
writeSync(3, `${voa.baseUrl}\n`)
