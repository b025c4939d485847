import type { MadeAdapter } from '../new-adapter/make-adapter.ts'
import { table } from '../text/table.ts'
import { wrap } from '../text/wrap.ts'
import type { Look } from './look.ts'

/** What was made, what is left to write by hand, and what to do next, in its order. */
export function renderNewAdapter(
  { name, folder, registeredIn, toRegister }: MadeAdapter,
  type: string,
  look: Look,
): string {
  const { style, width } = look
  const steps = [
    ['npm run setup -- --update', 'links it, and writes pnpm-lock.yaml'],
    [`npm test -- ${folder}`, 'its promises, which it keeps as it is'],
    ['npm run docs', 'its page, its settings for editors'],
    [`${folder}/src/fake-system.ts`, "the system's own API, and its bad days"],
    [`${folder}/src/client.ts`, 'how to speak to it'],
    [`${folder}/src/from-canonical.ts`, `what ${type} is there`],
    ['npm run format && npm test', 'the whole house'],
    ['CHANGELOG.md', 'a line about it'],
  ]
  return [
    `${style.bold(folder)} is made.`,
    '',
    ...(registeredIn.length > 0 ? [wrap(`Entered into ${registeredIn.join(', ')}.`, { width }), ''] : []),
    ...toRegister.flatMap(({ path, line }) => [`Enter it into ${path} yourself:`, `  ${line}`, '']),
    'What to do next, in this order:',
    table(steps, { indent: '  ', width }),
    '',
    wrap(
      `docs/how-to/write-an-adapter.md tells what each file is for, and how ${name} says what became of a message.`,
      {
        width,
      },
    ),
  ].join('\n')
}
