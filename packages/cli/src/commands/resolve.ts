import type { Transaction } from '@portreeve/broker'
import { PortreeveError } from '@portreeve/errors'
import { Command, Option } from 'commander'
import { withOperations } from '../configured.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import {
  decided,
  isRunning,
  type Judgement,
  referenceArgument,
  requireTransaction,
  withJudgement,
} from '../transaction.ts'

interface ResolveOptions extends CommonOptions, Judgement {
  readonly person?: string
  readonly done?: true
  readonly evenSo?: true
}

export function resolveCommand(invocation: Invocation): Command {
  const command = withJudgement(
    new Command('resolve')
      .summary('say what to do about a system that needs a person')
      .description(
        'Says who is meant in a system that needs a person: then it is asked again. Or that a person has put it right there by hand: then it is done.',
      )
      .argument(...referenceArgument)
      .argument('<system>', 'as track tells it'),
  )
    .usage('<reference> <system> --by <who> --why <reason>')
    .addOption(new Option('--person <reference>', "who is meant, by the system's own reference").conflicts('done'))
    .option('--done', 'it was put right there by hand')
    .option('--even-so', 'with --person: the system has not named this person, but it is the one')
    .action(async (given: string, system: string, options: ResolveOptions) => {
      requireAnswer(options)
      const { by, why, person } = options
      const told = await withOperations(options, invocation.terminal, async (operations) => {
        const transaction = await requireTransaction(operations, given)
        requireSensible(transaction, system, options)
        const { reference } = transaction
        const meant = person === undefined ? {} : { personReference: person }
        await operations.resolveTransaction({ reference, system, by, why, ...meant })
        const decision = person === undefined ? 'done' : 'asked-again'
        return { reference, system, decision, running: await isRunning(operations) } as const
      })
      await invocation.answer(...decided(told, invocation.look), options)
    })
  const who = "9R3R-L632 crm --by 'A. Clerk'"
  return invocation.describe(command, [
    [`portreeve resolve ${who} --why 'same date of birth' --person P-17`, 'it is this one'],
    [`portreeve resolve ${who} --why 'entered by hand' --done`, 'nothing more is sent'],
  ])
}

function requireAnswer({ person, done }: ResolveOptions): void {
  if (person === undefined && !done) {
    throw new PortreeveError('PRV_CLI_USAGE', {
      problem: 'say either who is meant, with --person, or that it was put right by hand, with --done',
      command: 'portreeve resolve',
    })
  }
}

/**
 * Throws `PRV_CLI_USAGE` for a system that it has not got, `PRV_BROKER_NEEDS_NOBODY`, `PRV_CLI_NOT_ASKED_AGAIN` and
 * `PRV_CLI_NOT_A_CANDIDATE`.
 */
function requireSensible({ reference, body, systems }: Transaction, label: string, options: ResolveOptions): void {
  const system = systems.find((candidate) => candidate.system === label)
  if (!system) {
    const names = systems.map((candidate) => candidate.system).join(', ')
    const problem = `${reference} concerns no system "${label}"; use one of ${names}`
    throw new PortreeveError('PRV_CLI_USAGE', { problem, command: 'portreeve resolve' })
  }
  if (system.state !== 'needs-a-person')
    throw new PortreeveError('PRV_BROKER_NEEDS_NOBODY', { reference, system: label })
  const { person, evenSo } = options
  if (person === undefined) return
  if (body === null) throw new PortreeveError('PRV_CLI_NOT_ASKED_AGAIN', { reference, system: label })
  const { candidates = [] } = system
  const isNamed = candidates.some(({ personReference }) => personReference === person)
  if (!isNamed && !evenSo) throw new PortreeveError('PRV_CLI_NOT_A_CANDIDATE', { reference, system: label })
}
