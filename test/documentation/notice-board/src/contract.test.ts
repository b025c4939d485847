import { adapterContract, type StandIn } from '@portreeve/adapter-sdk/contract'
import type { Message } from '@portreeve/envelope'
import { startFakeBoard } from './fake-system.ts'
import noticeBoard from './index.ts'

function refusedReport(number: number, sentences: readonly string[]): Message {
  const problems = sentences.map((sentence) => ({ code: '1012', path: '', rule: 'a-rule', sentence }))
  const report = { fileName: 'march.xml', digest: 'ab'.repeat(32), index: number, identity: {}, problems }
  return {
    envelope: {
      id: `report-${number}`,
      source: '/x99000001/split',
      type: 'valuation.report.refused',
      time: '2026-03-02T10:00:00Z',
      dataContentType: 'application/json',
      reference: '9R3R-L632',
      correlationId: 'march',
      authority: 'X99000001',
      channel: 'file',
    },
    body: Buffer.from(JSON.stringify(report)),
  }
}

async function start(): Promise<StandIn> {
  const board = await startFakeBoard()
  return {
    config: { baseUrl: board.baseUrl, timeoutSeconds: 2 },
    misbehave: { down: () => board.close(), silent: () => board.fallSilent() },
    message: (kind, number) => refusedReport(number, kind === 'good' ? ['This is no postcode.'] : []),
    effects: ({ envelope }) => board.putUp(envelope.id),
    stop: () => board.close(),
  }
}

adapterContract(noticeBoard, { start })
