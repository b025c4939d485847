import { describe, expect, it } from 'vitest'
import { checkShapes } from './check-shapes.ts'
import type { MappingTarget } from './mapping.ts'
import type { Script } from './script.ts'
import { requested, stylesheet } from './testing/change-of-address.ts'

const from = 'customer.address-update.requested'

async function told(script: Script, to: MappingTarget = { type: 'crm.case.wanted' }): Promise<readonly string[]> {
  const faults = await checkShapes({ name: 'it', from, to, script })
  return faults.map(({ place, sentence, remedy }) => `${place?.line}:${place?.column} ${sentence} ${remedy}`)
}

const jsonata = (text: string, to?: MappingTarget) => told({ language: 'jsonata', text }, to)
const xslt = (inside: string) => told({ language: 'xslt', text: stylesheet(inside) })

describe('a JSONata script that reads a field that no message has is told', () => {
  it.each([
    ['{"a":\n  newAddress.postCode}', /^2:14 "postCode" is no field of newAddress\. Use one of: saon, paon, /],
    ['surname', /^1:1 "surname" is no field of the message\. Use one of: system, personReference, person, /],
    ['movedOn.year', /^1:9 A text or a number has no field "year"\. Take it out/],
    ['household[surname = "x"].personFamilyName', /^1:11 "surname" is no field of household\./],
    ['household^(surname).personFamilyName', /^1:12 "surname" is no field of household\./],
    ['household@$one.{"a": $one.b}', /^1:27 "b" is no field of household\./],
    ['($p := person; $p.`family name`)', /^1:19 "family name" is no field of person\./],
    ['$map(household, function($one) { $one.name })', /^1:39 "name" is no field of household\./],
    ['household ~> $filter(function($one) { $one.name = "x" })', /^1:44 "name" is no field of household\./],
    ['$sort(household, function($a, $b) { $a.personFamilyName > $b.name })', /^1:62 "name" is no field of household\./],
    ['movedOn ? person.x : oldAddress.y', /^1:18 "x" is no field of person\./],
    ['household{personFamilyName: y}', /^1:29 "y" is no field of household\./],
    ['"a" & $uppercase($$.x)', /^1:21 "x" is no field of the message\./],
    ['$.{"a": newAddress}.a.town.x', /has no field "x"/],
    ['$map(household, function($m) { {"a": $m.personGivenName} }).b', /"b" is no field of what the script makes/],
    ['$ ~> |person|{"a": x}|', /^1:20 "x" is no field of person\./],
    ['$merge([person, {"a": 1}]).b', /^1:28 "b" is no field of what the script makes\. Use one of: personTitle, /],
  ])('%s', async (text, sentence) => {
    expect((await jsonata(text))[0]).toMatch(sentence)
  })

  it('but not where nothing is known, or it may be there', async () => {
    const good = [
      '$lookup(person, "x").y',
      '*.x',
      '**.x',
      '($f := function($x) { $x.y }; $f(person))',
      '(movedOn ? person : newAddress).town',
      '$each(person, function($v, $k) { $k & $v.z })',
      'household.(personGivenName & " " & personFamilyName)',
      'household[0].personFamilyName',
      '$reduce(household, function($sum, $one) { $sum.x & $one.personFamilyName })',
      'household#$i.{"n": $i, "name": personFamilyName}',
      '$merge([person, {"a": 1}]).a',
      '$append(household, person).emailAddress',
      '$keys(person)',
    ]
    for (const text of good) expect(await jsonata(text), text).toEqual([])
  })

  it('with every such field, in their order', async () => {
    const found = await jsonata('{"b": person.one, "a": two, "c": newAddress.uprn}')
    expect(found.map((one) => one.split(' ', 2).join(' '))).toEqual(['1:14 "one"', '1:24 "two"'])
  })
})

