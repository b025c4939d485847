import { adapterErrors } from './areas/adapter.ts'
import { brokerErrors } from './areas/broker.ts'
import { claimCheckErrors } from './areas/claim-check.ts'
import { cliErrors } from './areas/cli.ts'
import { configurationErrors } from './areas/configuration.ts'
import { coreErrors } from './areas/core.ts'
import { crmOpen311Errors } from './areas/crm-open311.ts'
import { databaseErrors } from './areas/database.ts'
import { electoralErrors } from './areas/electoral.ts'
import { endpointsErrors } from './areas/endpoints.ts'
import { envelopeErrors } from './areas/envelope.ts'
import { formatsErrors } from './areas/formats.ts'
import { gatewayErrors } from './areas/gateway.ts'
import { kafkaErrors } from './areas/kafka.ts'
import { ledgerErrors } from './areas/ledger.ts'
import { logErrors } from './areas/log.ts'
import { mailErrors } from './areas/mail.ts'
import { mappingsErrors } from './areas/mappings.ts'
import { modelErrors } from './areas/model.ts'
import { registersErrors } from './areas/registers.ts'
import { revenuesErrors } from './areas/revenues.ts'
import { stateErrors } from './areas/state.ts'
import { telemetryErrors } from './areas/telemetry.ts'
import { valuebillErrors } from './areas/valuebill.ts'

/** Every code that Portreeve can raise, by area. A code is never reused for another meaning. */
export const catalogue = {
  ...adapterErrors,
  ...brokerErrors,
  ...claimCheckErrors,
  ...cliErrors,
  ...configurationErrors,
  ...coreErrors,
  ...crmOpen311Errors,
  ...databaseErrors,
  ...electoralErrors,
  ...endpointsErrors,
  ...envelopeErrors,
  ...formatsErrors,
  ...gatewayErrors,
  ...kafkaErrors,
  ...ledgerErrors,
  ...logErrors,
  ...mailErrors,
  ...mappingsErrors,
  ...modelErrors,
  ...registersErrors,
  ...revenuesErrors,
  ...stateErrors,
  ...telemetryErrors,
  ...valuebillErrors,
} as const

/** `PRV_<AREA>_<WHAT>` */
export type ErrorCode = keyof typeof catalogue
