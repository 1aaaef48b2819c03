"""An app with many files and a long chat, as rows: what is opened where that matters."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from overskill.models import (
    App,
    ChatMessage,
    Generation,
    GenerationEvent,
    GenerationStatus,
    MessageAuthor,
    VersionCause,
)
from overskill.models.base import utc_now
from overskill.services.apps import save_version, write_files
from overskill.services.apps.create import create_app
from overskill.starter import starter_files

ANSWER = """I added **filters** to the list and kept the rest as it was:

- `src/pages/Home.tsx` shows a row of chips, one for each tag
- a tag that nothing has is *not* shown
- the choice is kept in the address, so that a link shows the same

| Tag | Things |
| --- | --- |
| work | 12 |
| home | 4 |

```tsx
export function Chips({ tags, onChoose }: ChipsProps) {
  return tags.map((tag) => <button key={tag} onClick={() => onChoose(tag)}>{tag}</button>);
}
```
"""


def long_app(session: Session, user_id: UUID, *, files: int, turns: int) -> str:
    """Its slug. Each turn is a message, an answer and a version that changed one file."""
    app = create_app(session, user_id, "a list of things with tags", starter_files())
    write_files(session, app.id, {f"src/parts/Part{number:03}.tsx": _part(number) for number in range(files)})
    started = utc_now() - timedelta(hours=turns)
    for number in range(turns):
        _turn(session, app, user_id, number, started + timedelta(hours=number))
    if not turns:
        save_version(session, app, note="Written", cause=VersionCause.GENERATION, author_id=user_id)
    return app.slug


def _turn(session: Session, app: App, user_id: UUID, number: int, at: object) -> None:
    prompt = f"Message {number}: filter the list by tag, and keep the choice in the address"
    turn = Generation(
        app_id=app.id,
        user_id=user_id,
        prompt=prompt,
        status=GenerationStatus.SUCCEEDED,
        author="model",
        model="some-model",
        created_at=at,
        started_at=at,
        finished_at=at,
        last_progress_at=at,
        version=number + 1,
        checks={"compiles": True, "browser": "passed", "results": [{"title": "It filters", "passed": True}]},
        charged=1240,
    )
    session.add(turn)
    session.flush()
    path = "src/parts/Part000.tsx"
    write_files(session, app.id, {path: f"export const turn = {number};\n"})
    session.add(GenerationEvent(generation_id=turn.id, seq=1, kind="close", data={"path": path, "lines": 1}))
    said = {MessageAuthor.USER: prompt, MessageAuthor.ASSISTANT: ANSWER}
    for author, text in said.items():
        message = ChatMessage(app_id=app.id, author=author, user_id=user_id, generation_id=turn.id, text=text)
        message.created_at = turn.created_at
        session.add(message)
    save_version(session, app, note=prompt[:80], cause=VersionCause.GENERATION, generation_id=turn.id, paths=[path])


def _part(number: int) -> str:
    lines = "\n".join(f'      <p className="text-sm">Line {line} of part {number}</p>' for line in range(40))
    return f"export function Part{number:03}() {{\n  return (\n    <section>\n{lines}\n    </section>\n  );\n}}\n"