describe('what a JSONata script makes is compared with its schema', () => {
  const paused: MappingTarget = { type: 'operations.receiver.paused' }

  it.each([
    [
      '{"receiver": system, "code": "C",\n "sentence": "S", "pausedAt": movedOn}',
      '1:1 "remedy" is left out of what the mapping makes, which must have it. Add "remedy": What to do about it. Portreeve.',
    ],
    [
      '{"receiver": system, "code": "C", "sentence": "S", "remedy": "R", "pausedAt": movedOn, "x": 1}',
      '1:1 "x" is no field of what the mapping makes. Use one of: receiver, code, sentence, remedy, pausedAt.',
    ],
  ])('%s', async (text, sentence) => {
    expect(await jsonata(text, paused)).toEqual([sentence])
  })

  it('below the top, in each branch, and in what is added to the message', async () => {
    const same: MappingTarget = { type: from }
    expect(await jsonata('$merge([$, {"newAddress":\n {"town": newAddress.town}}])', same)).toEqual([
      expect.stringMatching(/^2:2 "paon" is left out of \/newAddress/),
      expect.stringMatching(/^2:2 "streetDescription" is left out of \/newAddress/),
    ])
    expect(await jsonata('$ ~> |$|{"moved": movedOn}|', same)).toEqual([
      expect.stringMatching(/"moved" is no field of/),
    ])
    expect(await jsonata('movedOn ? $ : {}', same)).toHaveLength(5)
  })

  it('but not where it may have any name, or the schema is not known', async () => {
    expect(await jsonata('{system: 1}', paused)).toEqual([])
    expect(await jsonata('$merge($spread(person))', paused)).toEqual([])
    expect(await jsonata('{"a": 1}', { type: 'crm.case.wanted' })).toEqual([])
    const schema = { type: 'object', properties: { b: { type: 'string' } }, required: ['b'] }
    expect(await jsonata('{"a": 1}', { type: 'crm.case.wanted', schema: { kind: 'json', schema } })).toEqual([
      expect.stringMatching(/"b" is left out/),
    ])
  })
})

describe('a stylesheet that asks for an element that the message does not have is told', () => {
  const use = (select: string) => `<xsl:template match="/"><xsl:value-of select="${select}"/></xsl:template>`

  it.each([
    ['//p:postCode', /^2:25 The message has no element postCode\. Use one of: addressUpdateRequested, system, /],
    ['p:person/p:town', /^2:25 town never stands below person\. Use one of: personTitle, /],
    ['child::p:person/child::p:town', /town never stands below person/],
    ['p:movedOn/p:year', /no element year/],
    ['person', /^2:25 person is no element of the message: those have a namespace\. Write a prefix before it/],
    ["concat(p:system, '/p:x', p:y)", /no element y/],
  ])('%s', async (select, sentence) => {
    expect(await xslt(use(select))).toEqual([expect.stringMatching(sentence)])
  })

  it('in a pattern and in an attribute of the result, too', async () => {
    expect(await xslt('<xsl:template match="p:person/p:x"/>')).toHaveLength(1)
    expect(await xslt('<xsl:template match="/"><a b="{p:x}"/></xsl:template>')).toHaveLength(1)
  })

  it('but not for what is there, is no element, or cannot be known', async () => {
    for (const select of [
      '/p:addressUpdateRequested/p:person/p:personFamilyName',
      '@x',
      '$x',
      'p:person/*/p:town',
      'count(//p:*)',
      'ancestor::x',
      'p:person//p:personGivenName',
      'p:household[p:personGivenName]/p:personFamilyName',
    ]) {
      expect(await xslt(use(select)), select).toEqual([])
    }
  })
})

it('has nothing against scripts that read every field', async () => {
  const paths = (value: unknown): readonly string[] =>
    typeof value !== 'object' || value === null
      ? ['']
      : Object.entries(Array.isArray(value) ? value[0] : value).flatMap(([key, inner]) =>
          paths(inner).map((path) => `.${key}${path}`),
        )
  for (const path of paths(requested)) expect(await jsonata(`$${path}`), path).toEqual([])
})
