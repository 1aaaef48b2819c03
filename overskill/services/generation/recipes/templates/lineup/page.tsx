import { Printer, RotateCcw, Undo2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";

import { EntryList } from "@/components/entry-list";
//% if not pitch
import { NumberControl } from "@/components/number-control";
//% endif
import { PlaceButton } from "@/components/place-button";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
//% if not pitch
import { Input } from "@/components/ui/input";
//% endif
import { PageHeader } from "@/components/ui/page-header";
//% if pitch
import { Segmented } from "@/components/ui/segmented";
//% endif
import { [[e.many]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { FORMATIONS, keptFormation, keptNames, keptSeats, keptSize, lineName, linesOf, seatId, seated, unseated } from "@/lib/places";
import { useStore } from "@/lib/storage";

export function [[component]]() {
  const people = useCollection([[e.many]]);
  const [seats, setSeats] = useStore(keptSeats);
//% if pitch
  const [formation, setFormation] = useStore(keptFormation);
  const lines = linesOf(formation);
  const places = lines.flat();
//% else
  const [size, setSize] = useStore(keptSize);
  const [names, setNames] = useStore(keptNames);
  const groups = Array.from({ length: size.groups }, (_, group) =>
    Array.from({ length: size.seats }, (_, seat) => seatId(group, seat)),
  );
  const places = groups.flat();
//% endif
  const [held, setHeld] = useState("");
  const placed = new Set(places.map((place) => seats[place] ?? ""));
  const bench = people.filter(({ id }) => !placed.has(id));
  const heldPlace = places.find((place) => held !== "" && seats[place] === held);

  function personAt(place: string) {
    return people.find(({ id }) => id === seats[place]);
  }

  function put(person: string, place: string) {
    setSeats(seated(seats, person, place));
    setHeld("");
  }

  /** The first click takes somebody up, the second puts them down. */
  function choose(place: string) {
    if (held && held !== seats[place]) put(held, place);
    else setHeld(held ? "" : (personAt(place)?.id ?? ""));
  }

  function fill() {
    const free = places.filter((place) => !personAt(place));
    const added = free.slice(0, bench.length).map((place, index) => [place, bench[index]?.id ?? ""]);
    setSeats({ ...seats, ...Object.fromEntries(added) });
  }

  function clear() {
    setSeats({});
    toast("All places are free", { action: { label: "Undo", onClick: () => setSeats(seats) } });
  }

  function button(place: string, label: string) {
    const person = personAt(place);
    return (
      <PlaceButton
        key={place}
        label={label}
        name={person?.[[e.title.id]] ?? ""}
        person={person?.id}
        isHeld={held !== "" && person?.id === held}
        onChoose={() => choose(place)}
        onDrop={(dropped) => put(dropped, place)}
//% if pitch
        className="max-w-28 flex-1 px-1 text-xs sm:text-sm"
//% endif
      />
    );
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[title | attr]] description=[[tagline | attr]]>
        <Button variant="ghost" className="print:hidden" disabled={Object.keys(seats).length === 0} onClick={clear}>
          <RotateCcw aria-hidden /> Clear
        </Button>
        <Button variant="outline" className="print:hidden" onClick={() => window.print()}>
          <Printer aria-hidden /> Print
        </Button>
        <Button className="print:hidden" disabled={bench.length === 0} onClick={fill}>
          Fill the free places
        </Button>
      </PageHeader>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] print:block">
//% if pitch
        <div className="grid gap-4">
          <Segmented
            label="Formation"
            value={formation}
            onChange={setFormation}
            options={FORMATIONS.map((value) => ({ value, label: value }))}
            className="justify-self-start print:hidden"
          />
          <div className="flex min-h-[34rem] flex-col-reverse justify-around gap-4 rounded-2xl border-4 border-white/70 bg-linear-to-t from-emerald-700 to-emerald-600 p-3 sm:p-6">
            {lines.map((line, index) => (
              <div
                key={index}
                role="group"
                aria-label={lineName(index, lines.length)}
                className="flex justify-around gap-1.5 sm:gap-2"
              >
                {line.map((place, spot) => button(place, `${lineName(index, lines.length)} ${spot + 1}`))}
              </div>
            ))}
          </div>
        </div>
//% else
        <ol className="grid grid-cols-1 gap-4 [[ 'sm:grid-cols-2 xl:grid-cols-3' if group == 'Table' else '' ]]">
          {groups.map((group, index) => (
            <li key={index}>
              <Card className="h-full break-inside-avoid p-4">
                <Input
                  aria-label={`Name of [[group | low]] ${index + 1}`}
                  value={names[index] ?? `[[group]] ${index + 1}`}
                  onChange={(event) => setNames({ ...names, [index]: event.target.value })}
                  className="border-transparent bg-transparent px-1 font-display font-semibold shadow-none"
                />
                <div className="mt-2 grid grid-cols-2 gap-2[[ ' sm:grid-cols-4 lg:grid-cols-6' if group == 'Row' else '' ]]">
                  {group.map((place, seat) => button(place, `[[group]] ${index + 1}, seat ${seat + 1}`))}
                </div>
              </Card>
            </li>
          ))}
        </ol>
//% endif
        <div className="grid grid-cols-1 gap-6 print:hidden">
          <Card className="grid gap-3 p-5">
            <h2 className="flex items-baseline justify-between font-display font-semibold">
              [[ "Bench" if pitch else "Without a place" ]]
              <span className="text-sm font-normal text-muted-foreground tabular-nums">{bench.length}</span>
            </h2>
            <ul className="flex max-h-80 flex-wrap gap-2 overflow-y-auto p-0.5">
              {bench.map((one) => (
                <li key={one.id}>
                  <Button
                    size="sm"
                    variant={held === one.id ? "primary" : "outline"}
                    aria-pressed={held === one.id}
                    draggable
                    onDragStart={(event) => event.dataTransfer.setData("text/plain", one.id)}
                    onClick={() => setHeld(held === one.id ? "" : one.id)}
                  >
                    {one.[[e.title.id]]}
                  </Button>
                </li>
              ))}
            </ul>
            <p role="status" className="text-sm text-muted-foreground">
              {held ? "Now choose the place." : bench.length > 0 ? "Choose somebody, or drag them." : "Everybody has a place."}
            </p>
            {heldPlace && (
              <Button
                variant="outline"
                onClick={() => {
                  setSeats(unseated(seats, heldPlace));
                  setHeld("");
                }}
              >
                <Undo2 aria-hidden /> Take off this place
              </Button>
            )}
          </Card>
//% if not pitch
          <Card className="grid gap-5 p-5">
            <NumberControl
              label="[[group]]s"
              value={size.groups}
              min={1}
              max={30}
              step={1}
              onChange={(count) => setSize({ ...size, groups: Math.max(1, Math.min(30, Math.round(count))) })}
            />
            <NumberControl
              label="Seats at each"
              value={size.seats}
              min={1}
              max={30}
              step={1}
              onChange={(count) => setSize({ ...size, seats: Math.max(1, Math.min(30, Math.round(count))) })}
            />
          </Card>
//% endif
          <EntryList />
        </div>
      </div>
    </div>
  );
}
