import { memo } from "react";
import { Blocks, Play, RotateCw, Square } from "lucide-react";
import { Button } from "./buttons.jsx";
import { PlanCard } from "./plan_card.jsx";
import { QuestionForm } from "./question_form.jsx";
import { TurnConflicts } from "./turn_conflicts.jsx";
import { TurnStory } from "./turn_details.jsx";
import { TurnPrompt } from "./turn_prompt.jsx";
import { TurnResult } from "./turn_result.jsx";
import { TurnSaid } from "./turn_said.jsx";
import { TurnStream } from "./turn_stream.jsx";
import { Waiting } from "./turn_waiting.jsx";

/**
 * One turn of the chat: what was asked, and what came of it. It is drawn again only when its card changes.
 *
 * @param {{ slug: string, card: import("./chat_turns.js").Card, isNewest: boolean, isNow: boolean, isBusy: boolean, isFound: boolean,
 *   place: number, waiting: number, actions: import("./chat_log.jsx").Actions }} props
 *   `isNow`: its version is what the app is. `isBusy`: a turn is under way, so nothing can be put back.
 *   `place` of `waiting` messages that wait, from 0.
 */
export const ChatTurn = memo(function ChatTurn({ slug, card, isNewest, isNow, isBusy, isFound, place, waiting, actions }) {
  const isPast = card.stage === "past";
  return (
    <article
      data-status={card.status}
      data-turn-id={card.id}
      data-found={isFound || undefined}
      className={`-mx-2 flex flex-col gap-3.5 rounded-xl px-2 py-1 data-found:ring-2 data-found:ring-ring/50 ${isPast ? OUT_OF_SIGHT : ""}`}
    >
      <TurnPrompt card={card} canEdit={isPast && !isBusy && !card.label} onSend={(text) => actions.sendAgain(card.id, text)} />
      {card.stage === "live" ? <TurnStream turnId={card.id} onDone={actions.turnEnded} /> : null}
      {card.stage === "waiting" ? <Waiting card={card} place={place} count={waiting} actions={actions} /> : null}
      {isPast ? <Past slug={slug} card={card} isNewest={isNewest} isNow={isNow} isBusy={isBusy} actions={actions} /> : null}
    </article>
  );
});

// What is far from sight is not laid out, and keeps the height that it had.
const OUT_OF_SIGHT = "[content-visibility:auto] [contain-intrinsic-size:auto_14rem]";

function Past({ slug, card, isNewest, isNow, isBusy, actions }) {
  return (
    <div className="flex flex-col gap-3">
      {card.answer ? <TurnSaid html={card.answer} /> : null}
      {card.outcome === "version" ? <TurnResult card={card} isNow={isNow} isBusy={isBusy} actions={actions} /> : null}
      {card.outcome === "plan" ? <PlanCard plan={card.plan} onBuild={(steps) => actions.buildPlan(card.id, steps)} /> : null}
      {card.outcome === "questions" ? (
        <QuestionForm questions={card.questions} onAnswer={(answers) => actions.answer(card.id, answers)} />
      ) : null}
      {card.conflicts.length ? <TurnConflicts slug={slug} turnId={card.id} paths={card.conflicts} /> : null}
      {card.error ? <Failure card={card} isNewest={isNewest} actions={actions} /> : <Stopped card={card} />}
      {card.outcome === "version" ? null : (
        <TurnStory
          turnId={card.id}
          words={STORIES[card.outcome] ?? "How this turn went"}
          aside={card.facts}
          isOpenAtFirst={card.is_open && isNewest}
          onFix={actions.fix}
        />
      )}
      {card.author === "recipe" ? <Recipes facts={card.outcome === "version" ? card.facts : ""} /> : null}
    </div>
  );
}

const STORIES = { failure: "What happened", plan: "How the plan was made" };

/** What happened, what came back, and what can be done now. */
function Failure({ card, isNewest, actions }) {
  return (
    <div
      role={isNewest ? "alert" : "note"}
      className="rounded-xl bg-danger-soft px-3.5 py-3 text-sm leading-relaxed text-danger"
    >
      <p>{card.error}</p>
      {card.refund ? <p className="mt-1 font-medium">{card.refund}.</p> : null}
      <div className="mt-2.5 flex flex-wrap gap-2">
        {card.can_go_on && isNewest ? (
          <Button Icon={Play} onClick={() => actions.goOn(card.id)}>
            Go on
          </Button>
        ) : null}
        <Button Icon={RotateCw} onClick={() => actions.tryAgain(card.id)}>
          Try again
        </Button>
      </div>
    </div>
  );
}

function Stopped({ card }) {
  if (card.status !== "stopped" || card.version) return null;
  return (
    <p className="flex items-center gap-2 text-[13px] text-faint">
      <Square size={12} aria-hidden="true" />
      Stopped before anything was changed.
    </p>
  );
}

/** Who wrote it, and what could write more. */
function Recipes({ facts }) {
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 text-xs text-faint">
      <Blocks size={12} aria-hidden="true" />
      Recipes ·
      <a href="/settings#model" className="font-medium text-accent-ink hover:underline">
        connect a model
      </a>
      {facts ? <span>· {facts}</span> : null}
    </p>
  );
}
