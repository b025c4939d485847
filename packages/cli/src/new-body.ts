import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import { type EditedBody, editBody } from './edit-body.ts'
import { fileFault } from './file-fault.ts'
import type { Terminal } from './terminal.ts'

/** Hands `use` a new body: what the file holds, or what a person makes of the present one. Rejects as `editBody` does, and with `PRV_CLI_FILE_UNREADABLE`. */
export async function withNewBody(
  { present, file }: { readonly present: EditedBody; readonly file: string | undefined },
  terminal: Pick<Terminal, 'environment' | 'workingFolder'>,
  use: (body: string) => Promise<void>,
): Promise<void> {
  if (file === undefined) await editBody(present, terminal, use)
  else await use(await bodyIn(resolve(terminal.workingFolder, file)))
}

async function bodyIn(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const why = fileFault(cause)
    throw new PortreeveError('PRV_CLI_FILE_UNREADABLE', { file, why }, { cause })
  }
}
