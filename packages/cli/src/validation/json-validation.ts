import type { ValidationOutput } from './validation-output.ts'

/**
 * Verdicts as one JSON document, written as they come:
 * `{"files":[{"file":"…","reports":[…],"document":{…}}]}`; of a file that cannot be read only `{"error":{…}}`. Reports of which there is nothing to say are left out.
 */
export function validationAsJson(write: (text: string) => Promise<void>): ValidationOutput {
  let files = 0
  let reports = 0
  return {
    async begin(file) {
      reports = 0
      await write(`${files++ === 0 ? '{"files":[' : ','}\n{"file":${JSON.stringify(file)},"reports":[`)
    },
    async report(verdict) {
      const { corrections, problems, warnings } = verdict
      if (corrections.length + problems.length + warnings.length === 0) return
      await write(`${reports++ === 0 ? '' : ','}\n${JSON.stringify(verdict)}`)
    },
    document: (verdict) => write(`],\n"document":${JSON.stringify(verdict)}}`),
    unreadable: (error) => write(`${files++ === 0 ? '{"files":[' : ','}\n{"error":${JSON.stringify(error.toJSON())}}`),
    end: () => write(']}\n'),
  }
}
