"""What a proof says to buyers, also where not everything could be checked."""

from overskill.models import utc_now
from overskill.services.market.proofs import Check, Proof, Score
from overskill.state.proof_cards import proof_card_of

NO_BROWSER = "Apps are not tried in a browser on this instance: OVERSKILL_BROWSER_CHECKS is off."
SAID = "This site does not open apps in a browser to check them."


def proof(*checks: Check, score: Score | None = None, not_checked: tuple[str, ...] = ()) -> Proof:
    return Proof("a" * 64, 1, utc_now(), checks=checks, performance=score, accessibility=score, not_checked=not_checked)


def test_what_was_not_checked_is_said_once_for_each_reason_and_in_words_for_buyers() -> None:
    card = proof_card_of(
        proof(
            Check("types", "Types are consistent", "passed", ()),
            Check("build", "Builds for production", "passed", ()),
            Check("browser", "Opens in a browser", "skipped", (NO_BROWSER,)),
            Check("acceptance", "Does what it promises", "skipped", (NO_BROWSER,)),
            not_checked=(
                f"Not run in a browser: {NO_BROWSER}",
                "Other hosts were not reached from the check: a.example.",
            ),
        )
    )

    assert card.headline == "Passed all 2 checks that could be made"
    assert [check.title for check in card.checks] == ["Types are consistent", "Builds for production"]
    assert [(one.titles, one.why) for one in card.left_out] == [("Opens in a browser, Does what it promises", SAID)]
    assert card.not_checked == ["Other hosts were not reached from the check: a.example."]
    assert card.unmeasured == "Speed and accessibility were not measured."


def test_a_whole_proof_leaves_nothing_open() -> None:
    card = proof_card_of(
        proof(
            Check("types", "Types are consistent", "passed", ()),
            Check("build", "Builds for production", "failed", ("It does not.",)),
            score=Score(90, "", ()),
        )
    )

    assert (card.headline, card.left_out, card.unmeasured) == ("1 of 2 checks passed", [], "")
