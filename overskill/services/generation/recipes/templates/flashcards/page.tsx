import { useState } from "react";

import { Practice } from "@/components/practice";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { [[e.many]], [[decks.id if decks else "front"]]Options } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";

export function [[component]]() {
  const all = useCollection([[e.many]]);
//% if decks
  const [deck, setDeck] = useState("");
  const shown = deck ? all.filter((one) => one.[[decks.id]] === deck) : all;
  const choices = ["", ...[[decks.id]]Options].map((value) => ({ value, label: value || "All" }));
//% endif

  return (
    <div className="mx-auto grid max-w-5xl grid-cols-1 gap-6">
      <PageHeader title=[[title | attr]] description=[[tagline | attr]]>
//% if decks
        <Segmented label=[[decks.label | attr]] value={deck} options={choices} onChange={setDeck} />
//% endif
      </PageHeader>
      <Practice [% if decks %]key={deck} [% endif %][[e.many]]={[% if decks %]shown[% else %]all[% endif %]} />
    </div>
  );
}
