import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { DeadLetterDetail } from '@portreeve/broker'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editBody } from './edit-body.ts'
import { deadLetter } from './testing/example-answers.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-editor-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** An editor that notes the place and mode of the file and what it saw, then does as the script says. */
async function editWith(script: string, letter: Partial<DeadLetterDetail> = {}, refusal?: PortreeveError) {
  const editor = join(folder, `editor-${Math.random().toString(36).slice(2)}`)
  const seen = `${editor}.seen`
  await writeFile(
    editor,
    `echo "$1" > '${seen}.path'\nls -l "$1" | cut -c1-10 > '${seen}.mode'\ncp "$1" '${seen}'\n${script}\n`,
  )
  const terminal = { environment: { EDITOR: `sh '${editor}'` } }
  let taken = ''
  const use = async (edited: string) => {
    taken = edited
    if (refusal) throw refusal
  }
  const answer = await editBody({ ...deadLetter, ...letter }, terminal, use).then(
    () => taken,
    (error: unknown) => error,
  )
  const path = (await readFile(`${seen}.path`, 'utf8')).trim()
  return {
    answer,
    path,
    seen: await readFile(seen, 'utf8'),
    mode: (await readFile(`${seen}.mode`, 'utf8')).trim(),
    kept: await readdir(dirname(path)).catch(() => []),
  }
}

describe('editing the body of a dead letter', () => {
  it('lays JSON out for reading in a file of the owner only, takes what was written, and leaves nothing behind', async () => {
    const { answer, seen, mode, kept } = await editWith(`printf '{"report":2}' > "$1"`)
    expect(seen).toBe('{\n  "report": 1\n}\n')
    expect(mode).toBe('-rw-------')
    expect(answer).toBe('{"report":2}')
    expect(kept).toEqual([])
  })

  it('shows other text as it is', async () => {
    const { answer, seen } = await editWith(`printf ' more' >> "$1"`, { body: 'text', contentType: 'text/plain' })
    expect({ answer, seen }).toEqual({ answer: 'text more', seen: 'text' })
  })

  it('sends nothing when nothing was changed, or the editor failed', async () => {
    const unchanged = await editWith('true')
    expect(isPortreeveError(unchanged.answer, 'PRV_CLI_NOTHING_EDITED')).toBe(true)
    const failed = await editWith(`printf '{}' > "$1"; exit 3`)
    expect(isPortreeveError(failed.answer, 'PRV_CLI_EDITOR')).toBe(true)
    expect([unchanged.kept, failed.kept]).toEqual([[], []])
  })

  it('leaves nothing behind when the command is ended while the editor is open', async () => {
    const editor = join(folder, 'ended')
    const until = 'n=0; while [ -e "$1" ] && [ $n -lt 100 ]; do n=$((n + 1)); sleep 0.2; done'
    await writeFile(editor, `echo "$1" > '${editor}.path'\nkill -TERM "$EDITED_BY"\n${until}\n`)
    const letter = { body: '{"report":1}', contentType: 'application/json', key: 'k' }
    const script = `process.env.EDITED_BY = String(process.pid)
      const { editBody } = await import(${JSON.stringify(new URL('./edit-body.ts', import.meta.url).href)})
      await editBody(${JSON.stringify(letter)}, { environment: { EDITOR: ${JSON.stringify(`sh '${editor}'`)} } }, async () => {})`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' })
    const [, signal] = await once(child, 'exit')
    expect(signal).toBe('SIGTERM')
    const path = (await readFile(`${editor}.path`, 'utf8')).trim()
    await expect(readdir(dirname(path))).rejects.toMatchObject({ code: 'ENOENT' })
  }, 60_000)

  it('keeps the work, and tells where, when it is not JSON any more', async () => {
    const { answer, path, kept } = await editWith(`printf '{"report":' > "$1"`)
    expect(answer).toMatchObject({ code: 'PRV_CLI_BODY_NOT_JSON', details: { file: path } })
    expect(kept).toEqual(['body.json'])
    await rm(dirname(path), { recursive: true })
  })

  it('keeps the work, and tells where, when the broker refuses it', async () => {
    const refused = { type: 'customer.address.changed', path: '/movedOn', line: 3, sentence: 'It is no date.' }
    const refusal = new PortreeveError('PRV_BROKER_EDIT_REFUSED', refused)
    const { answer, path, kept } = await editWith(`printf '{}' > "$1"`, {}, refusal)
    expect(answer).toMatchObject({ code: 'PRV_CLI_EDIT_REFUSED', details: { ...refused, file: path } })
    expect(kept).toEqual(['body.json'])
    await rm(dirname(path), { recursive: true })
  })

  it('leaves nothing behind when it comes too late', async () => {
    const refusal = new PortreeveError('PRV_BROKER_NOT_HELD', { reference: '9R3R-L632' })
    const { answer, kept } = await editWith(`printf '{}' > "$1"`, {}, refusal)
    expect({ answer, kept }).toEqual({ answer: refusal, kept: [] })
  })

  it('opens nothing for a body that is no text', async () => {
    const terminal = { environment: { EDITOR: 'false' } }
    await expect(editBody({ ...deadLetter, body: null }, terminal, async () => {})).rejects.toMatchObject({
      code: 'PRV_CLI_BODY_NOT_TEXT',
    })
  })
})
