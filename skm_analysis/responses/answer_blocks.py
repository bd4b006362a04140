"""The part of a proposed [[delivery]] that says what written answers mean.

Letters and unknown options stand behind "#": their scores are for a person to decide.
`[delivery.answers]` replaces all other ways to read an answer, so that it is proposed
only where no question is answered otherwise.
"""

from collections.abc import Collection, Iterator, Mapping

from skm_analysis.responses.column_contents import Form
from skm_analysis.responses.inspecting import Seen
from skm_analysis.responses.raw import column_letters
from skm_analysis.responses.spelling import tidy
from skm_analysis.study.toml_writing import aside, entry

_LETTERS = {letter: score for score, letter in enumerate("abcdef", start=1)}
_OTHERWISE = (Form.SCORES, Form.WORDINGS)


def answer_lines(seen: Seen) -> Iterator[str]:
    letters = [x.position for x in seen.asked if x.contents.form is Form.LETTERS]
    asked = {at: ask for ask in seen.meanings.asks for at in ask.positions}
    if letters or asked:
        yield ""
        yield "# PUTUSKAN nilai tiap jawaban menurut kuesioner, lalu hapus tanda #:"
    if letters:
        yield "# (pada formulir peraturan, a bernilai terendah)"
    if _are_all(seen, {*letters, *asked}, numbers=bool(letters)):
        yield from _for_all(seen, letters=bool(letters))
    else:
        for at in sorted({*letters, *asked}):
            scores: Mapping[str, int | None] = (
                {text: asked[at].order.get(text) for text in asked[at].texts}
                if at in asked
                else _of_letters(seen)
            )
            yield from _for_one(seen, at, scores)
    for key, known in seen.meanings.item_answers.items():
        yield ""
        yield f"[delivery.item_answers.{key}]"
        for text, score in sorted(known.items(), key=lambda pair: pair[1]):
            yield entry(text, score)


def _are_all(seen: Seen, positions: Collection[int], *, numbers: bool) -> bool:
    """Whether no question is read by an instrument's options or, but for `numbers`,
    by whole numbers."""
    otherwise = {Form.WORDINGS} if numbers else {*_OTHERWISE}
    return not any(
        x.contents.form in otherwise and x.contents.filled
        for x in seen.asked
        if x.position not in positions
    )


def _of_letters(seen: Seen) -> dict[str, int]:
    """All letters up to the last that occurs, and at least four of them."""
    highest = max(4, *(_LETTERS[letter] for letter in seen.meanings.letters))
    return dict([*_LETTERS.items()][:highest])


def _for_all(seen: Seen, *, letters: bool) -> Iterator[str]:
    told = seen.meanings
    scores: dict[str, int | None] = {**_of_letters(seen)} if letters else {}
    if told.numbers_too and told.highest:
        scores |= {str(score): score for score in range(1, told.highest + 1)}
    for ask in told.asks:
        scores |= {text: ask.order.get(text) for text in ask.texts}
    if scores:
        yield "# [delivery.answers]"
        yield from _scored(scores)


def _for_one(seen: Seen, at: int, scores: Mapping[str, int | None]) -> Iterator[str]:
    proposal = seen.proposal
    keys = [key for key, position in proposal.sure.items() if position == at]
    keys += [each.key for each in proposal.likely if each.position == at]
    if keys:
        yield f"# [delivery.item_answers.{keys[0]}]"
    else:
        shown = next(x.shown for x in seen.asked if x.position == at)
        column = entry("kolom", tidy(shown) or column_letters(at))
        perhaps = {k for x in proposal.choices for k, y in x.columns.items() if y == at}
        told = " atau ".join(sorted(perhaps)) or "kunci butirnya"
        yield f"# {column}: ganti KUNCI dengan {told}"
        yield "# [delivery.item_answers.KUNCI]"
    yield from _scored(scores)


def _scored(scores: Mapping[str, int | None]) -> Iterator[str]:
    for text in sorted(scores, key=lambda text: scores[text] or 0):
        score = scores[text]
        yield aside(text, score) if score else f"# {entry(text, 0)[:-1]}?"
