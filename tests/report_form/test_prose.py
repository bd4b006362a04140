import pytest

from skm_analysis.errors import SkmError
from skm_analysis.estimates.rows import Estimates, Row
from skm_analysis.report import nodes, prose
from skm_analysis.report.marks import is_number
from skm_analysis.report.prose import Text


def row(measure: str, unit: str = "", value: float | None = 95.325, **more) -> Row:
    scope = "unit" if unit else "city"
    return Row(
        study="2021", measure=measure, scope=scope, unit=unit, value=value, n=40, **more
    )


ESTIMATES = Estimates(
    [
        row("ikm", "kel-ngalau"),
        row("ikm", "kel-kecil", flags=("suppressed",)),
        row("ikm_mean_of_units"),
        row("ikm_mean_of_units", part="published"),
        row("grade", "kel-ngalau", None, category="A"),
    ]
)


def read(*markdown: str):
    texts = [Text(f"texts/t{n}.md", each) for n, each in enumerate(markdown)]
    return prose.read(texts, ESTIMATES)


def test_a_key_becomes_the_number_and_a_statement_keeps_its_source():
    (blocks,) = read('IKM {unit.kel-ngalau.ikm} dari [56.311]{sumber="BPS 2020"} jiwa.')
    assert nodes.text(blocks) == "IKM 95,33 dari 56.311 jiwa."
    found = [nodes.values(node) for node in nodes.every(blocks) if is_number(node)]
    assert [each["key"] for each in found] == [
        "unit.kel-ngalau.ikm",
        "stated..bps-2020.56-311",
    ]
    assert found[1]["kind"] == "stated"


def test_a_letter_is_a_verdict():
    (blocks,) = read("Mutu {unit.kel-ngalau.grade}.")
    assert nodes.text(blocks) == "Mutu A."


def test_an_unknown_key_names_file_line_and_the_nearest():
    with pytest.raises(SkmError) as caught:
        read("baris satu\n\n{unit.kel-ngalu.ikm} dan {unit.tidak.ada}")
    message = str(caught.value)
    assert "texts/t0.md:3" in message
    assert "yang paling mirip: unit.kel-ngalau.ikm" in message
    assert "{unit.tidak.ada}" in message


def test_a_figure_that_is_not_public_is_refused_and_the_cleared_one_named():
    with pytest.raises(SkmError, match=r"ikm_mean_of_units@published"):
        read("{city..ikm_mean_of_units}")
    with pytest.raises(SkmError, match=r"unit\.kel-kecil\.n_accepted"):
        read("{unit.kel-kecil.ikm}")
    (blocks,) = read("{city..ikm_mean_of_units@published}")
    assert nodes.text(blocks) == "95,33"


def test_an_unclosed_block_does_not_reach_the_next_text():
    first, second = read("```\nbelum tutup", "# Judul\n\nTeks.")
    assert [block["t"] for block in first] == ["CodeBlock"]
    assert [block["t"] for block in second] == ["Header", "Para"]


def test_footnotes_of_two_texts_do_not_meet():
    first, second = read("a[^1]\n\n[^1]: satu", "b[^1]\n\n[^1]: dua")
    assert "satu" in nodes.text(first)
    assert "dua" in nodes.text(second)


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "http://contoh.id", "lain"]
)
def test_links_lead_only_to_https_mail_or_the_report(target: str):
    with pytest.raises(SkmError, match="tidak diperkenankan"):
        read(f"[klik]({target})")


@pytest.mark.parametrize("text", ["![x](/etc/passwd)", "|a|\n|---|\n|b|"])
def test_pictures_and_tables_in_texts_are_refused(text: str):
    with pytest.raises(SkmError, match="tidak didukung"):
        read(text)


def test_markup_of_other_formats_stays_text_or_vanishes():
    (blocks,) = read(
        '<script>x</script> `a`{=openxml} $\\input{x}$\n\n```{=typst}\n#read("x")\n```'
    )
    kinds = {node["t"] for node in nodes.every(blocks)}
    assert not kinds & {"RawInline", "RawBlock", "Math"}


def test_people_cannot_make_a_number_of_their_own():
    (blocks,) = read(
        '[99,99]{.angka key="unit.kel-ngalau.ikm"}\n\n::: {.tabel}\nx\n:::'
    )
    assert not [node for node in nodes.every(blocks) if is_number(node)]
    assert "Div" not in {node["t"] for node in nodes.every(blocks)}
