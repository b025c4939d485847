import { logContract } from './log-contract.ts'
import { everyPromise, fewestPromises, memoryHarness } from './memory-harness.ts'

logContract('memory, every promise', everyPromise, memoryHarness({ capabilities: everyPromise }))
logContract('memory, fewest promises', fewestPromises, memoryHarness({ capabilities: fewestPromises }))
