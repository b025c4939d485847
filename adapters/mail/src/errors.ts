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

/** Of a fault of rendering only an unknown name is told, without what follows its first dot: there may be a value in it. */
function wordsOf({ name, originalError, message }: LiquidError): string {
  if (name === 'RenderError') return 'a tag or filter fails on the values'
  if (name === 'UndefinedVariableError')
    return /^undefined variable: [^.,[]*/.exec(message)?.[0] ?? 'undefined variable'
  const words = originalError?.message ?? message.replace(/, (file:.*, )?line:\d+, col:\d+$/, '')
  return words.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 200)
}
