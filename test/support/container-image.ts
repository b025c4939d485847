import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DockerfileParser, type Instruction } from 'dockerfile-ast'
import { root } from './source-files.ts'

export const dockerfile = readFileSync(join(root, 'docker/Dockerfile'), 'utf8')
const parsed = DockerfileParser.parse(dockerfile)

/** What of the build context never reaches the builder, by `docker/Dockerfile.dockerignore`. */
const ignored = /\/node_modules(\/|$)|\.test\.ts$|\/golden(\/|$)/

export function instructions(keyword: string): readonly Instruction[] {
  return parsed.getInstructions().filter((instruction) => instruction.getKeyword() === keyword)
}

/** The words in JSON that an instruction ends with; of the last one of its kind. */
function jsonWords(keyword: string): readonly string[] {
  const [json] = /\[.*\]$/s.exec(instructions(keyword).at(-1)?.getArgumentsContent() ?? '') ?? []
  return JSON.parse(json ?? '[]')
}

export const entrypoint = () => jsonWords('ENTRYPOINT')
export const command = () => jsonWords('CMD')
export const healthCheck = () => jsonWords('HEALTHCHECK')

/** Copies and runs in a folder what the stage `install` copies and runs in its own. Throws when a step fails. */
export function buildInto(folder: string): void {
  const [stage] = parsed.getFROMs()
  const end = parsed.getFROMs()[1]?.getRange()?.start.line ?? 0
  const begin = stage?.getRange()?.start.line ?? 0
  for (const instruction of parsed.getInstructions()) {
    const line = instruction.getRange().start.line
    if (line <= begin || line >= end) continue
    if (instruction.getKeyword() === 'COPY') copy(instruction, folder)
    if (instruction.getKeyword() === 'RUN') {
      execFileSync('sh', ['-e', '-c', instruction.getArgumentsContent() ?? 'false'], { cwd: folder, stdio: 'pipe' })
    }
  }
}

function copy(instruction: Instruction, folder: string): void {
  const words = instruction.getArguments().map((argument) => argument.getValue())
  const target = words.pop() ?? ''
  for (const source of words) {
    // A file goes into the folder that is named; of a folder its content does.
    const to = words.length > 1 ? join(folder, target, source) : join(folder, target)
    mkdirSync(dirname(to), { recursive: true })
    cpSync(join(root, source), to, { recursive: true, filter: (from) => !ignored.test(from.slice(root.length - 1)) })
  }
}

/** Packages that are copies where links should be: Node runs no TypeScript there. */
export function copiedPackages(folder: string): readonly string[] {
  return globSync('{packages,adapters}/*/node_modules/@portreeve/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => !entry.isSymbolicLink())
    .map(({ parentPath, name }) => join(parentPath, name))
}
