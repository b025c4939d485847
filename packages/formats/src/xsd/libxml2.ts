import type { XmlDocument, XsdValidator } from 'libxml2-wasm'

/** One complaint of libxml2 about a document. */
export interface SchemaComplaint {
  readonly message: string
  /** Its own path of the node, such as `/*` + `/*[2]/b:UniquePropertyReferenceNumber`. */
  readonly nodePath: string
}

/** A compiled schema. Holds memory outside the heap until it is disposed. */
export interface CompiledSchema extends Disposable {
  /** The complaints about a document, in document order; none when it is valid. */
  validate(documentText: string): readonly SchemaComplaint[]
}

/** The schema could not be compiled: what libxml2 said. */
export interface CompileFailure {
  readonly reason: string
}

/**
 * Compiles a schema. The only file that knows libxml2-wasm; loads it when it is first needed.
 *
 * @param fileName under which the schema's own includes are resolved, starting with `/`
 * @param read the bytes of a file that is included, or `undefined` where there is none
 */
export async function compileSchema(
  fileName: string,
  read: (fileName: string) => Uint8Array | undefined,
): Promise<CompiledSchema | CompileFailure> {
  const libxml2 = await import('libxml2-wasm')
  const bytes = read(fileName)
  if (bytes === undefined) return { reason: 'the file is not there' }
  // Included files come through a table of the whole process; nothing else runs until it is emptied again.
  libxml2.xmlRegisterInputProvider({
    match: (name) => read(name) !== undefined,
    open: (name) => {
      const file = read(name)
      return file && libxml2.openBuffer(file)
    },
    read: libxml2.readBuffer,
    close: (handle) => {
      libxml2.closeBuffer(handle)
      return true
    },
  })
  let schema: XmlDocument | undefined
  try {
    schema = libxml2.XmlDocument.fromBuffer(bytes, { url: fileName, option: libxml2.ParseOption.XML_PARSE_NO_XXE })
    return compiled(libxml2.XsdValidator.fromDoc(schema), libxml2)
  } catch (error) {
    if (error instanceof libxml2.XmlError) return { reason: error.message.trim() }
    throw error
  } finally {
    libxml2.xmlCleanupInputProvider()
    schema?.dispose()
  }
}

function compiled(validator: XsdValidator, libxml2: typeof import('libxml2-wasm')): CompiledSchema {
  return {
    validate(documentText) {
      // As bytes: the library turns a string into UTF-8 character by character.
      const document = libxml2.XmlDocument.fromBuffer(Buffer.from(documentText))
      try {
        validator.validate(document)
        return []
      } catch (error) {
        if (!(error instanceof libxml2.XmlValidateError)) throw error
        return error.details.map(({ message, xpath = '' }) => ({ message: message.trim(), nodePath: xpath }))
      } finally {
        document.dispose()
      }
    },
    [Symbol.dispose]: () => validator.dispose(),
  }
}
