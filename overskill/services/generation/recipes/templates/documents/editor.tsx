import { LinesEditor } from "@/components/lines-editor";
import { Rating } from "@/components/rating";
import { Card, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
//% for f in e.of("select")
import { [[f.constant]] } from "@/data/[[e.files]]";
//% endfor

/** Everything about one [[e.label]], kept as it is typed. */
export function [[e.type]]Editor({ paper }: { paper: [[e.type]] }) {
  const change = (changes: Partial<[[e.type]]>) => [[e.many]].update(paper.id, changes);

  return (
    <div className="grid grid-cols-1 content-start gap-4">
      <Card className="grid grid-cols-1 gap-4 p-5 sm:grid-cols-2">
//% for f in e.fields
//% if f.type == "select"
        <Field label=[[f.label | attr]]>
          <Select value={paper.[[f.id]]} onChange={(event) => change({ [[f.id]]: event.target.value })}>
            {[[f.constant]].map((option) => (
              <option key={option}>{option}</option>
            ))}
          </Select>
        </Field>
//% elif f.type == "boolean"
        <Field label=[[f.label | attr]]>
          <Switch checked={paper.[[f.id]]} onCheckedChange={([[f.id]]) => change({ [[f.id]] })} />
        </Field>
//% elif f.type == "rating"
        <Rating label=[[f.label | attr]] value={paper.[[f.id]]} onChange={([[f.id]]) => change({ [[f.id]] })} />
//% elif f.type == "longtext"
        <Field label=[[f.label | attr]] className="sm:col-span-2">
          <Textarea
            rows={2}
            value={paper.[[f.id]]}
            onChange={(event) => change({ [[f.id]]: event.target.value })}
          />
        </Field>
//% elif f.ts_type == "number"
        <Field label=[[(f.label ~ (" (" ~ f.unit ~ ")" if f.unit else "")) | attr]]>
          <Input
            type="number"
            inputMode="decimal"
            step="any"
            min={0}
            value={paper.[[f.id]]}
            onChange={(event) => change({ [[f.id]]: Number(event.target.value) })}
          />
        </Field>
//% elif f.type != "days"
        <Field label=[[f.label | attr]]>
          <Input[% if f.input_type != "text" %] type="[[f.input_type]]"[% endif %]
            value={paper.[[f.id]]}
            onChange={(event) => change({ [[f.id]]: event.target.value })}
          />
        </Field>
//% endif
//% endfor
      </Card>
      <Card className="grid grid-cols-1 gap-4 p-5">
        <CardTitle>Lines</CardTitle>
        <LinesEditor lines={paper.lines} onChange={(lines) => change({ lines })} />
      </Card>
    </div>
  );
}
