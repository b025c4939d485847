export { commandLinePage } from './command-line-page.ts'
