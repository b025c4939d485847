import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { Terminal } from './terminal.ts'

/** What is to be edited. */
export interface EditedBody {
  /** `null`: it is no text. */
  readonly body: string | null
  readonly contentType: string | null
  /** What to call it, where it cannot be edited. */
  readonly key: string
}

/**
 * Lets a person edit a body in `$VISUAL` or `$EDITOR`; JSON is laid out for reading. The file can be read by its owner
 * only and is removed once `use` has taken it. What is not JSON any more, or is refused, stays there, and its place is told.
 * Rejects with `PRV_CLI_BODY_NOT_TEXT`, `PRV_CLI_EDITOR`, `PRV_CLI_NOTHING_EDITED`, `PRV_CLI_BODY_NOT_JSON`,
 * `PRV_CLI_EDIT_REFUSED`, and as `use` does.
 */
export async function editBody(
  { body, contentType, key }: EditedBody,
  { environment }: Pick<Terminal, 'environment'>,
  use: (edited: string) => Promise<void>,
): Promise<void> {
  if (body === null) throw new PortreeveError('PRV_CLI_BODY_NOT_TEXT', { key })
  const isJson = contentType === 'application/json' && parsed(body) !== undefined
  const shown = isJson ? `${JSON.stringify(parsed(body), null, 2)}\n` : body
  const folder = await mkdtemp(join(tmpdir(), 'portreeve-edit-'))
  const file = join(folder, isJson ? 'body.json' : 'body.txt')
  // The editor gets Ctrl-C itself and may go on; a hang-up or a request to end leaves nothing behind.
  const leave = (signal: NodeJS.Signals) => {
    rmSync(folder, { recursive: true, force: true })
    process.off(signal, leave)
    process.kill(process.pid, signal)
  }
  const ignore = () => {}
  process.on('SIGINT', ignore).on('SIGTERM', leave).on('SIGHUP', leave)
  let keep = false
  try {
    await writeFile(file, shown, { mode: 0o600 })
    await runEditor(environment.VISUAL || environment.EDITOR || 'vi', file)
    const edited = await readFile(file, 'utf8')
    if (edited === shown) throw new PortreeveError('PRV_CLI_NOTHING_EDITED')
    keep = isJson && parsed(edited) === undefined
    if (keep) throw new PortreeveError('PRV_CLI_BODY_NOT_JSON', { file })
    await use(edited)
  } catch (error) {
    if (!isPortreeveError(error, 'PRV_BROKER_EDIT_REFUSED')) throw error
    keep = true
    throw new PortreeveError('PRV_CLI_EDIT_REFUSED', { ...error.details, file }, { cause: error })
  } finally {
    process.off('SIGINT', ignore).off('SIGTERM', leave).off('SIGHUP', leave)
    if (!keep) await rm(folder, { recursive: true, force: true })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `editor` may have options of its own, as in `code --wait`: a shell takes it apart, as git does. */
function runEditor(editor: string, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string, cause?: Error) =>
      reject(new PortreeveError('PRV_CLI_EDITOR', { editor, why }, { cause }))
    const child =
      process.platform === 'win32'
        ? spawn(`${editor} "${file}"`, { stdio: 'inherit', shell: true })
        : spawn('sh', ['-c', `${editor} "$1"`, editor, file], { stdio: 'inherit' })
    child.on('error', (error) => refuse('it could not be started', error))
    child.on('exit', (code, signal) => (code === 0 ? resolve() : refuse(signal ?? `it ended with ${code}`)))
  })
}
