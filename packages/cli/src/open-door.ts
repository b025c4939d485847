import type { Borough } from '@portreeve/broker'
import { isPortreeveError } from '@portreeve/errors'
import { type Gateway, startGateway } from '@portreeve/gateway'

/** Opens the borough's door at its usual port, or at any that is free when somebody has that one. */
export async function openBoroughDoor({ broker, configuration }: Borough): Promise<Gateway> {
  const { door } = configuration
  if (!door) throw new TypeError('the example has a door')
  try {
    return await startGateway(broker, configuration)
  } catch (error) {
    if (!isPortreeveError(error, 'PRV_GATEWAY_LISTEN')) throw error
    return await startGateway(broker, { ...configuration, door: { ...door, port: 0 } })
  }
}
