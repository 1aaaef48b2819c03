import { useState } from "react";
import { sizeInWords, statusWords, timeInWords } from "./preview_log.js";
import { RowList } from "./row_list.jsx";

const ROW = 28;

/** The app's requests, when they have ended. */
export function NetworkTab({ log }) {
  const [chosen, setChosen] = useState(null);
  const request = log.requests.find(({ id }) => id === chosen);
  if (log.requests.length === 0) return <p className="grid flex-1 place-items-center p-4 text-center text-[13px] text-faint">The app has asked nothing of a server yet.</p>;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div aria-hidden="true" className="flex h-7 shrink-0 items-center gap-3 border-b border-line px-3 text-xs font-medium text-faint">
        <span className="w-14">Method</span>
        <span className="min-w-0 flex-1">Address</span>
        <span className="w-16 text-right">Status</span>
        <span className="w-16 text-right">Time</span>
        <span className="w-16 text-right max-sm:hidden">Size</span>
      </div>
      <RowList label="Requests" rows={log.requests} height={ROW} chosen={chosen} onChoose={setChosen}>
        {(each) => <Row request={each} />}
      </RowList>
      {request ? (
        <div tabIndex={0} className="max-h-24 shrink-0 overflow-auto border-t border-line p-3 font-mono text-xs wrap-anywhere text-ink">
          {request.method} {request.url} <span className="text-soft">({statusWords(request.status)})</span>
        </div>
      ) : null}
    </div>
  );
}

function Row({ request: { method, url, status, milliseconds, size } }) {
  const isBad = status === 0 || status >= 400;
  return (
    <span className={`flex h-full items-center gap-3 px-3 font-mono text-xs ${isBad ? "text-danger" : "text-ink"}`}>
      <span className="w-14 truncate">{method}</span>
      <span className="min-w-0 flex-1 truncate">{url}</span>
      <span className="w-16 text-right tabular-nums">{status === 0 ? "no answer" : status}</span>
      <span className="w-16 text-right tabular-nums text-soft">{timeInWords(milliseconds)}</span>
      <span className="w-16 text-right tabular-nums text-soft max-sm:hidden">{sizeInWords(size)}</span>
    </span>
  );
}
