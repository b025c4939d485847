import type { Run, ScriptLimits } from '../protocol.ts'
import { LimitMet, ScriptStopped } from '../protocol.ts'
import { type Libxslt, loadLibxslt } from './load-libxslt.ts'
import { compileFault, stopFault } from './xslt-faults.ts'

let loaded: Promise<Libxslt> | undefined

/** No network, no external DTD or entity, and no node that is only there for the parser's convenience. */
const parseOptions = 2048 | 8_388_608

/** An XSLT 1.0 stylesheet that takes XML and gives what its `xsl:output` says. Throws `ScriptStopped` when it is none. */
export async function compileXslt(text: string, limits: ScriptLimits): Promise<Run> {
  loaded ??= loadLibxslt(limits)
  const libxslt = await loaded
  const { result: stylesheet, said } = libxslt.hearing(() => parsedStylesheet(libxslt, text))
  // libxslt goes on after some faults, and would tell them again with every message.
  if (stylesheet === 0 || said !== '') throw new ScriptStopped(compileFault(said))
  return async (input) => {
    const { result, said } = libxslt.hearing(() => safely(() => transformed(libxslt, stylesheet, input)))
    if (libxslt.overflowed) throw new LimitMet('its templates call each other too deep', { broken: true })
    if (libxslt.exhausted) throw new LimitMet('it took too much memory', { broken: true })
    if (result === null || said !== '') throw new ScriptStopped(stopFault(said, text))
    return result
  }
}

/** A trap leaves the instance in the middle of something, and its locks held: after it, it must not be called again. */
function safely<Result>(use: () => Result): Result {
  try {
    return use()
  } catch (error) {
    if (error instanceof RangeError) throw new LimitMet('its templates call each other too deep', { broken: true })
    if (error instanceof Error && error.name === 'RuntimeError')
      throw new LimitMet('it took too much memory', { broken: true })
    throw error
  }
}

/** The pointer to a compiled stylesheet, which lives as long as the thread; 0 when there is none. */
function parsedStylesheet(libxslt: Libxslt, text: string): number {
  const document = parsed(libxslt, Buffer.from(text))
  return document === 0 ? 0 : pointer(libxslt.module._xsltParseStylesheetDoc(document))
}

function transformed(libxslt: Libxslt, stylesheet: number, input: Uint8Array): Uint8Array | null {
  const { module } = libxslt
  const document = parsed(libxslt, input)
  if (document === 0) return null
  const result = pointer(module._xsltApplyStylesheet(stylesheet, document, 0))
  const output = result === 0 ? null : serialised(libxslt, result, stylesheet)
  if (result !== 0) module._xmlFreeDoc(result)
  module._xmlFreeDoc(document)
  return output
}

function serialised({ module }: Libxslt, result: number, stylesheet: number): Uint8Array | null {
  const buffer = module._xmlAllocOutputBuffer(0)
  const isSaved = module._xsltSaveResultTo(buffer, result, stylesheet) >= 0
  const start = module._xmlOutputBufferGetContent(buffer)
  const output = isSaved ? module.HEAPU8.slice(start, start + module._xmlOutputBufferGetSize(buffer)) : null
  module._xmlOutputBufferClose(buffer)
  return output
}

function parsed({ module }: Libxslt, bytes: Uint8Array): number {
  const start = module._malloc(bytes.length)
  const name = module.stringToNewUTF8('script.xsl')
  module.HEAPU8.set(bytes, start)
  const document = pointer(module._xmlReadMemory(start, bytes.length, name, 0, parseOptions))
  module._free(start)
  module._free(name)
  return document
}

/** The types speak of promises, which there would be if anything could be waited for. */
function pointer(value: number | Promise<number>): number {
  if (typeof value === 'number') return value
  throw new TypeError('libxslt was not to wait for anything')
}
