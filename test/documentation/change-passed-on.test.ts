import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { adapters } from '@portreeve/broker'
import { addressUpdateRequestedSchema, emitJsonSchema, type JsonSchema } from '@portreeve/model'
import { describe, expect, it } from 'vitest'
import { root } from '../support/source-files.ts'

const type = 'customer.address-update.requested'
const told = adapters.filter(({ accepts }) => accepts.includes(type)).map(({ name }) => name)

type Reasons = Readonly<Record<string, string>>

const ours: Reasons = { system: 'It is our own label of the system.' }
const noUsrn: Reasons = both('usrn', 'It has no place for the number of a street.')
const onePlace: Reasons = {
  ...both('town', 'Its address has one place: the post town, else this.'),
  ...both('administrativeArea', 'Its address has one place: the post town, else the town, else this.'),
}
const forMatching = 'The person is found by it; the record has it already.'
const byLayout = 'The register has no use for it; a layout of the council can have it.'
const changeTable = 'The interface table is of the account, the new address and the date.'

/** What a system is not given, and why; with all that stands below it. */
const notTaken: Readonly<Record<string, Reasons>> = {
  'crm-cases': {
    ...ours,
    ...noUsrn,
    ...onePlace,
    'person/customer': forMatching,
    'person/personBirthDate': forMatching,
    'person/personFamilyName': forMatching,
    'person/personGivenName': forMatching,
    'person/personTitle': 'The case is of a party, whose title it does not change.',
  },
  'crm-open311': { ...ours, ...noUsrn, ...onePlace },
  electoral: {
    ...ours,
    ...both('usrn', byLayout),
    'person/customer': byLayout,
    'person/emailAddress': byLayout,
    'person/telNationalNumber': byLayout,
  },
  'revenues-accounts': {
    ...ours,
    'newAddress/usrn': changeTable,
    'newAddress/town': 'The lines of an address have one place: the post town, else this.',
    'newAddress/administrativeArea': 'The lines of an address have one place: the post town, else the town, else this.',
    oldAddress: 'The account is found by its UPRN or postcode; the table has no column for it.',
    household: changeTable,
    'person/customer': changeTable,
    'person/emailAddress': changeTable,
    'person/personBirthDate': forMatching,
    'person/personFamilyName': forMatching,
    'person/personGivenName': forMatching,
    'person/personTitle': changeTable,
    'person/telNationalNumber': changeTable,
  },
}

function both(part: string, reason: string): Reasons {
  return { [`oldAddress/${part}`]: reason, [`newAddress/${part}`]: reason }
}

function propertiesOf({ properties = {} }: JsonSchema, parent = ''): readonly string[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const inner = propertiesOf(property.items ?? property, `${parent}${name}/`)
    return inner.length === 0 ? [`${parent}${name}`] : inner
  })
}

/** Each value by its property; that of a suffix is the number with it, as a letter alone is found anywhere. */
function valuesIn(value: unknown, path = '', number = ''): readonly (readonly [property: string, value: string])[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesIn(each, path))
  if (typeof value !== 'object' || value === null) return [[path, `${number}${value}`]]
  return Object.entries(value).flatMap(([name, inner]) =>
    valuesIn(
      inner,
      path === '' ? name : `${path}/${name}`,
      name === 'suffix' && 'number' in value ? `${value.number}` : '',
    ),
  )
}

/** The request, and all that comes out of it as it stands in files. */
function everythingTold(adapter: string): { readonly request: object; readonly out: string } {
  const golden = join(root, 'adapters', adapter, 'golden')
  // `adapter new` writes one case, of the canonical example.
  const folder = join(golden, existsSync(join(golden, 'everything-told')) ? 'everything-told' : 'first')
  const input = JSON.parse(readFileSync(join(folder, 'input.json'), 'utf8'))
  const [onlyRequest] = Object.values(input.requests ?? {})
  const files = globSync(['expected.json', 'expected/*'], { cwd: folder })
  return {
    request: onlyRequest ?? input.request ?? input,
    out: files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n'),
  }
}

function standsIn(out: string, value: string): boolean {
  const [year, month, day] = value.split('-')
  return out.includes(value) || out.includes(`${day}/${month}/${year}`)
}

describe('a change of address', () => {
  it('is told to systems of several kinds', () => expect(told.length).toBeGreaterThan(2))

  it.each(told)('is told whole in the golden case everything-told of %s', (name) => {
    const said = valuesIn(everythingTold(name).request).map(([property]) => property)
    expect([...new Set(said)].sort()).toEqual([...propertiesOf(emitJsonSchema(addressUpdateRequestedSchema))].sort())
  })

  it.each(told)('comes to %s with all that it says, but for what is listed with a reason', (name) => {
    const { request, out } = everythingTold(name)
    const dropped = valuesIn(request).flatMap(([property, value]) => (standsIn(out, value) ? [] : [property]))
    const listed = Object.keys(notTaken[name] ?? {})
    const covers = (above: string, property: string) => property === above || property.startsWith(`${above}/`)
    expect(dropped.filter((property) => !listed.some((above) => covers(above, property)))).toEqual([])
    expect(listed.filter((above) => !dropped.some((property) => covers(above, property)))).toEqual([])
  })
})
