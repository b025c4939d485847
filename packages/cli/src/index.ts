export { commandLinePage } from './command-line-page.ts'
export { runCli } from './run-cli.ts'
export type { Terminal } from './terminal.ts'
