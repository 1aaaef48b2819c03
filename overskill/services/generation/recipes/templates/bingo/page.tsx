import { Grid3x3, Printer, Shuffle } from "lucide-react";

import { BingoCard } from "@/components/bingo-card";
import { EntryList } from "@/components/entry-list";
import { NumberControl } from "@/components/number-control";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Label } from "@/components/ui/label";
import { PageHeader } from "@/components/ui/page-header";
import { Switch } from "@/components/ui/switch";
import { [[e.many]] } from "@/data/[[e.files]]";
import { dealCard, keptCards, keptSettings, TITLE, type Settings } from "@/lib/bingo";
import { useCollection } from "@/lib/collection";
import { useStore } from "@/lib/storage";

export function [[component]]() {
  const words = useCollection([[e.many]]).map(({ [[e.title.id]] }) => [[e.title.id]].trim()).filter(Boolean);
  const [settings, setSettings] = useStore(keptSettings);
  const [cards, setCards] = useStore(keptCards);
  const needed = settings.size ** 2 - (settings.free && settings.size % 2 === 1 ? 1 : 0);
  const missing = needed - words.length;

  function deal(next: Settings) {
    setSettings(next);
    setCards(Array.from({ length: next.cards }, () => dealCard(words, next)));
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="print:hidden">
        <PageHeader title={TITLE} description=[[tagline | attr]]>
          <Button variant="outline" disabled={cards.length === 0} onClick={() => window.print()}>
            <Printer aria-hidden /> Print
          </Button>
          <Button disabled={words.length === 0} onClick={() => deal(settings)}>
            <Shuffle aria-hidden /> {cards.length > 0 ? "Shuffle" : "Make cards"}
          </Button>
        </PageHeader>
      </div>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] print:block">
        {cards.length > 0 ? (
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 print:block">
            {cards.map((card, index) => (
              <BingoCard key={index} words={card} number={index + 1} />
            ))}
          </div>
        ) : (
          <EmptyState
            icon={Grid3x3}
            title={`${settings.cards} cards, ${settings.size} by ${settings.size}`}
            description="Each card gets its own mix of the words. One card goes on a page when you print."
          >
            <Button disabled={words.length === 0} onClick={() => deal(settings)}>
              <Shuffle aria-hidden /> Make cards
            </Button>
          </EmptyState>
        )}
        <div className="grid grid-cols-1 gap-6 print:hidden">
          <Card className="grid gap-5 p-5">
            <NumberControl
              label="Cards"
              value={settings.cards}
              min={1}
              max={60}
              step={1}
              onChange={(count) => deal({ ...settings, cards: Math.max(1, Math.min(60, Math.round(count))) })}
            />
            <NumberControl
              label="Fields across"
              value={settings.size}
              min={3}
              max={5}
              step={1}
              onChange={(size) => deal({ ...settings, size: Math.max(3, Math.min(5, Math.round(size))) })}
            />
            <div className="flex items-center justify-between gap-4">
              <Label htmlFor="free">Free field in the middle</Label>
              <Switch id="free" checked={settings.free} onCheckedChange={(free) => deal({ ...settings, free })} />
            </div>
            {missing > 0 && (
              <p role="alert" className="text-sm text-destructive">
                {missing} more {missing === 1 ? "word is" : "words are"} needed to fill a card.
              </p>
            )}
          </Card>
          <EntryList />
        </div>
      </div>
    </div>
  );
}
