import { logContract } from '@portreeve/log/contract'
import { afterAll } from 'vitest'
import { capabilities, memoryCapabilities } from './capabilities.ts'
import { fileHarness, memoryHarness } from './harness.ts'

const file = fileHarness()
afterAll(file.removeFolders)

logContract('sqlite, file', capabilities, file)
logContract('sqlite, memory', memoryCapabilities, memoryHarness())
