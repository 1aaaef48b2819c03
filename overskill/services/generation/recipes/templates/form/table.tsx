import { Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";

import { Rating } from "@/components/rating";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { formatDay, formatMoney, formatNumber, formatRelativeDay } from "@/lib/format";

/** Every answer of one person, under its question. */
function all([[e.one]]: [[e.type]]): [string, string][] {
  return [
//% for f in e.fields
    [[ "[" ]][[f.label | ts]], [% if f.type == "date" %][[e.one]].[[f.id]] && formatDay([[e.one]].[[f.id]])[% elif f.unit == "of 10" or f.type == "rating" %][[f.present(e.one)]] ? [[f.shown(e.one)]] : ""[% else %][[f.shown(e.one)]][% endif %]],
//% endfor
  ];
}

export function [[e.type]]Table({ [[e.many]]: shown }: { [[e.many]]: [[e.type]][] }) {
  const [openId, setOpenId] = useState("");
  const opened = shown.find(({ id }) => id === openId);

  function remove(id: string) {
    const undo = [[e.many]].remove(id);
    setOpenId("");
    toast("[[e.label | sentence]] deleted", { action: { label: "Undo", onClick: undo } });
  }

  return (
    <>
      <Table>
        <thead>
          <tr>
//% for f in columns
            <TableHead className="max-w-44 truncate[% if loop.index > 2 %] hidden md:table-cell[% endif %]" title=[[f.label | attr]]>
              [[f.label | jsx]]
            </TableHead>
//% endfor
            <TableHead className="w-px">
              <span className="sr-only">Delete</span>
            </TableHead>
          </tr>
        </thead>
        <tbody>
          {shown.map(([[e.one]]) => (
            <TableRow key={[[e.one]].id}>
//% for f in columns
              <TableCell className="max-w-52 truncate[% if loop.index > 2 %] hidden md:table-cell[% endif %]">
//% if loop.first
                <button
                  type="button"
                  onClick={() => setOpenId([[e.one]].id)}
                  className="max-w-full truncate rounded-sm font-medium underline-offset-4 outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
                >
                  {[[f.shown(e.one)]] || "Open"}
                </button>
//% elif f.type == "rating"
                <Rating label=[[f.label | attr]] value={[[e.one]].[[f.id]]} />
//% elif f.type == "date"
                {[[e.one]].[[f.id]] ? formatDay([[e.one]].[[f.id]]) : "–"}
//% elif f.type == "boolean"
                {[[f.shown(e.one)]]}
//% elif f.unit == "of 10"
                {[[f.present(e.one)]] ? [[f.shown(e.one)]] : "–"}
//% else
                {[[f.shown(e.one)]] || "–"}
//% endif
              </TableCell>
//% endfor
              <TableCell className="py-1.5 pr-2">
                <Button
                  variant="ghost"
                  size="icon-sm"
                  className="text-muted-foreground"
                  aria-label="Delete this [[e.label]]"
                  onClick={() => remove([[e.one]].id)}
                >
                  <Trash2 aria-hidden />
                </Button>
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>

      <Dialog open={opened !== undefined} onOpenChange={(isOpen) => !isOpen && setOpenId("")}>
        {opened && (
          <DialogContent title="[[e.label | sentence]]">
            <dl className="grid gap-3 text-sm">
              {all(opened).map(([question, answer]) => (
                <div key={question}>
                  <dt className="text-xs text-muted-foreground">{question}</dt>
                  <dd className="mt-0.5 break-words whitespace-pre-wrap">{answer || "–"}</dd>
                </div>
              ))}
            </dl>
            <Button variant="outline" className="justify-self-start" onClick={() => remove(opened.id)}>
              <Trash2 aria-hidden /> Delete
            </Button>
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}
