import { catalogue } from '@portreeve/errors'
import { expect } from 'vitest'
import { redact } from '../../redact.ts'
import { validateConfig } from '../../validate-config.ts'
import type { AdapterPromise } from '../adapter-promise.ts'
import { configFields } from '../config-fields.ts'

const credential = /passw|passphrase|secret|token|credential|private_?key|api_?key/i

export const named: AdapterPromise = {
  title: 'says in one place what it is called, what it does and by which specifications',
  async run({ declaration: { name, summary, sources, errors } }) {
    expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
    expect(summary).toMatch(/^[A-Z].*\.$/)
    expect(sources.length).toBeGreaterThan(0)
    expect(
      errors.filter((code) => !(code in catalogue)),
      'codes that are not in the catalogue',
    ).toEqual([])
  },
}

export const examples: AdapterPromise = {
  title: 'gives examples that are valid by its own schema',
  async run({ declaration }) {
    expect(declaration.examples.length).toBeGreaterThan(0)
    for (const { title, config } of declaration.examples) {
      expect(validateConfig(declaration, config).problems, title).toEqual([])
    }
  },
}

export const unknownFields: AdapterPromise = {
  title: 'refuses a config field that it does not know',
  async run({ declaration, standIn }) {
    const { problems } = validateConfig(declaration, { ...Object(standIn.config), colour: 'green' })
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/colour'])
  },
}

export const described: AdapterPromise = {
  title: 'describes every config field',
  async run({ declaration }) {
    const silent = configFields(declaration.config).filter(({ schema }) => !schema.description)
    expect(silent.map(({ path }) => path)).toEqual([])
  },
}

export const secrets: AdapterPromise = {
  title: 'keeps every credential secret',
  async run({ declaration, standIn }) {
    const credentials = configFields(declaration.config).filter(({ path }) => credential.test(path))
    expect(credentials.filter(({ schema }) => schema.secret !== true).map(({ path }) => path)).toEqual([])
    const shown = JSON.stringify(redact(declaration, standIn.config))
    for (const { path, schema } of configFields(declaration.config)) {
      const value: unknown = Reflect.get(Object(standIn.config), path)
      if (schema.secret === true && typeof value === 'string') expect(shown, path).not.toContain(value)
    }
  },
}

export const types: AdapterPromise = {
  title: 'emits and accepts types by their names: <domain>.<entity>.<fact>',
  async run({ declaration: { emits, accepts, capabilities } }) {
    for (const type of [...emits, ...accepts]) expect(type).toMatch(/^[a-z-]+\.[a-z-]+\.[a-z-]+$/)
    expect(emits.length > 0, 'emits something').toBe(capabilities.poll || capabilities.receive)
    expect(accepts.length > 0, 'accepts something').toBe(capabilities.send)
  },
}
