import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isPortreeveError } from '@portreeve/errors'
import { Liquid, type Template } from 'liquidjs'
import { fromTemplateFault, fromTemplateFileFault } from './errors.ts'
import type { Letter, Written } from './vendor-types.ts'

const options = {
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  timezoneOffset: 'Europe/London',
  // None but these, which are none: a template reads no other file.
  templates: {},
  parseLimit: 1_000_000,
  renderLimit: 1000,
  memoryLimit: 10_000_000,
}

export const plain = new Liquid(options)
export const markup = new Liquid({ ...options, outputEscape: 'escape' })
// Without it, a template could show a value of a stranger's as markup.
markup.registerFilter('raw', (value: unknown) => value)

/** Templates in Liquid, read anew for each letter: a file that was corrected counts at once. */
export class TemplateFolder {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Fills a template. Rejects with `PRV_MAIL_TEMPLATE_MISSING`, `PRV_MAIL_TEMPLATE`. */
  async write({ template, values }: Pick<Letter, 'template' | 'values'>): Promise<Written> {
    const [subject, text, html] = await this.#parse(template)
    const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, oneLine(value)]))
    // A line break in a subject is left there to be refused.
    const written = { subject: (await fill(subject, values)).trim(), text: await fill(text, shown) }
    return html === null ? written : { ...written, html: await fill(html, shown) }
  }

  /** Reads every template and fills none. Rejects as `write` does. */
  async check(): Promise<void> {
    for (const template of await templateNames(this.#folder)) await this.#parse(template)
  }

  async #parse(template: string): Promise<readonly [subject: Parsed, text: Parsed, html: Parsed | null]> {
    return [
      await this.#read(`${template}.subject.txt`, plain),
      await this.#read(`${template}.txt`, plain),
      await this.#read(`${template}.html`, markup).catch((fault: unknown) => {
        if (isPortreeveError(fault) && fault.details.fault === 'ENOENT') return null
        throw fault
      }),
    ]
  }

  async #read(file: string, engine: Liquid): Promise<Parsed> {
    const source = await readFile(join(this.#folder, file), 'utf8').catch((fault: unknown) => {
      throw fromTemplateFileFault(fault, file)
    })
    try {
      return { file, engine, templates: engine.parse(source) }
    } catch (fault) {
      throw fromTemplateFault(fault, file)
    }
  }
}

/** Names of the templates of which a folder has a file. Rejects with `PRV_MAIL_TEMPLATE_MISSING`. */
export async function templateNames(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder).catch((fault: unknown) => {
    throw fromTemplateFileFault(fault, folder)
  })
  const names = files.flatMap((file) => /^([a-z][a-z0-9-]*)\.(subject\.txt|txt|html)$/.exec(file)?.[1] ?? [])
  return [...new Set(names)].sort()
}

interface Parsed {
  readonly file: string
  readonly engine: Liquid
  readonly templates: Template[]
}

async function fill({ file, engine, templates }: Parsed, values: Readonly<Record<string, string>>): Promise<string> {
  try {
    return String(await engine.render(templates, { ...values }))
  } catch (fault) {
    throw fromTemplateFault(fault, file)
  }
}

/** A value of a stranger's: one line, so that it cannot pass for a paragraph of the council's. */
function oneLine(value: string): string {
  return value.replace(/(?![\u200c\u200d])[\s\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
