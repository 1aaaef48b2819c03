import { DueBadge } from "@/components/due-badge";
import { [[e.type]]Menu } from "@/components/[[e.file]]-menu";
import { Rating } from "@/components/rating";
import { Badge } from "@/components/ui/badge";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { dueDay, type [[e.type]] } from "@/data/[[e.files]]";
import { formatDay, formatMoney, formatNumber, formatRelativeDay } from "@/lib/format";

interface [[e.type]]TableProps {
  [[e.many]]: [[e.type]][];
  onEdit: ([[e.one]]: [[e.type]]) => void;
}

export function [[e.type]]Table({ [[e.many]], onEdit }: [[e.type]]TableProps) {
  return (
    <Table>
      <thead>
        <tr>
          <TableHead>[[e.title.label | jsx]]</TableHead>
//% for f in columns
          <TableHead className="[% if loop.index > 2 %]hidden md:table-cell[% else %]hidden sm:table-cell[% endif %][% if f.ts_type == "number" and f.type != "rating" %] text-right[% endif %]">[[f.label | jsx]]</TableHead>
//% endfor
//% if due
          <TableHead>Due</TableHead>
//% endif
//% if amount
          <TableHead className="text-right">[[amount.label | jsx]]</TableHead>
//% endif
          <TableHead className="w-12">
            <span className="sr-only">Options</span>
          </TableHead>
        </tr>
      </thead>
      <tbody>
        {[[e.many]].map(([[e.one]]) => (
          <TableRow key={[[e.one]].id}>
            <TableCell className="max-w-56 font-medium">
              <button
                type="button"
                className="block max-w-full truncate rounded-sm text-left underline-offset-4 outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
                onClick={() => onEdit([[e.one]])}
              >
                {[[e.one]].[[e.title.id]]}
              </button>
//% if under and under not in columns
              <span className="block truncate text-xs font-normal text-muted-foreground">{[[under.shown(e.one)]]}</span>
//% endif
//% if columns
              <span className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5 text-xs font-normal text-pretty text-muted-foreground sm:hidden">
//% for f in columns
                {[[f.present(e.one)]] && (
                  <span>
//% if f.type in ("select", "text", "longtext", "email", "phone")
                    {[[f.shown(e.one)]]}
//% elif f.type == "boolean"
                    [[f.label | jsx]]
//% else
                    [[f.label | jsx]] {[[f.shown(e.one)]]}
//% endif
                  </span>
                )}
//% endfor
              </span>
//% endif
            </TableCell>
//% for f in columns
            <TableCell className="[% if loop.index > 2 %]hidden md:table-cell[% else %]hidden sm:table-cell[% endif %][% if f.ts_type == "number" and f.type != "rating" %] text-right tabular-nums[% endif %]">
//% if f.type == "select"
              <Badge[% if loop.first %] tone="primary"[% endif %]>{[[e.one]].[[f.id]]}</Badge>
//% elif f.type == "rating"
              <Rating label=[[f.label | attr]] value={[[e.one]].[[f.id]]} />
//% elif f.type == "date"
              {[[e.one]].[[f.id]] ? formatDay([[e.one]].[[f.id]]) : "–"}
//% elif f.ts_type == "number"
              {[[f.shown(e.one)]]}
//% elif f.type == "boolean"
              {[[e.one]].[[f.id]] ? <Badge tone="success">Yes</Badge> : <Badge tone="outline">No</Badge>}
//% elif f.type == "longtext"
              <span className="line-clamp-2 max-w-64 text-sm text-muted-foreground">{[[e.one]].[[f.id]] || "–"}</span>
//% else
              {[[e.one]].[[f.id]] || "–"}
//% endif
            </TableCell>
//% endfor
//% if due
            <TableCell>
              <DueBadge day={dueDay([[e.one]])} />
            </TableCell>
//% endif
//% if amount
            <TableCell className="text-right font-medium tabular-nums">{[[amount.shown(e.one)]]}</TableCell>
//% endif
            <TableCell className="py-1.5 pr-2">
              <[[e.type]]Menu [[e.one]]={[[e.one]]} onEdit={onEdit} />
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
