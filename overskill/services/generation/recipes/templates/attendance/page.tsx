import {
  CalendarCheck,
  CalendarPlus,
  CheckCheck,
  Download,
  Percent,
  UserPlus,
  Users,
} from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";

import { AttendanceChart } from "@/components/attendance-chart";
import { [[e.type]]Dialog } from "@/components/[[e.file]]-dialog";
import { Roll } from "@/components/roll";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { StatCard } from "@/components/ui/stat-card";
import { [[e.many]], type [[e.type]], type [[e.type]]Draft } from "@/data/[[e.files]]";
//% if group
import { [[group.constant]] } from "@/data/[[e.files]]";
//% endif
import { type Session, sessions } from "@/data/sessions";
import { useCollection } from "@/lib/collection";
import { downloadCsv } from "@/lib/csv";
import { formatDay, formatNumber, formatPercent, today } from "@/lib/format";
import { rateOf, rateOfMember, rateOfSession } from "@/lib/rates";
//% if group
import { createStore, useStore } from "@/lib/storage";

const GROUPS = [[group.constant]].map((value) => ({ value, label: value }));
const openGroup = createStore("group", [[group.options[0] | ts]]);
//% endif

type Editing = { [[e.one]]?: [[e.type]]; start?: Partial<[[e.type]]Draft> };

export function [[component]]() {
//% if group
  const [group, setGroup] = useStore(openGroup);
  const members = useCollection([[e.many]]).filter((member) => member.[[group.id]] === group);
//% else
  const group = "";
  const members = useCollection([[e.many]]);
//% endif
  const dates = useCollection(sessions)
    .filter((session) => session.group === group)
    .toSorted((a, b) => b.date.localeCompare(a.date));
  const [day, setDay] = useState(today());
  const [editing, setEditing] = useState<Editing | null>(null);
  const start = {[% if group %] [[group.id]]: group [% endif %]};

  const ids = members.map((member) => member.id);
  const latest = dates[0];
  const everything = rateOf(dates.flatMap((session) => ids.map((id) => session.marks[id])));

  function addDate() {
    if (!day || dates.some((session) => session.date === day)) {
      toast(day ? `${formatDay(day)} is there already` : "Choose a day first");
      return;
    }
    sessions.add({ date: day, group, marks: {} });
  }

  function markAllPresent(session: Session) {
    const before = session.marks;
    const marks = Object.fromEntries(ids.map((id) => [id, "present" as const]));
    sessions.update(session.id, { marks });
    toast(`All present on ${formatDay(session.date)}`, {
      action: { label: "Undo", onClick: () => sessions.update(session.id, { marks: before }) },
    });
  }

  function exportCsv() {
    const head = ["[[e.title.label]]", ...dates.map((session) => session.date), "Rate"];
    const rows = members.map((member) => [
      member.[[e.title.id]],
      ...dates.map((session) => session.marks[member.id] ?? ""),
      formatPercent(rateOfMember(member.id, dates).share),
    ]);
    downloadCsv(["attendance", group].filter(Boolean).join("-"), [head, ...rows]);
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[title | attr]] description=[[tagline | attr]]>
        <Button variant="outline" onClick={exportCsv} disabled={members.length === 0}>
          <Download aria-hidden /> CSV
        </Button>
        <Button variant="outline" onClick={() => setEditing({ start })}>
          <UserPlus aria-hidden /> [[("Add " ~ e.label) | jsx]]
        </Button>
      </PageHeader>
//% if group

      <Segmented label=[[group.label | attr]] value={group} options={GROUPS} onChange={setGroup} />
//% endif

      <div className="grid grid-cols-3 gap-3 sm:gap-4">
        <StatCard
          icon={CalendarCheck}
          label="Last time"
          value={latest ? `${rateOfSession(latest, ids).present} of ${members.length}` : "–"}
          hint={latest && formatDay(latest.date)}
        />
        <StatCard
          icon={Percent}
          label="On average"
          value={everything.marked > 0 ? formatPercent(everything.share) : "–"}
          hint="of those not excused"
        />
        <StatCard icon={Users} label=[[e.labels | sentence | attr]] value={formatNumber(members.length)} />
      </div>

      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="date"
          aria-label="Day to add"
          value={day}
          onChange={(event) => setDay(event.target.value)}
          className="w-40"
        />
        <Button onClick={addDate}>
          <CalendarPlus aria-hidden /> Add date
        </Button>
        {latest && members.length > 0 && (
          <Button variant="outline" onClick={() => markAllPresent(latest)}>
            <CheckCheck aria-hidden /> Mark all present
          </Button>
        )}
      </div>

      {members.length > 0 ? (
        <Roll
          members={members}
          dates={dates}
          onAllPresent={markAllPresent}
          onEdit={(member) => setEditing({ [[e.one]]: member })}
        />
      ) : (
        <EmptyState
          icon={Users}
          title=[[("No " ~ e.labels ~ " yet") | attr]]
          description="Add the first one, then a date, and mark who is there."
        >
          <Button onClick={() => setEditing({ start })}>[[("Add " ~ e.article ~ " " ~ e.label) | jsx]]</Button>
        </EmptyState>
      )}
      {members.length > 0 && dates.length > 0 && (
        <>
          <p className="text-xs text-muted-foreground">
            Click a mark to change it, or use the keys [[keys]]; arrows move, Delete clears.
          </p>
          <AttendanceChart sessions={dates} ids={ids} />
        </>
      )}
      {editing && <[[e.type]]Dialog {...editing} onClose={() => setEditing(null)} />}
    </div>
  );
}
