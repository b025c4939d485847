import { describe, expect, it } from 'vitest'
import type { ConfigurationRecord } from '../configuration-record.ts'
import { environment, goodBroker, goodDelivery, load } from '../testing/lint-example.ts'
import { differences } from './differences.ts'

type Files = Readonly<Record<string, string | null>>

const pigeon = `  pigeon: { adapter: pigeon, lettersFolder: letters }\n`
async function recordOf(files: Files, given = environment): Promise<ConfigurationRecord> {
  const { configuration, problems } = await load(files, { environment: given })
  if (!configuration) throw new TypeError(JSON.stringify(problems))
  return configuration.record
}

async function told(before: Files, after: Files): Promise<readonly string[]> {
  const changes = differences(await recordOf(before), await recordOf(after))
  return changes.map(({ group, name, kind, sentences }) => `${group} ${name} ${kind}: ${sentences.join(' ')}`)
}

const route = (more: string) => ({ 'routes/deliver.yaml': `${goodDelivery}${more}` })

describe('what another configuration says otherwise', () => {
  it('is nothing when files differ in layout, order and comments alone', async () => {
    const other = `# as agreed\n${goodBroker.replace('  code: X99000001\n  name: Borough of Sallowmere', '  name: Borough of Sallowmere\n  code: X99000001')}`
    expect(await told({}, { 'broker.yaml': other })).toEqual([])
    expect((await recordOf({ 'broker.yaml': other })).version).toBe((await recordOf({})).version)
  })

  it('has another version whenever it has a difference', async () => {
    const one = await recordOf({})
    const other = await recordOf(route('limits: { maxPerMinute: 30 }\n'))
    expect([one.version, other.version]).toEqual([
      expect.stringMatching(/^[0-9a-f]{12}$/),
      expect.stringMatching(/^[0-9a-f]{12}$/),
    ])
    expect(other.version).not.toBe(one.version)
  })

  it('of routes: which come and go, what they take in, to whom, on which condition, how many at once', async () => {
    expect(await told({}, { 'routes/deliver.yaml': null })).toEqual([
      'routes deliver removed: Took in valuation.report.proposed; to office.',
    ])
    expect(await told({ 'routes/deliver.yaml': null }, {})).toEqual([
      'routes deliver added: Takes in valuation.report.proposed; to office.',
    ])
    expect(
      await told({}, route('when: { field: envelope.uprn, present: true }\nlimits: { maxPerMinute: 30 }\n')),
    ).toEqual([
      'routes deliver changed: It lets pass only what fulfils a condition, where everything passed before. limits.maxPerMinute is 30, was not set.',
    ])
    const two = { 'broker.yaml': `${goodBroker}${pigeon}` }
    const split = { 'routes/deliver.yaml': goodDelivery.replace('to: office', 'to: [office, pigeon]') }
    expect(await told(two, { ...two, ...split })).toEqual(['routes deliver changed: Delivers to pigeon, too.'])
    const choice = (to: string, other: string) => ({
      'routes/deliver.yaml': `from: valuation.report.proposed\nchoose:\n  - when: { field: envelope.uprn, present: true }\n    to: ${to}\n  - to: ${other}\n`,
    })
    expect(await told({ ...two, ...choice('office', 'pigeon') }, { ...two, ...choice('pigeon', 'office') })).toEqual([
      'routes deliver changed: Which receiver gets which message is decided otherwise: the conditions of its branches are other.',
    ])
  })

  it('of adapters: another supplier behind a label, settings with their values, templates by name', async () => {
    const by = (adapter: string) => ({ 'broker.yaml': `${goodBroker}  loft: { adapter: ${adapter} }\n` })
    const desk = await recordOf(by('pigeon'))
    const swapped = { ...desk.broker, adapters: { ...desk.broker.adapters, loft: { adapter: 'bureau', mode: 'live' } } }
    expect(differences(desk, { ...desk, broker: swapped }).map(({ sentences }) => sentences)).toEqual([
      ['Another supplier: it is by the adapter bureau, was by pigeon. What is under way goes on with the new one.'],
    ])
    expect(await told({}, { 'broker.yaml': goodBroker.replace('bureau.example', 'bureau2.example') })).toEqual([
      'adapters office changed: baseUrl is https://bureau2.example, was https://bureau.example.',
    ])
    const letters = { 'broker.yaml': `${goodBroker}${pigeon}` }
    expect(
      await told(
        { ...letters, 'letters/a.txt': 'one', 'letters/b.txt': 'one' },
        { ...letters, 'letters/a.txt': 'two', 'letters/c.txt': 'one' },
      ),
    ).toEqual([
      'files letters/a.txt changed: Another text.',
      'files letters/b.txt removed: Gone.',
      'files letters/c.txt added: New.',
    ])
  })

  it('of secrets: that they are taken from elsewhere, and never what they are', async () => {
    const before = await recordOf({})
    expect(JSON.stringify(before)).not.toContain('correct horse')
    const elsewhere = { 'broker.yaml': goodBroker.replace('OFFICE_PASSWORD', 'NEW_PASSWORD') }
    const after = await recordOf(elsewhere, { NEW_PASSWORD: 'battery staple' })
    expect(JSON.stringify(after)).not.toContain('battery staple')
    expect(differences(before, after)).toEqual([
      {
        group: 'adapters',
        name: 'office',
        kind: 'changed',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in the file
        sentences: ['password is ${env:NEW_PASSWORD}, was ${env:OFFICE_PASSWORD}.'],
      },
    ])
    const other = await recordOf({}, { OFFICE_PASSWORD: 'battery staple' })
    expect(other).toEqual(before)
  })

  it('of topics, the door and the rest of broker.yaml: each setting with what it was', async () => {
    const door = (key: string) =>
      `${goodBroker}door: { port: 8080, apiKeys: [{ name: web, hash: 'sha256:${key.repeat(64)}' }] }\n`
    expect(await told({}, { 'broker.yaml': door('0') })).toEqual([
      'door door added: A door is opened: transactions come in over HTTP.',
    ])
    const replaced = await told({ 'broker.yaml': door('0') }, { 'broker.yaml': door('1').replace('8080', '8081') })
    expect(replaced).toEqual(['door door changed: port is 8081, was 8080. The key of web is another one.'])
    const topics = `${goodBroker}topics: { valuation.report.proposed: { partitions: 4 } }\nretired: [old.office]\n`
    expect(await told({}, { 'broker.yaml': topics })).toEqual([
      'broker broker.yaml changed: retired has old.office, too.',
      'topics valuation.report.proposed added: partitions is 4, was not set.',
    ])
  })

  it('of processes and quality rules: systems and rules by name', async () => {
    const before = await recordOf({})
    const rule = (days: number) => ({
      name: 'long-ago',
      when: { field: 'facts.daysSinceMove', moreThan: days },
      hold: 'Long ago.',
    })
    const full = { name: 'full', when: {}, hold: 'Full.' }
    const office = { label: 'office', service: 'council-tax', confirmWithinWorkingDays: null, administrators: [] }
    const process = {
      name: 'moves',
      startsWith: 'customer.address.changed',
      requests: 'customer.address-update.requested',
      answers: 'customer.address-update.answered',
      quality: 'moves',
      acknowledgement: null,
      alert: null,
      holidays: [],
    }
    const changes = differences(
      {
        ...before,
        quality: { moves: { name: 'moves', ask: {}, rules: [rule(30)] } },
        processes: { moves: { ...process, systems: [office] } },
      },
      {
        ...before,
        quality: { moves: { name: 'moves', ask: {}, rules: [rule(60), full] } },
        processes: { moves: { ...process, systems: [{ ...office, confirmWithinWorkingDays: 3 }] } },
      },
    )
    expect(changes.map(({ sentences }) => sentences)).toEqual([
      ['systems.office.confirmWithinWorkingDays is 3, was null.'],
      ['The rule full is new.', 'The rule long-ago holds other transactions.'],
    ])
  })
})
