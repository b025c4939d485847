import { isDeepStrictEqual } from 'node:util'
import type { Transaction } from '@portreeve/broker'
import { PortreeveError } from '@portreeve/errors'
import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { withNewBody } from '../new-body.ts'
import { renderMatters } from '../render/transactions.ts'
import {
  decided,
  isRunning,
  type Judgement,
  referenceArgument,
  requireTransaction,
  withJudgement,
} from '../transaction.ts'

interface CorrectOptions extends CommonOptions, Judgement {
  readonly body?: string
}

export function correctCommand(invocation: Invocation): Command {
  const { terminal } = invocation
  const command = withJudgement(
    new Command('correct')
      .summary('correct a transaction that quality control holds, and let it go on')
      .description(
        'Tells why quality control holds a transaction, opens what it says in $EDITOR, or takes it from a file, and lets it go on so. What it said before is kept.',
      )
      .argument(...referenceArgument)
      .usage('<reference> --by <who> --why <reason>'),
  )
    .option('--body <file>', 'what it is to say, JSON, instead of an editor')
    .action(async (given: string, options: CorrectOptions) => {
      const { by, why, body: file } = options
      const told = await withOperations(options, terminal, async (operations) => {
        const transaction = await requireTransaction(operations, given)
        const { reference } = transaction
        requireHeld(transaction)
        invocation.remark(renderMatters(transaction, invocation.look).join('\n'), options)
        const present = { body: transaction.body, contentType: 'application/json', key: reference }
        await withNewBody({ present, file }, terminal, async (body) => {
          requireOther(body, transaction)
          await operations.correctTransaction({ reference, by, why, body })
        })
        return { reference, decision: 'corrected', running: await isRunning(operations) } as const
      })
      await invocation.answer(...decided(told, invocation.look), options)
    })
  const decision = "9R3R-L632 --by 'A. Clerk' --why 'date of the move agreed'"
  return invocation.describe(command, [
    [`portreeve correct ${decision}`, 'in $EDITOR'],
    [`portreeve correct ${decision} --body new.json`, 'from a file'],
  ])
}

/** Before an editor is opened in vain. */
function requireHeld({ stage, reference }: Transaction): void {
  if (stage !== 'held') throw new PortreeveError('PRV_BROKER_NOT_HELD', { reference })
}

/** Throws `PRV_CLI_NOTHING_EDITED` where only the layout was changed. */
function requireOther(body: string, { body: before }: Transaction): void {
  if (before !== null && isDeepStrictEqual(parsed(body), parsed(before))) {
    throw new PortreeveError('PRV_CLI_NOTHING_EDITED')
  }
}

/** What is no JSON is for the broker to refuse, with the place. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
