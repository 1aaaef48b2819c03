import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Label } from "@/components/ui/label";
import { PageHeader } from "@/components/ui/page-header";
import { StatCard } from "@/components/ui/stat-card";
import { Textarea } from "@/components/ui/textarea";
import { formatNumber, plural } from "@/lib/format";
import { createStore, useStore } from "@/lib/storage";
import { countText, duration, topWords } from "@/lib/text-counts";

const READ = [[pace]]; // words a minute
const SPOKEN = 130;
const keptText = createStore(
  "count-text",
  "Write or paste a text here. Its words and characters are counted while you type, and you see how long it takes to read.",
);

export function [[component]]() {
  const [text, setText] = useStore(keptText);
  const counts = countText(text);
  const often = topWords(text, 8);

  return (
    <div className="mx-auto grid max-w-4xl grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]] />
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <StatCard label="Words" value={formatNumber(counts.words)} />
        <StatCard label="Characters" value={formatNumber(counts.characters)} />
        <StatCard label="Reading time" value={duration(counts.words, READ)} />
        <StatCard label="Speaking time" value={duration(counts.words, SPOKEN)} />
      </div>
      <Card className="grid gap-3 p-5">
        <div className="flex min-h-9 items-center justify-between gap-3">
          <Label htmlFor="text-in">Your text</Label>
          <Button variant="ghost" size="sm" disabled={!text} onClick={() => setText("")}>
            Clear
          </Button>
        </div>
        <Textarea
          id="text-in"
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="min-h-64 text-base"
        />
        <p className="text-sm text-muted-foreground tabular-nums">
          {formatNumber(counts.withoutSpaces)} characters without spaces · {plural(counts.sentences, "sentence", "sentences")} ·{" "}
          {plural(counts.paragraphs, "paragraph", "paragraphs")}
        </p>
      </Card>
      {often.length > 0 && (
        <Card className="p-5">
          <h2 className="font-display font-semibold">Words used most</h2>
          <ul className="mt-3 flex flex-wrap gap-2">
            {often.map(([word, count]) => (
              <li key={word} className="rounded-full bg-muted px-3 py-1 text-sm">
                {word} <span className="text-muted-foreground tabular-nums">× {count}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}
