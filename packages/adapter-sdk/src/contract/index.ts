export { adapterContract } from './adapter-contract.ts'
export type { AdapterHarness, Misbehaviour, StandIn, StandInDocument, StandInQuestion } from './stand-in.ts'
