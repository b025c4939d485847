import { createReadStream } from 'node:fs'
import type { DocumentVerdict } from '@portreeve/adapter-sdk'
import type { LiveLine } from '../live-line.ts'
import type { ReadableFile } from '../readable-files.ts'
import { printable } from '../text/printable.ts'
import { progressLine } from '../text/progress-line.ts'
import type { ValidationOutput } from './validation-output.ts'
import type { Validator } from './validator-for.ts'

interface Around {
  readonly output: ValidationOutput
  readonly live: LiveLine
  readonly now: () => Date
}

/** A smaller file is read before a person could read the bar. */
const barFromBytes = 5_000_000

/** Tells the output what would become of each report, and answers with the verdict on the whole file. */
export async function validateFile(
  { name, path, sizeBytes }: ReadableFile,
  { validate, config }: Validator,
  { output, live, now }: Around,
): Promise<DocumentVerdict> {
  const startedAt = now().getTime()
  await output.begin(name)
  const verdicts = validate(createReadStream(path, { highWaterMark: 256 * 1024 }), {
    ...(config && { config }),
    onProgress({ bytesRead }) {
      if (sizeBytes < barFromBytes) return
      const secondsPerByte = (now().getTime() - startedAt) / 1000 / bytesRead
      const secondsLeft = bytesRead > sizeBytes / 100 ? secondsPerByte * (sizeBytes - bytesRead) : null
      live.draw((columns) =>
        progressLine({ what: printable(name), doneBytes: bytesRead, totalBytes: sizeBytes, secondsLeft }, columns),
      )
    },
  })
  for await (const verdict of verdicts) {
    if (verdict.kind === 'report') await output.report(verdict)
    else {
      await output.document(verdict)
      return verdict
    }
  }
  throw new TypeError('a validation ended without a verdict on the document')
}
