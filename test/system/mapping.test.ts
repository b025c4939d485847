import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FakeSystem, startFakeSystem } from '@portreeve/adapter-crm-cases/fake-system'
import { adapters, type Broker, conditionProblems, openBroker } from '@portreeve/broker'
import { requireConfiguration } from '@portreeve/configuration'
import { startGateway } from '@portreeve/gateway'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addressChange } from './support/address-change.ts'
import { writeFiles } from './support/tell-us-once-configuration.ts'
import { testFolder } from './support/test-folder.ts'
import { until } from './support/until.ts'

const apiKey = 'key-of-the-crm'
const types = 'from: customer.address.changed\nto: customer.address-update.requested\n'
const namespace = (name: string) => `https://portreeve.example/schemas/canonical/${name}/1`

/** Streets in capitals, as the CRM of this council keeps them. */
const jsonata = `${types}language: jsonata
script: |
  {
    "system": "crm",
    "person": person,
    "oldAddress": oldAddress,
    "newAddress": $merge([newAddress, {"streetDescription": $uppercase(newAddress.streetDescription)}]),
    "movedOn": movedOn
  }
`
const capitals = `translate(., 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')`
const xslt = `${types}language: xslt
script: |
  <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
      xmlns:c="${namespace('address-change')}" xmlns="${namespace('address-update-requested')}">
    <xsl:template match="/c:addressChange">
      <addressUpdateRequested>
        <system>crm</system>
        <xsl:apply-templates select="c:person | c:oldAddress | c:newAddress | c:movedOn"/>
      </addressUpdateRequested>
    </xsl:template>
    <xsl:template match="c:*">
      <xsl:element name="{local-name()}"><xsl:apply-templates/></xsl:element>
    </xsl:template>
    <xsl:template match="c:newAddress/c:streetDescription/text()"><xsl:value-of select="${capitals}"/></xsl:template>
  </xsl:stylesheet>
`
/** Takes for granted that every new address has a UPRN. */
const careless = jsonata.replace(': movedOn', ': $exists(newAddress.uprn) ? movedOn : $error("no UPRN")')

let folder: string
let crm: FakeSystem
beforeEach(async () => {
  folder = await testFolder()
  crm = await startFakeSystem({
    apiKey,
    persons: ['Wilhelmina Ada', 'Tom'].map((givenName, index) => ({
      reference: `P-${index}`,
      givenName,
      familyName: "O'SYNTHETIC",
      birthDate: '1984-02-29',
      address: '14 Tannery Row',
      postcode: 'ZZ99 3WZ',
    })),
  })
})
afterEach(async () => {
  await crm.close()
  await rm(folder, { recursive: true })
})

interface Running extends AsyncDisposable {
  readonly broker: Broker
  bring(change: object): Promise<string>
}

async function start(mapping: string): Promise<Running> {
  const config = join(folder, 'config')
  await writeFiles(config, {
    'broker.yaml': JSON.stringify({
      authority: { code: 'X99000001', name: 'Borough of Sallowmere' },
      dataFolder: join(folder, 'data'),
      diskAlarmMegabytes: 0,
      door: { port: 0 },
      adapters: { crm: { adapter: 'crm-cases', baseUrl: crm.baseUrl, apiKey: `\${env:CRM_KEY}`, pollEverySeconds: 1 } },
    }),
    'routes/changes-to-crm.yaml': 'from: customer.address.changed\nmap: to-crm\nto: crm\n',
  })
  await writeFiles(config, { 'mappings/to-crm.yaml': mapping })
  const environment = { CRM_KEY: apiKey }
  const configuration = await requireConfiguration({
    folder: config,
    declarations: adapters,
    conditionProblems,
    environment,
  })
  const broker = await openBroker({ configuration, retry: { baseDelayMs: 20, maxDelayMs: 200 } })
  const gateway = await startGateway(broker, configuration)
  await until('the door is ready', async () => (await fetch(`${gateway.baseUrl}/ready`)).ok)
  return {
    broker,
    async bring(change) {
      const response = await fetch(`${gateway.baseUrl}/transactions/address-change`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify(change),
      })
      expect(response.status).toBe(202)
      return ((await response.json()) as { reference: string }).reference
    },
    async [Symbol.asyncDispose]() {
      await gateway.stop()
      await broker.stop()
    },
  }
}

const receiver = 'changes-to-crm.crm'
const casesAreThere = (number: number) => until(`${number} cases`, () => crm.cases().length === number)

describe.each([
  ['JSONata', jsonata],
  ['XSLT', xslt],
])('a route with a mapping in %s', (_, mapping) => {
  it('delivers what the mapping makes, under the reference of what came in', async () => {
    await using running = await start(mapping)
    const reference = await running.bring(addressChange)
    await casesAreThere(1)
    expect(crm.cases()).toMatchObject([{ personReference: 'P-0', newAddress: expect.stringContaining('MILL LANE') }])
    const track = await until('it is delivered', async () => {
      const found = await running.broker.operations.track({ reference })
      return found?.message.state === 'delivered' && found
    })
    expect(track.message.receivers).toMatchObject([{ receiver, state: 'delivered' }])
  })
})

describe('a message that cannot be mapped', () => {
  it('waits for a person with those behind it, and all go in their order when the mapping is put right', async () => {
    const { uprn: _, ...noUprn } = addressChange.newAddress
    const bad = { ...addressChange, newAddress: noUprn }
    const references: string[] = []
    {
      await using running = await start(careless)
      references.push(await running.bring(bad))
      await until('it is parked', async () => {
        const { keys } = await running.broker.operations.deadLetters({ receiver })
        return keys.length === 1
      })
      references.push(await running.bring(addressChange))
      const { keys } = await running.broker.operations.deadLetters({ receiver })
      expect(keys).toMatchObject([{ code: 'PRV_MAPPINGS_STOPPED', reference: references[0] }])
      expect(JSON.stringify(keys)).not.toMatch(/Synthetic/i)
      expect(crm.cases()).toEqual([])
    }
    await writeFile(join(folder, 'config/mappings/to-crm.yaml'), jsonata)
    await using running = await start(jsonata)
    const { operations } = running.broker
    const { keys } = await operations.deadLetters({ receiver })
    const [{ key, messageId } = { key: '', messageId: '' }] = keys
    await operations.retryDeadLetter({ receiver, key, messageId, by: 'A. Clerk', why: 'The mapping is put right.' })
    await casesAreThere(2)
    const ids = await Promise.all(
      references.map(async (reference) => (await operations.track({ reference }))?.message.id),
    )
    expect(crm.cases().map(({ externalReference }) => externalReference)).toEqual(ids)
  })
})
