import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { root } from './source-files.ts'

/** What is installed once for all copies: nothing of the workspace lies in it. */
const sharedModules = ['.pnpm', '.bin']

const { FORCE_COLOR: _colours, ...others } = process.env
const plain = { ...others, NO_COLOR: '1' }

/** What a command has come to. */
export interface Ran {
  readonly code: number
  readonly text: string
}

/** A copy of this checkout as it stands, whose packages are its own; `installed: false`: as it is cloned, with none of what is installed. */
export class WorkingCopy implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'portreeve-copy-'))

  constructor({ installed = true }: { readonly installed?: boolean } = {}) {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
    const files = listed
      .toString()
      .split('\0')
      .filter((path) => path !== '' && existsSync(join(root, path)))
    for (const path of files) cpSync(join(root, path), join(this.folder, path))
    const modules = installed ? ['node_modules', ...globSync('{packages,adapters}/*/node_modules', { cwd: root })] : []
    for (const each of modules) this.#copyLinks(each)
    execFileSync('git', ['init', '--quiet'], { cwd: this.folder })
    this.know()
  }

  /** Lets git know every file that is there now. */
  know(): void {
    execFileSync('git', ['add', '--all'], { cwd: this.folder })
  }

  /** What an install does for a package that is new: it finds what it depends on, and those who depend on it find it. */
  link(folder: string): void {
    const { name, dependencies }: { name: string; dependencies: Readonly<Record<string, string>> } = JSON.parse(
      readFileSync(join(this.folder, folder, 'package.json'), 'utf8'),
    )
    for (const at of ['.', 'packages/broker']) this.#link(join(at, 'node_modules', name), folder)
    for (const [needed, version] of Object.entries(dependencies)) {
      const target = version.startsWith('workspace:')
        ? join('packages', needed.replace('@portreeve/', ''))
        : join('node_modules/.pnpm', `${needed}@${version}`, 'node_modules', needed)
      this.#link(join(folder, 'node_modules', needed), target)
    }
  }

  /** Runs a script of an installed tool, or of the copy, on this Node; answers with all that it printed, and its exit code. */
  run(script: string, ...words: readonly string[]): Ran {
    return this.#execute(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...words])
  }

  /** Runs what somebody types into a shell. */
  type(command: string): Ran {
    return this.#execute('sh', ['-e', '-c', command])
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  #execute(file: string, words: readonly string[]): Ran {
    try {
      const options = { cwd: this.folder, encoding: 'utf8', stdio: 'pipe', env: plain } as const
      return { code: 0, text: execFileSync(file, words, options) }
    } catch (error) {
      const { status, stdout, stderr } = Object(error)
      return { code: typeof status === 'number' ? status : -1, text: `${stdout}${stderr}` }
    }
  }

  /** Links of the workspace are relative, so that in the copy they lead to the copy. */
  #copyLinks(modules: string): void {
    const to = join(this.folder, modules)
    mkdirSync(to, { recursive: true })
    for (const entry of readdirSync(join(root, modules), { withFileTypes: true })) {
      const from = join(root, modules, entry.name)
      if (sharedModules.includes(entry.name)) symlinkSync(from, join(to, entry.name))
      else if (entry.isSymbolicLink() || entry.name.startsWith('@')) {
        cpSync(from, join(to, entry.name), { recursive: true, verbatimSymlinks: true })
      }
    }
  }

  #link(path: string, target: string): void {
    const at = join(this.folder, path)
    mkdirSync(dirname(at), { recursive: true })
    symlinkSync(relative(dirname(at), join(this.folder, target)), at)
  }
}
