import { adapterNamed } from '@portreeve/broker'
import { describe, expect, it } from 'vitest'

/** Adapters of which one takes the place of another by its name alone, in one line of `broker.yaml`. */
const suppliers: readonly (readonly string[])[] = [['crm-cases', 'crm-open311']]

/** All that the rest of a configuration can see of an adapter. Sentences may differ. */
function seenFromOutside(name: string): unknown {
  const declaration = adapterNamed(name)
  if (!declaration) return `there is no adapter ${name}`
  const { config, capabilities, emits, accepts, acceptsContentType } = declaration
  const settings = JSON.parse(JSON.stringify(config, (key, value) => (key === 'description' ? undefined : value)))
  return { settings, capabilities, emits, accepts, acceptsContentType }
}

describe('suppliers of the same kind of system', () => {
  it.each(suppliers)('%s and %s take the same settings and the same messages, and bring the same', (one, ...others) => {
    expect(seenFromOutside(one)).toMatchObject({ settings: { type: 'object' } })
    for (const other of others) expect(seenFromOutside(other)).toEqual(seenFromOutside(one))
  })
})
