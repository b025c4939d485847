import { PortreeveError } from '@portreeve/errors'
import { LiquidError } from 'liquidjs'

/** Why a template's file cannot be read, from what its file system says: `ENOENT`, `EACCES`. */
export function fromTemplateFileFault(fault: unknown, file: string): PortreeveError {
  const { code = 'unknown' } = fault as NodeJS.ErrnoException
  return new PortreeveError('PRV_MAIL_TEMPLATE_MISSING', { file, fault: code }, { cause: code })
}

/** What the template library objects to, with its place. Its words are of the template, never of a value. */
export function fromTemplateFault(fault: unknown, file: string): PortreeveError {
  const known = LiquidError.is(fault)
  const [line = 0, column = 0] = known ? fault.token.getPosition() : []
  return new PortreeveError('PRV_MAIL_TEMPLATE', { file, line, column, fault: known ? wordsOf(fault) : 'unknown' })
}

/** A fault of rendering may repeat a value in its words, so only an unknown name is told of those. */
function wordsOf({ name, originalError, message }: LiquidError): string {
  if (name === 'RenderError') return 'a tag or filter fails on the values'
  const words = originalError?.message ?? message.replace(/, (file:.*, )?line:\d+, col:\d+$/, '')
  return words.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 200)
}
