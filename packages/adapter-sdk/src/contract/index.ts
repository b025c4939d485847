export { adapterContract } from './adapter-contract.ts'
export type { AdapterHarness, Misbehaviour, StandIn, StandInDocument } from './stand-in.ts'
