import { basename, resolve } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import { Command } from 'commander'
import { readConfiguration } from '../configured.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { putIntoInbox } from '../put-into-inbox.ts'
import type { Look } from '../render/look.ts'
import { commandLine } from '../text/command-line.ts'
import { printable } from '../text/printable.ts'
import { shellWord } from '../text/shell-word.ts'
import { wrap } from '../text/wrap.ts'

export function sendCommand(invocation: Invocation): Command {
  const command = new Command('send')
    .summary("put files into an adapter's inbox")
    .description(
      'Puts files into the inbox folder of an adapter, whole: each is written under another name and renamed when it is complete. The running broker takes it from there.',
    )
    .argument('<label>', 'label of the adapter in broker.yaml, such as revenues')
    .argument('<file...>', 'files to send')
    .action(async (label: string, files: readonly string[], options: CommonOptions) => {
      const { terminal } = invocation
      const configuration = await readConfiguration({ ...options, needsSecrets: false }, terminal)
      const inbox = inboxOf(label, configuration.adapters)
      const sent: { file: string; inbox: string; sha256: string; sizeBytes: number }[] = []
      for (const file of files) {
        const put = await putIntoInbox(resolve(terminal.workingFolder, file), inbox)
        sent.push({ file, inbox, ...put })
      }
      await invocation.answer({ sent }, () => renderSent(sent, inbox, invocation.look), options)
    })
  return invocation.describe(command, [
    ['portreeve send revenues reports.xml', 'one file'],
    ['portreeve send revenues outbox/*.xml', 'many; each is taken by itself'],
  ])
}

function renderSent(sent: readonly { readonly file: string }[], inbox: string, { typed, width }: Look): string {
  const names = sent.map(({ file }) => basename(file))
  return [
    ...names.map((name) => wrap(`${printable(name)} is in the inbox ${inbox}.`, { width })),
    '',
    `See what becomes of it, while the broker runs (${typed('run')}):`,
    ...names.map((name) => commandLine(typed(`list messages --file ${shellWord(name)}`), { width, indent: '  ' })),
  ].join('\n')
}

function inboxOf(label: string, adapters: readonly { readonly label: string; readonly config: unknown }[]): string {
  const inboxes = new Map(adapters.map((adapter) => [adapter.label, inboxFolder(adapter.config)]))
  const inbox = inboxes.get(label)
  if (inbox !== undefined) return inbox
  const withInbox = [...inboxes].flatMap(([name, folder]) => (folder === undefined ? [] : [name]))
  const labels = withInbox.join(', ') || 'none has one'
  if (inboxes.has(label)) throw new PortreeveError('PRV_CLI_NO_INBOX', { label, labels })
  const advice = `one of these labels: ${labels}.`
  throw new PortreeveError('PRV_CLI_NOT_KNOWN', { what: 'adapter with the label', value: label, advice })
}

function inboxFolder(config: unknown): string | undefined {
  if (typeof config !== 'object' || config === null || !('inboxFolder' in config)) return undefined
  return typeof config.inboxFolder === 'string' ? config.inboxFolder : undefined
}
