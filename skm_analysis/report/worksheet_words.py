"""By which habit of worksheets a number comes about, in words."""

from skm_analysis.responses.labels import REASONS

_STEPS = {
    "mean": "NRR dibulatkan dahulu",
    "index": "jumlahnya dibulatkan dahulu",
    "cell": "NRR tertimbang dibulatkan dahulu",
}


def rule_words(name: str) -> str:
    """A rule of worksheets: how weights are written, what is rounded on the way.

    >>> rule_words("weight-0-11+mean-2"), rule_words("exact")
    ('bobotnya ditulis 0,11, NRR dibulatkan dahulu', '')
    """
    weight, _, step = name.partition("+")
    written = weight.removeprefix("weight-").replace("-", ",", 1)
    words = [] if weight == "exact" else [f"bobotnya ditulis {written}"]
    return ", ".join([*words, *([_STEPS[step.partition("-")[0]]] if step else [])])


def explanation(flags: tuple[str, ...]) -> str:
    """How an office came to its result, by the flags of its rows."""
    if "unexplained" in flags:
        return "tidak dapat dijelaskan"
    counted = _after(flags, "counted_")
    rule = rule_words(_after(flags, "rule_"))
    if counted == "own-means":
        way = f" bila {rule}" if rule else ""
        return f"mengikuti NRR kantor sendiri{way}; NRR itu tidak dapat dijelaskan"
    told = [_sheets(counted), rule]
    if "blanks_counted" in flags:
        told.append("isian kosong ikut menjadi pembagi")
    words = [each for each in told if each]
    return "; ".join(words) or "setiap unsur dirata-ratakan tanpa pembobotan"


def _sheets(counted: str) -> str:
    """Which other sheets were counted."""
    if counted == "accepted":
        return ""
    if counted == "without-corrections":
        return "dihitung dari isian sebelum dibetulkan"
    if counted == "file":
        return "semua isian pada berkas dijumlahkan sebagaimana tertulis"
    if counted == "with-all":
        return "semua baris yang disisihkan ikut dihitung"
    reason = counted.removeprefix("with-").replace("-", "_")
    return f"ikut dihitung baris yang disisihkan ({REASONS[reason]})"


def _after(flags: tuple[str, ...], beginning: str) -> str:
    found = (x.removeprefix(beginning) for x in flags if x.startswith(beginning))
    return next(found, "")
