import { Command } from 'commander'
import type { Invocation } from '../invocation.ts'
import { newAdapterCommand } from './adapter-new.ts'

export function adapterCommand(invocation: Invocation): Command {
  const command = new Command('adapter')
    .summary('for those who write an adapter: new')
    .description('For those who join a system of a new kind to Portreeve.')
    .helpCommand(false)
    .addCommand(newAdapterCommand(invocation))
  return invocation.giveExamples(command, [['portreeve adapter new notice-board', 'an adapter that works, to change']])
}
