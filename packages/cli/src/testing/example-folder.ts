import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ExampleFolder extends AsyncDisposable {
  readonly path: string
  /** Holds `broker.yaml`. */
  readonly config: string
  readonly inbox: string
}

const broker = `authority: { code: X99000001, name: Borough of Sallowmere }
dataFolder: ../data
adapters:
  revenues: { adapter: revenues, inboxFolder: ../inbox, pollEverySeconds: 1, settleSeconds: 1 }
  voa:
    adapter: valuebill
    baseUrl: http://127.0.0.1:9
    billingAuthority: Borough of Sallowmere
    billingAuthorityCode: '9999'
    password: \${env:VOA_PASSWORD}
`

/** A fresh folder with a configuration, an inbox beside it, and no data yet. */
export async function exampleFolder(files: Readonly<Record<string, string>> = {}): Promise<ExampleFolder> {
  const path = await mkdtemp(join(tmpdir(), 'portreeve-cli-'))
  const config = join(path, 'config')
  await mkdir(join(config, 'routes'), { recursive: true })
  const all = {
    'config/broker.yaml': broker,
    'config/routes/split.yaml': 'from: valuation.submission.received\nsplit: voa\n',
    'config/routes/to-voa.yaml': 'from: valuation.report.proposed\nto: voa\n',
    ...files,
  }
  for (const [name, text] of Object.entries(all)) await writeFile(join(path, name), text)
  return { path, config, inbox: join(path, 'inbox'), [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
