import type { TestStep } from '@portreeve/configuration'
import type { Operations } from '../operations.ts'

type Decision = Omit<Extract<TestStep, { kind: 'decides' }>['decides'][number], 'transaction'>

const by = 'The test'

/** What a person would do by `portreeve approve`, `reject`, `correct` and `resolve`. Rejects as the operations do. */
export async function decide(decision: Decision, reference: string, operations: Operations): Promise<void> {
  const { approve, reject, correct, resolve } = decision
  if (approve !== undefined) {
    await operations.decideTransaction({ reference, decision: 'approve', by, why: approve })
  }
  if (reject !== undefined) {
    await operations.decideTransaction({ reference, decision: 'reject', by, why: reject })
  }
  if (correct) {
    const { body: now = '{}' } = (await operations.transaction({ reference })) ?? {}
    const body = JSON.stringify({ ...JSON.parse(now ?? '{}'), ...correct.body })
    await operations.correctTransaction({ reference, by, why: correct.why, body })
  }
  if (resolve) await operations.resolveTransaction({ reference, by, ...resolve })
}
