import { ArrowLeft, Pin, PinOff, Trash2 } from "lucide-react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { [[e.many]], type [[e.type]], type [[e.type]]Draft } from "@/data/[[e.files]]";
//% for f in selects
import { [[f.constant]] } from "@/data/[[e.files]]";
//% endfor
import { today } from "@/lib/format";

interface [[e.type]]EditorProps {
  [[e.one]]: [[e.type]];
  /** Back to the list, on a phone. */
  onBack: () => void;
}

/** Every keystroke is kept: there is no save button to forget. */
export function [[e.type]]Editor({ [[e.one]], onBack }: [[e.type]]EditorProps) {
  function change(changes: Partial<[[e.type]]Draft>) {
    [[e.many]].update([[e.one]].id, { ...changes, [[updated.id]]: today() });
  }

  function remove() {
    const undo = [[e.many]].remove([[e.one]].id);
    onBack();
    toast(`${[[e.one]].[[e.title.id]] || "Untitled"} deleted`, { action: { label: "Undo", onClick: undo } });
  }

  return (
    <Card className="flex min-h-[60dvh] flex-col p-4 sm:p-6">
      <div className="mb-3 flex items-center gap-2">
        <Button variant="ghost" size="icon-sm" className="lg:hidden" onClick={onBack} aria-label="Back to the list">
          <ArrowLeft aria-hidden />
        </Button>
//% for f in selects
        <Select
          aria-label=[[f.label | attr]]
          value={[[e.one]].[[f.id]]}
          onChange={(event) => change({ [[f.id]]: event.target.value })}
          className="w-36"
        >
          {[[f.constant]].map((option) => (
            <option key={option}>{option}</option>
          ))}
        </Select>
//% endfor
        <div className="ml-auto flex gap-1">
//% if pinned
          <Button
            variant="ghost"
            size="icon-sm"
            onClick={() => change({ [[pinned.id]]: ![[e.one]].[[pinned.id]] })}
            aria-label={[[e.one]].[[pinned.id]] ? "Unpin" : "Pin to the top"}
          >
            {[[e.one]].[[pinned.id]] ? <PinOff aria-hidden /> : <Pin aria-hidden />}
          </Button>
//% endif
          <Button variant="ghost" size="icon-sm" onClick={remove} aria-label="Delete">
            <Trash2 aria-hidden />
          </Button>
        </div>
      </div>
      <input
        aria-label=[[e.title.label | attr]]
        placeholder="Untitled"
        value={[[e.one]].[[e.title.id]]}
        onChange={(event) => change({ [[e.title.id]]: event.target.value })}
        className="w-full bg-transparent font-display text-2xl font-semibold tracking-tight outline-none placeholder:text-muted-foreground/60"
      />
//% if others
      <div className="mt-4 grid grid-cols-1 gap-4 sm:grid-cols-3">
//% for f in others
        <Field label=[[f.label | attr]]>
//% if f.type == "boolean"
          <Switch checked={[[e.one]].[[f.id]]} onCheckedChange={(checked) => change({ [[f.id]]: checked })} />
//% elif f.ts_type == "number"
          <Input
            type="number"
            value={[[e.one]].[[f.id]]}
            onChange={(event) => change({ [[f.id]]: Number(event.target.value) || 0 })}
          />
//% else
          <Input type="[[f.input_type]]" value={[[e.one]].[[f.id]]} onChange={(event) => change({ [[f.id]]: event.target.value })} />
//% endif
        </Field>
//% endfor
      </div>
//% endif
      <Textarea
        aria-label=[[body.label | attr]]
        placeholder="Write…"
        value={[[e.one]].[[body.id]]}
        onChange={(event) => change({ [[body.id]]: event.target.value })}
        className="mt-3 flex-1 resize-none border-0 bg-transparent px-0 text-base leading-7 shadow-none focus-visible:ring-0 sm:text-base"
      />
    </Card>
  );
}
