import { MarkButton } from "@/components/mark-button";
import { SessionHead } from "@/components/session-head";
import { Table, TableRow } from "@/components/ui/table";
import type { [[e.type]] } from "@/data/[[e.files]]";
import { type Mark, type Session, sessions } from "@/data/sessions";
import { formatDay, formatPercent } from "@/lib/format";
import { rateOfMember, rateOfSession } from "@/lib/rates";

interface RollProps {
  members: [[e.type]][];
  /** The newest first. */
  dates: Session[];
  onAllPresent: (session: Session) => void;
  onEdit: (member: [[e.type]]) => void;
}

const FIRST = "sticky left-0 z-10 min-w-36 border-r bg-card p-2 pl-4 text-left";

/** [[e.labels | sentence]] down, dates across, a mark in each cell. */
export function Roll({ members, dates, onAllPresent, onEdit }: RollProps) {
  const ids = members.map((member) => member.id);

  function mark(session: Session, id: string, chosen: Mark | undefined) {
    const { [id]: _previous, ...others } = session.marks;
    sessions.update(session.id, { marks: chosen ? { ...others, [id]: chosen } : others });
  }

  return (
    <Table>
      <thead>
        <tr className="border-b bg-muted/50">
          <th scope="col" className={`${FIRST} text-xs font-medium text-muted-foreground`}>
            [[e.title.label | jsx]]
          </th>
          {dates.map((session) => (
            <th key={session.id} scope="col" className="min-w-18 p-1.5 text-center">
              <SessionHead session={session} onAllPresent={() => onAllPresent(session)} />
            </th>
          ))}
          <th scope="col" className="p-2 pr-4 text-right text-xs font-medium text-muted-foreground">
            Rate
          </th>
        </tr>
      </thead>
      <tbody>
        {members.map((member, row) => {
          const { share, marked } = rateOfMember(member.id, dates);
          return (
            <TableRow key={member.id}>
              <th scope="row" className={`${FIRST} font-medium`}>
                <button
                  type="button"
                  onClick={() => onEdit(member)}
                  className="rounded-sm text-left outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
                >
                  {member.[[e.title.id]]}
                </button>
              </th>
              {dates.map((session, column) => (
                <td key={session.id} className="p-1">
                  <MarkButton
                    label={`${member.[[e.title.id]]}, ${formatDay(session.date)}`}
                    mark={session.marks[member.id]}
                    row={row}
                    column={column}
                    onChange={(chosen) => mark(session, member.id, chosen)}
                  />
                </td>
              ))}
              <td className="p-2 pr-4">
                <span className="ml-auto grid w-20 gap-1 text-right text-xs font-medium tabular-nums">
                  {marked > 0 ? formatPercent(share) : "–"}
                  <span className="h-1.5 overflow-hidden rounded-full bg-muted" aria-hidden>
                    <span className="block h-full bg-primary" style={{ width: `${share * 100}%` }} />
                  </span>
                </span>
              </td>
            </TableRow>
          );
        })}
      </tbody>
      <tfoot>
        <tr className="border-t-2 text-xs text-muted-foreground">
          <th scope="row" className={`${FIRST} font-medium`}>
            Present
          </th>
          {dates.map((session) => {
            const { present } = rateOfSession(session, ids);
            return (
              <td key={session.id} className="p-2 text-center font-medium tabular-nums">
                {present} / {members.length}
              </td>
            );
          })}
          <td />
        </tr>
      </tfoot>
    </Table>
  );
}
