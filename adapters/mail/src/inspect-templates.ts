import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileFault, FilePlace, FoundTemplate, Inspection } from '@portreeve/adapter-sdk'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import { receiverPausedSchema } from '@portreeve/model'
import type { Liquid } from 'liquidjs'
import type { MailConfig } from './config.ts'
import { fromTemplateFault, fromTemplateFileFault } from './errors.ts'
import { markup, plain, templateNames } from './template-folder.ts'

const setting = 'templatesFolder'
const paused = 'receiver-paused'
const pausedValues = Object.keys(receiverPausedSchema.properties)

type Uses = FoundTemplate['uses']
/** One file of a template: what it uses, or why it cannot be used. */
type Looked = { readonly uses: Uses } | { readonly fault: FileFault }

/** Every template of the folder: what is wrong with it, and which values it uses. */
export async function inspectTemplates({ templatesFolder, alertsTo }: MailConfig): Promise<Inspection> {
  const names = await templateNames(templatesFolder).catch((fault: unknown) => {
    if (isPortreeveError(fault)) return fault
    throw fault
  })
  if (isPortreeveError(names)) return { faults: [{ setting, error: names }] }
  const looked = await Promise.all(names.map(async (name) => ({ name, files: await filesOf(name, templatesFolder) })))
  const templates = looked.map(({ name, files }) => {
    return { name, uses: files.flatMap((file) => ('uses' in file ? file.uses : [])) }
  })
  return {
    faults: [
      ...looked.flatMap(({ files }) => files.flatMap((file) => ('fault' in file ? file.fault : []))),
      ...(alertsTo === undefined ? [] : pausedFaults(templates)),
    ],
    templates,
  }
}

async function filesOf(name: string, folder: string): Promise<readonly Looked[]> {
  const subject = await look(`${name}.subject.txt`, folder, plain)
  const text = await look(`${name}.txt`, folder, plain)
  const html = await look(`${name}.html`, folder, markup)
  const hasNoHtml = 'fault' in html && html.fault.error.details.fault === 'ENOENT'
  return hasNoHtml ? [subject, text] : [subject, text, html]
}

async function look(name: string, folder: string, engine: Liquid): Promise<Looked> {
  const file = join(folder, name)
  try {
    const source = await readFile(file, 'utf8').catch((fault: unknown) => {
      throw fromTemplateFileFault(fault, name)
    })
    const { globals } = await engine.analyze(engine.parse(source))
    const uses = Object.entries(globals).flatMap(([value, found]) =>
      found.map(({ location: { row, col } }) => ({ value, at: { file, line: row, column: col } })),
    )
    return { uses }
  } catch (fault) {
    const error = isPortreeveError(fault) ? fault : fromTemplateFault(fault, name)
    const { line, column } = error.details
    const at = typeof line === 'number' && typeof column === 'number' ? { at: { file, line, column } } : {}
    return { fault: { setting, error, ...at } }
  }
}

/** What the broker itself has told: its template, with no value but those of the message. */
function pausedFaults(templates: readonly FoundTemplate[]): readonly FileFault[] {
  const template = templates.find(({ name }) => name === paused)
  if (!template) {
    const details = { file: `${paused}.txt`, fault: 'ENOENT' }
    return [{ setting: 'alertsTo', error: new PortreeveError('PRV_MAIL_TEMPLATE_MISSING', details) }]
  }
  return template.uses.filter(({ value }) => !pausedValues.includes(value)).map(({ value, at }) => unknownIn(value, at))
}

function unknownIn(value: string, at: FilePlace): FileFault {
  const { line, column } = at
  const fault = `undefined variable: ${value}`
  return { setting, error: new PortreeveError('PRV_MAIL_TEMPLATE', { file: `${paused}.*`, line, column, fault }), at }
}
