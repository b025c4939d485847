import { bodyReader, defineAdapter } from '@portreeve/adapter-sdk'
import { recordFormat } from '@portreeve/formats'
import { addressUpdateRequestedSchema } from '@portreeve/model'
import { checkFolder } from './check-folder.ts'
import { configSchema, defaults } from './config.ts'
import { accepted } from './from-canonical.ts'
import { HandedOver } from './handed-over.ts'
import { inspectLayouts } from './inspect-layouts.ts'
import { readLayouts } from './layouts.ts'
import { pollReturns } from './poll-returns.ts'
import { ResultsStore } from './results-store.ts'
import { samples } from './samples.ts'
import { lookUp, sendBatch } from './send-batch.ts'
import { addressUpdateAnswered } from './to-canonical.ts'

export default defineAdapter({
  name: 'electoral',
  summary:
    'Electoral registration: changes of address go out as a file a batch, and return files say what became of them.',
  status: 'beta',
  sources: [
    { title: 'RFC 4180: Common format for CSV files', where: 'https://www.rfc-editor.org/rfc/rfc4180' },
    { title: 'Portreeve: record layouts', where: 'docs/how-to/declare-a-record-layout.md' },
  ],
  config: configSchema,
  configurationFiles: ['layoutFile', 'returnLayoutFile'],
  capabilities: { poll: true, receive: false, send: true, idempotentSend: true, lookup: true },
  emits: [addressUpdateAnswered],
  accepts: accepted,
  errors: [
    'PRV_ADAPTER_MESSAGE',
    'PRV_FORMATS_LAYOUT_UNUSABLE',
    'PRV_ELECTORAL_FOLDER',
    'PRV_ELECTORAL_LAYOUT',
    'PRV_ELECTORAL_MESSAGE',
    'PRV_ELECTORAL_NOT_HANDED_OVER',
    'PRV_ELECTORAL_UNKNOWN',
    'PRV_ELECTORAL_RETURN_LINES',
    'PRV_ELECTORAL_RETURN_FILE',
  ],
  examples: [
    {
      title: 'Two folders of the electoral system, and its own layout of what it takes',
      config: {
        outFolder: '/srv/electoral/in',
        returnsFolder: '/srv/electoral/out',
        layoutFile: 'layouts/electoral.yaml',
        pollEverySeconds: 300,
      },
    },
  ],
  samples,
  inspect: inspectLayouts,
  async open(config, { label, now }) {
    const { outFolder, returnsFolder, settleSeconds = defaults.settleSeconds } = config
    const { outgoing, returned } = await readLayouts(config)
    const handedOver = new HandedOver(outFolder, now)
    const results = new ResultsStore(handedOver.notesFolder)
    const writing = {
      format: recordFormat(outgoing),
      names: new Set(outgoing.fields.map(({ name }) => name)),
      ending: outgoing.format === 'csv' ? 'csv' : 'txt',
      read: bodyReader('customer.address-update.requested', addressUpdateRequestedSchema, label),
    }
    const polling = { label, outFolder, returnsFolder, settleSeconds, handedOver, results }
    return {
      async check() {
        for (const folder of [outFolder, returnsFolder]) await checkFolder(folder)
      },
      poll: pollReturns({ ...polling, format: recordFormat(returned) }),
      send: sendBatch({ outFolder, handedOver, ...writing }),
      lookup: lookUp({ outFolder, handedOver }),
      [Symbol.asyncDispose]: async () => undefined,
    }
  },
})
