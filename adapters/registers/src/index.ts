import { defineAdapter } from '@portreeve/adapter-sdk'
import type { InboxFile } from '@portreeve/endpoints'
import { readAddresses } from './address-register.ts'
import { answerFrom } from './answer-from.ts'
import { configSchema, defaults } from './config.ts'
import { PersonRegister } from './person-register.ts'
import { RegisterFile } from './register-file.ts'
import { unlessAborted } from './unless-aborted.ts'

export default defineAdapter({
  name: 'registers',
  summary: 'Registers kept as CSV files: answers which addresses and persons a council knows.',
  status: 'beta',
  sources: [
    { title: 'RFC 4180, Format for CSV Files', where: 'https://www.rfc-editor.org/rfc/rfc4180' },
    { title: 'Enterprise Integration Patterns (Hohpe, Woolf): Request-Reply', where: 'page 154' },
  ],
  config: configSchema,
  capabilities: { poll: false, receive: false, send: false, idempotentSend: false, lookup: false, request: true },
  emits: [],
  accepts: [],
  errors: ['PRV_REGISTERS_NO_FILE', 'PRV_REGISTERS_FILE', 'PRV_REGISTERS_TOO_LONG', 'PRV_REGISTERS_NOT_KEPT'],
  rules: [
    {
      step: 'address',
      name: 'UPRNs are compared without leading zeros',
      source: 'some systems fill them up to twelve digits',
    },
    {
      step: 'persons',
      name: 'names are compared without case, accents, apostrophes, hyphens and blanks',
      source: 'systems write the same name differently',
    },
    {
      step: 'persons',
      name: 'later given names may be left out on either side',
      source: 'people do',
    },
    {
      step: 'persons',
      name: 'dates of birth are compared where both are known',
      source: 'a person without one may be meant',
    },
    {
      step: 'persons',
      name: "the person with the council's own reference, among those whose names agree, is the only one",
      source: 'a reference alone proves nothing: somebody may have mistyped it',
    },
  ],
  examples: [
    {
      title: 'Exports of the property gazetteer and of the customer index, written anew each night',
      config: {
        addressesFile: '/srv/registers/addresses.csv',
        personsFile: '/srv/registers/persons.csv',
        settleSeconds: 60,
      },
    },
  ],
  async open({ addressesFile, personsFile, ...config }, { label: system, signal: stop }) {
    const { encoding, settleSeconds, maxRecords } = { ...defaults, ...config }
    const options = { encoding, maxRecords, signal: stop }
    const inUse = <Register>(path: string | undefined, read: (file: InboxFile) => Promise<Register>) =>
      path === undefined ? null : new RegisterFile({ path, settleMs: settleSeconds * 1000, read })
    const addresses = inUse(addressesFile, (file) => readAddresses(file, options))
    const persons = inUse(personsFile, (file) => PersonRegister.read(file, options))
    return {
      async check(signal) {
        await unlessAborted(Promise.all([addresses?.check(), persons?.check()]), signal)
      },
      request: answerFrom({ system, addresses, persons }),
      [Symbol.asyncDispose]: async () => undefined,
    }
  },
})
