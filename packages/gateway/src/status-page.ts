import type { SystemState, TransactionState, TransactionStatus } from '@portreeve/broker'
import { type Html, html, page } from './html.ts'

const transactionWords: Readonly<Record<TransactionState, string>> = {
  received: 'Received',
  held: 'Being checked',
  'in-progress': 'In progress',
  done: 'Done',
  rejected: 'Not taken over',
  'needs-a-person': 'Being looked at by a member of staff',
}

const systemWords: Readonly<Record<SystemState, string>> = {
  waiting: 'Waiting',
  delivered: 'Sent',
  confirmed: 'Confirmed',
  'needs-a-person': 'Being looked at by a member of staff',
  'not-concerned': 'Not concerned',
}

/** Where a transaction stands, for the citizen: no script, nothing loaded, read by a screen reader from top to bottom. */
export function statusPage({ reference, acceptedAt, state, sentence, systems }: TransactionStatus, now: Date): string {
  const shown = html`<span class="reference">${reference}</span>`
  return page(
    `Where ${reference} stands`,
    html`<p class="state">${transactionWords[state]}</p>
<p>${sentence}</p>
<p>Your reference is <strong>${shown}</strong>. Received on ${moment(acceptedAt)}.</p>
${systems.length > 0 ? systemsTable(systems) : ''}
<p>This is how it stood on ${moment(now.toISOString())}. Load this page again to see what is new.</p>`,
    html`Where ${shown} stands`,
  )
}

/** Two columns, so that it can be read on a telephone. */
function systemsTable(systems: TransactionStatus['systems']): Html {
  const rows = systems.map(
    ({ system, state, since, sentence }) => html`<tr><th scope="row">${system}</th><td>
<p class="state">${systemWords[state]}</p>
<p>${sentence}</p>
<p>Since ${moment(since)}</p>
</td></tr>\n`,
  )
  return html`<table>
<caption>Who has been told</caption>
<thead><tr><th scope="col">Service</th><th scope="col">Where it stands</th></tr></thead>
<tbody>
${rows}</tbody>
</table>`
}

const spelling = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/London' })

function moment(instant: string): Html {
  return html`<time datetime="${instant}">${spelling.format(new Date(instant))}</time>`
}
