import { ArrowLeft, Printer, SearchX } from "lucide-react";
import { useState } from "react";
import { Link, useParams } from "react-router-dom";

import { [[e.type]]Editor } from "@/components/[[e.file]]-editor";
import { [[e.type]]Paper } from "@/components/[[e.file]]-paper";
import { SenderDialog } from "@/components/sender-dialog";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Segmented } from "@/components/ui/segmented";
import { [[e.many]] } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";

const VIEWS = [
  { value: "edit", label: "Edit" },
  { value: "page", label: "Page" },
] as const;

/** One [[e.label]]: the form, and the page that comes of it. */
export function DocumentPage() {
  const { id } = useParams();
  const paper = useCollection([[e.many]]).find((one) => one.id === id);
  const [view, setView] = useState<"edit" | "page">("edit");

  if (!paper) {
    return (
      <EmptyState icon={SearchX} title="This is gone" description=[[("The " ~ e.label ~ " was deleted.") | attr]]>
        <Button asChild>
          <Link to="/">All [[e.labels | jsx]]</Link>
        </Button>
      </EmptyState>
    );
  }

  function print(name: string) {
    const title = document.title;
    document.title = name; // What the browser calls the file.
    window.print();
    document.title = title;
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3 print:hidden">
        <Button asChild variant="ghost" size="sm">
          <Link to="/">
            <ArrowLeft aria-hidden /> All [[e.labels | jsx]]
          </Link>
        </Button>
        <div className="flex flex-wrap gap-2">
          <Segmented label="View" value={view} options={VIEWS} onChange={setView} className="lg:hidden" />
          <SenderDialog />
          <Button onClick={() => print(paper.[[e.title.id]])}>
            <Printer aria-hidden /> Print or save as PDF
          </Button>
        </div>
      </div>
      <h1 className="sr-only">{`[[e.label | sentence]] ${paper.[[e.title.id]]}`}</h1>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2 print:block">
        <div className={cn("print:hidden", view === "page" && "hidden lg:block")}>
          <[[e.type]]Editor paper={paper} />
        </div>
        <div className={cn("print:block", view === "edit" && "hidden lg:block")}>
          <[[e.type]]Paper paper={paper} />
        </div>
      </div>
    </div>
  );
}
