import { Plus, Trash2, Users } from "lucide-react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { blank[[e.type]], [[e.many]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";

/** Who takes part: names to change, to add, to take out. */
export function [[e.types]]Dialog() {
  const all = useCollection([[e.many]]);

  function remove(id: string, name: string) {
    const undo = [[e.many]].remove(id);
    toast(`${name || "One"} is out`, { action: { label: "Undo", onClick: undo } });
  }

  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button variant="outline">
          <Users aria-hidden /> [[e.labels | sentence | jsx]]
        </Button>
      </DialogTrigger>
      <DialogContent title=[[e.labels | sentence | attr]] description="Names change everywhere at once.">
        <ul className="grid gap-2">
          {all.map((one, index) => (
            <li key={one.id} className="flex flex-wrap items-center gap-2">
              <Input
                aria-label={`Name of [[e.label]] ${index + 1}`}
                className="flex-1"
                value={one.[[e.title.id]]}
                onChange={(event) => [[e.many]].update(one.id, { [[e.title.id]]: event.target.value })}
              />
//% for f in more
              <Input
                type="[[f.input_type if f.ts_type == "string" else "number"]]"
                aria-label={`[[f.label]] of ${one.[[e.title.id]]}`}
                placeholder=[[f.label | attr]]
                className="w-36"
//% if f.ts_type == "number"
                value={one.[[f.id]] || ""}
                onChange={(event) => [[e.many]].update(one.id, { [[f.id]]: Number(event.target.value) })}
//% else
                value={one.[[f.id]]}
                onChange={(event) => [[e.many]].update(one.id, { [[f.id]]: event.target.value })}
//% endif
              />
//% endfor
              <Button
                variant="ghost"
                size="icon"
                className="text-muted-foreground"
                aria-label={`Take out ${one.[[e.title.id]]}`}
                onClick={() => remove(one.id, one.[[e.title.id]])}
              >
                <Trash2 aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
        <Button
          variant="outline"
          onClick={() => [[e.many]].add({ ...blank[[e.type]], [[e.title.id]]: `[[e.label | sentence]] ${all.length + 1}` })}
        >
          <Plus aria-hidden /> Add [[e.article]] [[e.label]]
        </Button>
      </DialogContent>
    </Dialog>
  );
}
