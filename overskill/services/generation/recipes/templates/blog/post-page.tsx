import { ArrowLeft, SearchX } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router-dom";

import { Artwork } from "@/components/artwork";
import { [[e.type]]Dialog } from "@/components/[[e.file]]-dialog";
import { [[e.type]]Menu } from "@/components/[[e.file]]-menu";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { [[e.many]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { formatDay, formatMoney, formatNumber, formatRelativeDay } from "@/lib/format";

const WORDS_A_MINUTE = 220;

export function PostPage() {
  const { id } = useParams();
  const navigate = useNavigate();
  const [isEditing, setIsEditing] = useState(false);
  const [[e.one]] = useCollection([[e.many]]).find((one) => one.id === id);

  if (![[e.one]]) {
    return (
      <EmptyState icon={SearchX} title="This post is gone" description="It was deleted, or the link is old.">
        <Button onClick={() => navigate("/")}>All posts</Button>
      </EmptyState>
    );
  }

  const minutes = Math.max(1, Math.round([[e.one]].[[body]].split(/\s+/).length / WORDS_A_MINUTE));

  return (
    <article className="mx-auto grid max-w-2xl grid-cols-1 gap-6">
      <div className="flex items-center justify-between">
        <Button asChild variant="ghost" size="sm">
          <Link to="/">
            <ArrowLeft aria-hidden /> All posts
          </Link>
        </Button>
        <[[e.type]]Menu [[e.one]]={[[e.one]]} onEdit={() => setIsEditing(true)} />
      </div>
      <header className="grid gap-4">
//% if category
        <div>
          <Badge tone="primary">{[[e.one]].[[category]]}</Badge>
        </div>
//% endif
        <h1 className="font-display text-3xl leading-tight font-semibold tracking-tight text-balance sm:text-5xl">
          {[[e.one]].[[e.title.id]]}
        </h1>
        <div className="flex items-center gap-3 text-sm text-muted-foreground">
//% if author
          <Avatar name={[[e.one]].[[author]]} />
          <span className="font-medium text-foreground">{[[e.one]].[[author]]}</span>
          <span aria-hidden>·</span>
//% endif
          {formatDay([[e.one]].[[date]])}
          <span aria-hidden>·</span>
          {minutes} min
        </div>
//% if facts
        <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
//% for f in facts
          {[[f.present(e.one)]] && (
            <div className="flex gap-2">
              <dt className="text-muted-foreground">[[f.label | jsx]]</dt>
              <dd className="font-medium">{[[f.shown(e.one)]]}</dd>
            </div>
          )}
//% endfor
        </dl>
//% endif
      </header>
      <Artwork seed={[[e.one]].[[e.title.id]]} className="aspect-[2/1] rounded-2xl" />
      <div className="grid gap-5 text-lg leading-8 text-pretty">
        {[[e.one]].[[body]]
          .split(/\n+/)
          .filter(Boolean)
          .map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
      </div>
      {isEditing && <[[e.type]]Dialog [[e.one]]={[[e.one]]} onClose={() => setIsEditing(false)} />}
    </article>
  );
}
