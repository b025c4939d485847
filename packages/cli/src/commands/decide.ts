import { parseReference } from '@portreeve/envelope'
import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { decided, isRunning, type Judgement, referenceArgument, withJudgement } from '../transaction.ts'

export function approveCommand(invocation: Invocation): Command {
  const command = new Command('approve')
    .summary('let a transaction go on that quality control holds')
    .description('Lets a transaction go on as it is that quality control holds: the systems that it concerns are told.')
  return invocation.describe(decide(command, 'approve', invocation), [
    ["portreeve approve 9R3R-L632 --by 'A. Clerk' --why 'tenancy agreement seen'", 'it goes on'],
  ])
}

export function rejectCommand(invocation: Invocation): Command {
  const command = new Command('reject')
    .summary('end a transaction that quality control holds')
    .description('Ends a transaction that quality control holds: no system is told. It stays in the log.')
  return invocation.describe(decide(command, 'reject', invocation), [
    ["portreeve reject 9R3R-L632 --by 'A. Clerk' --why 'sent twice'", 'nobody is told'],
  ])
}

function decide(command: Command, decision: 'approve' | 'reject', invocation: Invocation): Command {
  return withJudgement(command.argument(...referenceArgument).usage('<reference> --by <who> --why <reason>')).action(
    async (given: string, options: CommonOptions & Judgement) => {
      const { by, why } = options
      const reference = parseReference(given)
      const running = await withOperations(options, invocation.terminal, async (operations) => {
        await operations.decideTransaction({ reference, decision, by, why })
        return await isRunning(operations)
      })
      const told = { reference, decision: decision === 'approve' ? 'approved' : 'rejected', running } as const
      await invocation.answer(...decided(told, invocation.look), options)
    },
  )
}
