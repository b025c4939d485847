// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is the syntax of references.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { goodBroker, lint, load } from './testing/lint-example.ts'

const broker = (change: (text: string) => string) => lint({ 'broker.yaml': change(goodBroker) })

describe('broker.yaml', () => {
  it('is read with defaults filled in, folders made absolute and references resolved', async () => {
    const { configuration, folder, problems } = await load({})
    expect(problems).toEqual([])
    expect(configuration).toMatchObject({
      folder,
      authority: { code: 'X99000001', name: 'Borough of Sallowmere' },
      dataFolder: join(folder, 'data'),
      log: { engine: 'sqlite' },
      adapters: [
        {
          label: 'post',
          adapter: 'desk',
          config: { inboxFolder: join(folder, 'inbox'), pollEverySeconds: 5 },
          place: { file: 'broker.yaml', line: 6, column: 3 },
        },
        {
          label: 'office',
          adapter: 'bureau',
          config: { baseUrl: 'https://bureau.example', password: 'correct horse' },
        },
      ],
    })
    expect(configuration?.topics).toEqual(new Map())
  })

  it('finds the file of a database from where the configuration lies', async () => {
    const { configuration, folder } = await load({
      'broker.yaml': goodBroker.replace('https://bureau.example', 'sqlite:../office/accounts.db'),
    })
    expect(configuration?.adapters[1]?.config).toMatchObject({
      baseUrl: `sqlite:${join(folder, '../office/accounts.db')}`,
    })
  })

  it('keeps what is said of topics', async () => {
    const topics = 'topics:\n  valuation.report.proposed:\n    partitions: 3\n    retentionDays: 90\n'
    const { configuration } = await load({ 'broker.yaml': goodBroker + topics })
    expect(configuration?.topics).toEqual(
      new Map([['valuation.report.proposed', { partitions: 3, retentionDays: 90 }]]),
    )
  })

  it("leaves the broker's own topics to the broker", async () => {
    expect(await broker((text) => `${text}topics:\n  portreeve.reference.reserved:\n    partitions: 2\n`)).toEqual([
      "broker.yaml:14:3 bad-value: portreeve.reference.reserved is a topic of the broker's own: it always has one partition and is kept for ever. | Take it out.",
    ])
  })

  it('tells an unknown key at the key, with the keys that there are', async () => {
    expect(await broker((text) => text.replace('name:', 'nmae:'))).toEqual([
      'broker.yaml:1:1 missing: authority has no "name". | Add "name": Name of the council, as letters begin.',
      'broker.yaml:3:3 unknown-key: "nmae" is not a key of authority. | Use one of: code, name.',
    ])
  })

  it('tells an unknown key of an adapter by what the adapter declares', async () => {
    expect(await broker((text) => text.replace('inboxFolder: inbox', 'inboxFolder: inbox\n    inbxo: 1'))).toEqual([
      'broker.yaml:9:5 unknown-key: "inbxo" is not a key of adapters.post. | Use one of: inboxFolder, pollEverySeconds, accounts.',
    ])
  })

  it('tells what is missing at the part that lacks it', async () => {
    expect(await broker((text) => text.replace('    inboxFolder: inbox\n', ''))).toEqual([
      'broker.yaml:6:3 missing: adapters.post has no "inboxFolder". | Add "inboxFolder": Folder that is watched.',
    ])
    expect(await broker((text) => text.replace('dataFolder: data\n', ''))).toEqual([
      'broker.yaml:1:1 missing: broker.yaml has no "dataFolder". | Add "dataFolder": Where the broker keeps everything; relative to this file.',
    ])
  })

  it('tells a bad value at the value, by its rule', async () => {
    expect(await broker((text) => text.replace('X99000001', 'Sallowmere'))).toEqual([
      'broker.yaml:2:9 bad-value: authority.code is not written as it should be. | Correct it: GSS code of the council: a letter and eight figures.',
    ])
    expect(await broker((text) => text.replace('https://bureau.example', 'bureau'))).toEqual([
      'broker.yaml:11:14 bad-value: adapters.office.baseUrl must match format "uri". | Correct it: Where the bureau answers, such as https://bureau.example.',
    ])
    expect(await broker((text) => `${text}    mode: play\n`)).toEqual([
      'broker.yaml:13:11 bad-value: adapters.office.mode must be one of "live", "rehearsal". | Correct it: Which of its two services.',
    ])
    expect(await broker((text) => `${text}log:\n  engine: tape\n`)).toEqual([
      'broker.yaml:14:11 bad-value: log.engine must be one of "sqlite", "kafka". | Correct it: sqlite: embedded, needs nothing but Node. kafka: Apache Kafka, after npm run kafka:build.',
    ])
  })

  it('tells a bad value inside a list inside an adapter exactly there', async () => {
    const accounts =
      '    accounts:\n      - name: a\n        pin: ${env:OFFICE_PASSWORD}\n      - { name: b, pin: 12 }\n'
    expect(
      await broker((text) => text.replace('    inboxFolder: inbox\n', `    inboxFolder: inbox\n${accounts}`)),
    ).toEqual([
      'broker.yaml:12:25 secret-in-clear: adapters.post.accounts.1.pin holds a secret in clear text. | Write ${env:NAME} or ${file:path} here, and change the secret: it has been seen.',
      'broker.yaml:12:25 bad-value: adapters.post.accounts.1.pin is read as a number, and must be text. | Put it in quotes: PIN.',
    ])
  })

  it('tells a label and a topic that cannot be names', async () => {
    expect(await broker((text) => text.replace('post:', 'Post Room:'))).toEqual([
      'broker.yaml:6:3 bad-value: "Post Room" cannot be a name in adapters. | Rename it: Instances of adapters under labels for routes: small letters, figures and dashes, a letter first.',
    ])
    expect(await broker((text) => `${text}topics:\n  reports: {}\n`)).toEqual([
      'broker.yaml:14:3 bad-value: "reports" cannot be a name in topics. | Rename it: How topics are kept, by canonical type such as valuation.report.proposed. Others are kept for ever.',
    ])
  })

  it('tells an adapter that does not exist once, not again in every route', async () => {
    expect(await broker((text) => text.replace('adapter: bureau', 'adapter: buraeu'))).toEqual([
      'broker.yaml:10:14 unknown-adapter: There is no adapter "buraeu". | Use one of: desk, bureau, pigeon, court, scribe, almanac.',
    ])
  })

  it('tells an empty file', async () => {
    expect(await lint({ 'broker.yaml': '' })).toEqual([
      'broker.yaml:1:1 bad-value: broker.yaml is empty. | Copy config/examples/sallowmere/broker.yaml.',
    ])
    expect(await lint({ 'routes/deliver.yaml': '# nothing yet\n' })).toEqual([
      'routes/deliver.yaml:1:1 bad-value: routes/deliver.yaml is empty. | Copy a file of config/examples/sallowmere/routes.',
    ])
  })
})
