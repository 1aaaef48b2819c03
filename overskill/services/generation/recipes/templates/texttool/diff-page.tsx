import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { PageHeader } from "@/components/ui/page-header";
import { Textarea } from "@/components/ui/textarea";
import { cn } from "@/lib/cn";
import { differences } from "@/lib/differences";
import { plural } from "@/lib/format";
import { createStore, useStore } from "@/lib/storage";

const keptBefore = createStore("diff-before", "Bread\nButter\nMilk");
const keptAfter = createStore("diff-after", "Bread\nOat milk\nButter");
const SIGNS = { same: " ", added: "+", removed: "−" };

export function [[component]]() {
  const [before, setBefore] = useStore(keptBefore);
  const [after, setAfter] = useStore(keptAfter);
  const lines = differences(before, after);
  const added = lines.filter(({ kind }) => kind === "added").length;
  const removed = lines.filter(({ kind }) => kind === "removed").length;

  return (
    <div className="mx-auto grid max-w-5xl grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]] />
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        <Field label="Before">
          <Textarea value={before} onChange={(event) => setBefore(event.target.value)} className="min-h-40 font-mono" />
        </Field>
        <Field label="After">
          <Textarea value={after} onChange={(event) => setAfter(event.target.value)} className="min-h-40 font-mono" />
        </Field>
      </div>
      <Card className="overflow-hidden">
        <h2 role="status" className="border-b px-5 py-3 font-display font-semibold">
          {added + removed > 0
            ? `${plural(added, "line", "lines")} added, ${removed} removed`
            : "No difference"}
        </h2>
        <ol className="overflow-x-auto py-2 font-mono text-sm">
          {lines.map(({ kind, text }, index) => (
            <li
              key={index}
              className={cn(
                "flex gap-3 px-5 py-0.5 whitespace-pre-wrap",
                kind === "added" && "bg-emerald-500/15",
                kind === "removed" && "bg-red-500/15 line-through decoration-red-500/60",
              )}
            >
              <span aria-label={kind} className="w-3 shrink-0 text-muted-foreground select-none">
                {SIGNS[kind]}
              </span>
              {text || " "}
            </li>
          ))}
        </ol>
      </Card>
    </div>
  );
}
