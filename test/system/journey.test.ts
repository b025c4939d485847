import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { libxml2Verdicts, openSchema } from '../support/libxml2-verdicts.ts'
import type { TestBorough } from './support/borough.ts'
import { boroughs } from './support/boroughs.ts'
import { recordsIn } from './support/prove-borough.ts'
import { startRecordingProxy } from './support/recording-proxy.ts'
import { reportFile, reports } from './support/report-file.ts'
import { until } from './support/until.ts'

const samples = fileURLToPath(new URL('../../config/examples/sallowmere/samples', import.meta.url))
const xsd = fileURLToPath(new URL('../../schemas/xml/valuebill/valuebill-ba-to-voa.xsd', import.meta.url))
const schema = openSchema(xsd)
const { start } = boroughs()

async function dropSamples(borough: TestBorough) {
  const names = (await readdir(samples)).filter((name) => name.endsWith('.xml')).sort()
  const files = []
  for (const name of names) files.push(await borough.drop(name, await readFile(join(samples, name))))
  await borough.settled()
  return files
}

it('brings the good reports to the VOA and tells of each other one why not', async () => {
  const borough = await start({ voa: { refuse: { '3204': '1006' } } })
  const [good, mixed, cut, doctype] = await dropSamples(borough)
  if (!good || !mixed || !cut || !doctype) throw new TypeError('there are four samples')

  expect((await borough.reportsOf(good)).map(({ state }) => state)).toEqual(Array(6).fill('delivered'))
  expect((await borough.reportsOf(mixed)).map(({ state }) => state)).toEqual(['delivered', 'refused'])
  const [, refused] = await borough.reportsOf(mixed)
  expect(refused?.receivers[0]).toMatchObject({ code: '1006' })

  expect(await borough.answer(good, 'way to the VOA')).toContain('6 reports went on their way')
  const answer = await borough.answer(mixed, 'way to the VOA')
  expect(answer).toMatch(/2 reports went .*2 reports refused here/)
  expect(answer).toMatch(/Report 2\b.*3202.* Line 5\d: This is no postcode: write it as in AB1 2CD/)
  expect(answer).toMatch(/Report 3\b.*3203/)
  expect(await borough.answer(mixed, '1006'), 'what the VOA refused is told too').toMatch(/Report 4\b.*3204/)
  for (const file of [cut, doctype]) {
    expect(await borough.answer(file, 'as a whole')).toMatch(/The file as a whole was refused.*Line \d+: /)
  }
})

it('tells a problem of a report once, however often correcting has copied its cause', async () => {
  const borough = await start()
  const [, mixed] = await dropSamples(borough)
  const answer = mixed && (await borough.answer(mixed, 'way to the VOA'))
  expect(answer?.match(/This is no postcode/g)).toHaveLength(1)
})

it('finds everything about a file by its reference, and a report by UPRN, by correlation and by file', async () => {
  const borough = await start()
  const uprn = '999900770077'
  const file = await borough.drop('find-me.xml', reportFile({ reports: [{ uprn }, {}] }))
  await borough.settled()
  const [submission] = await borough.search({ type: 'valuation.submission.received' })
  const [report] = await borough.search({ uprn })
  const track = await borough.operations.track({ reference: submission?.reference ?? '' })
  expect(track?.message.id).toBe(file.digest)
  expect(track?.children.map(({ type }) => type).sort()).toEqual([
    'valuation.report.proposed',
    'valuation.report.proposed',
    'valuation.submission.split',
  ])
  expect(
    track?.timeLine.some(({ state, receiver }) => state === 'delivered' && receiver === 'reports-to-voa.voa'),
  ).toBe(true)
  const own = await borough.operations.track({ reference: report?.reference ?? '' })
  expect(own?.message.id).toBe(`${file.digest}-00000000`)
  expect(own?.timeLine.at(-1)?.sentence).toMatch(/^reports-to-voa\.voa has it.*nothing more is to be done\.$/)
  expect(report?.reference).not.toBe(submission?.reference)
  expect((await borough.search({ correlationId: file.digest })).length).toBe(4)
  for (const query of [{ file: 'find-me.xml' }, { file: file.digest }]) {
    const types = (await borough.search(query)).map(({ type }) => type)
    expect(types).toContain('valuation.submission.received')
    expect(types.filter((type) => type === 'valuation.report.proposed')).toHaveLength(2)
  }
})

it('sends what is valid by the schema, with its own header and trailer, and keeps what arrived beside the corrections', async () => {
  const borough = await start({ startBroker: false })
  await using proxy = await startRecordingProxy(borough.voa.baseUrl)
  await borough.startBroker({ voaUrl: proxy.url })
  const report = { uprn: '999900880088', postcode: 'zz991ad', remarks: '  TWO   SPACES ' }
  await borough.drop('correct-me.xml', reportFile({ reports: [report] }))
  await borough.settled()

  const [sent] = proxy.passed.filter(({ what }) => what.startsWith('POST'))
  if (!sent) throw new TypeError('nothing was sent')
  expect(libxml2Verdicts(sent.body, [schema])).toEqual([{ verdict: 'valid', message: '' }])
  const text = sent.body.toString('utf8')
  expect(text).toContain('<BillingAuthority>Borough of Sallowmere</BillingAuthority>')
  expect(text).toContain('<BillingAuthorityIdentityCode>9999</BillingAuthorityIdentityCode>')
  expect(text).toContain('<RecordCount>1</RecordCount>')
  expect(text).toContain('<TotalCtaxReportCount>1</TotalCtaxReportCount>')
  expect(text).toContain('<Postcode>ZZ99 1AD</Postcode>')
  expect(text).toContain('<Remarks>TWO SPACES</Remarks>')

  await borough.stopBroker()
  const [record] = await recordsIn(borough, 'valuation.report.proposed')
  const canonical = JSON.parse(Buffer.from(record?.value ?? []).toString('utf8'))
  expect(canonical.remarks).toBe('  TWO   SPACES ')
  const identity = canonical.proposedEntries.assessmentProperties[0].propertyIdentity
  expect(identity.textAddress.postcode).toBe('zz991ad')
  expect(canonical.corrections).toContainEqual({
    rule: 'postcodes',
    path: 'proposedEntries/assessmentProperties/0/propertyIdentity/textAddress/postcode',
    before: 'zz991ad',
    after: 'ZZ99 1AD',
  })
})

it('sends as many reports together as the route says, and the rest when the time is over', async () => {
  const borough = await start({ maxMessages: 10, maxWaitSeconds: 0.3, partitions: 1 })
  await borough.drop('batches.xml', reportFile({ reports: reports(25) }))
  await borough.settled()
  const sizes = borough.voa.submissions().map(({ taken }) => taken.length)
  expect(sizes).toEqual([10, 10, 5])

  await borough.drop('alone.xml', reportFile())
  await until('the single report goes alone', () => borough.voa.submissions().length === 4)
})
