import type { AdapterPromise } from '../adapter-promise.ts'

export const twice: AdapterPromise = {
  title: 'can be disposed of twice',
  async run(subject) {
    const adapter = await subject.open()
    await adapter[Symbol.asyncDispose]()
    await adapter[Symbol.asyncDispose]()
  },
}
