export { catalogue, type ErrorCode } from './catalogue.ts'
export type { CatalogueEntry, FailureClass } from './entry.ts'
export {
  catalogueEntry,
  type ErrorDetails,
  type ErrorJson,
  isPortreeveError,
  PortreeveError,
} from './portreeve-error.ts'
