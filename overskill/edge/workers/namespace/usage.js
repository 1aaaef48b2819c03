// `env.USAGE` on one machine: Analytics Engine's interface. Counts are kept here for a second, then printed: a line of
// the journal for each app that was asked for, which the launcher adds up (overskill/edge/usage.py).

const FLUSH_MS = 1000;
const SEPARATE = "canary";

let counts = new Map(); // "environment/script" -> [requests, errors, bytes, ms, and the same of the canary]
let since = 0;

/** See count() in dispatch/apps.js. */
function writeDataPoint({ indexes: [script], blobs: [environment, , status, variant], doubles: [, ms, bytes] }) {
  const app = `${environment}/${script}`;
  let row = counts.get(app);
  if (!row) {
    row = [0, 0, 0, 0, 0, 0, 0, 0];
    if (counts.size === 0) since = Date.now();
    counts.set(app, row);
  }
  const at = variant === SEPARATE ? 4 : 0;
  row[at] += 1;
  if (Number(status) >= 500) row[at + 1] += 1;
  row[at + 2] += bytes;
  row[at + 3] += ms;
}

/** Prints what was counted, once a second. Called by every request, the launcher's own ("are you there?") too. */
export function flush(journalKey) {
  if (counts.size === 0 || Date.now() - since < FLUSH_MS) return;
  const printed = counts;
  counts = new Map();
  for (const [app, row] of printed) console.log(`@${journalKey} + ${app} ${row.join(" ")}`);
}

export const usage = { writeDataPoint };
