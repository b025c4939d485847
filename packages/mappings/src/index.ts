export { checkShapes } from './check-shapes.ts'
export { canonicalSchema } from './json-check.ts'
export type {
  MappedBody,
  Mapping,
  MappingDefinition,
  MappingTarget,
  MappingTrial,
  TargetSchema,
} from './mapping.ts'
export { openMapping } from './open-mapping.ts'
export { ownContentType } from './own-content-type.ts'
export { defaultScriptLimits, type ScriptLimits } from './protocol.ts'
export { type MappingLanguage, mappingLanguages, type Script, type ScriptFault, type ScriptPlace } from './script.ts'
export { type CompiledScript, ScriptEngine, type ScriptResult } from './script-engine.ts'
export type { ShapeFault } from './shapes/shape-fault.ts'
