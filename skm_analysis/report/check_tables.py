"""The tables of the page of a check, a line per unit or delivery."""

from collections import Counter
from collections.abc import Iterator, Sequence

from skm_analysis.estimates.fieldwork import FieldWork, UnitState
from skm_analysis.report.check_html import (
    Cell,
    Row,
    change,
    details,
    paragraph,
    points,
    share,
    table,
    text,
    whole,
)
from skm_analysis.report.check_words import outside_city, state_of, state_words
from skm_analysis.report.formatting import count
from skm_analysis.report.worksheet_words import explanation
from skm_analysis.responses.labels import REASONS

_MARKS = {"refused": "ditolak", "waiting": "menunggu", "none": "menunggu"}
_STEPS = (0.02, 0.05, 0.1)  # shares of blanks at which the shade grows


def units(work: FieldWork) -> str:
    heads = (
        *("Unit", "Kiriman", "Rencana", "Perlu", "Masuk", "Dipakai", "Disisihkan"),
        *("Kurang", "Jawaban kosong"),
    )
    rows: list[Row] = []
    for place, unit in enumerate(work.units):
        at = f"/units/{place}"
        counts = ("planned", "required", "received", "accepted", "set_aside", "short")
        state = Cell(state_words(unit), _MARKS.get(state_of(unit), ""))
        rows.append(
            (
                text(unit.name) + (" (sensus)" if unit.census else ""),
                state,
                *(whole(f"{at}/{name}", getattr(unit, name)) for name in counts),
                share(f"{at}/blank_share", unit.blank_share),
            )
        )
    if not rows:
        return ""
    note = (
        "Perlu: jumlah responden menurut rumus Krejcie–Morgan; pada sensus, semua yang "
        "dilayani. Kurang: terhadap rencana, atau terhadap yang perlu bila tidak ada "
        "rencana. Unit yang juga disurvei secara independen dihitung dari survei "
        "independen itu saja."
    )
    told = paragraph(note, "keterangan")
    if outside := outside_city(work):
        told += paragraph(text(outside), "keterangan")
    return table("Rencana dan hasil tiap unit", heads, rows, words=2) + told


def set_aside(work: FieldWork) -> str:
    reasons = [name for name in REASONS if name in work.set_aside]
    reasons += [
        name
        for name in REASONS
        if name not in reasons and any(name in unit.reasons for unit in work.units)
    ]
    if not reasons:
        return ""
    rows: list[Row] = []
    for place, unit in enumerate(work.units):
        if unit.set_aside:
            at = f"/units/{place}"
            cells = (
                whole(f"{at}/reasons/{name}", unit.reasons.get(name))
                for name in reasons
            )
            name = text(unit.name)
            rows.append((name, *cells, whole(f"{at}/set_aside", unit.set_aside)))
    total = (
        "Survei independen, termasuk unit yang tidak dikenal",
        *(whole(f"/set_aside/{name}", work.set_aside.get(name)) for name in reasons),
        "",
    )
    heads = ("Unit", *(REASONS[name].capitalize() for name in reasons), "Jumlah")
    told = table("Baris yang disisihkan menurut sebabnya", heads, rows, total=total)
    return "\n".join((told, excluded(work), aside(work)))


def excluded(work: FieldWork) -> str:
    """Rows that offices asked to leave out, in their words."""
    rows = [
        (
            text(each.file),
            text("; ".join(each.excluded_for)),
            whole(f"/deliveries/{place}/excluded", each.excluded),
        )
        for place, each in enumerate(work.deliveries)
        if each.excluded
    ]
    if not rows:
        return ""
    heads = ("Berkas", "Keterangan kantornya", "Baris")
    return table("Dikeluarkan atas keterangan kantornya", heads, rows, words=2)


def aside(work: FieldWork) -> str:
    """Each row that is set aside by its place, up to the first so many."""
    rows = [
        (
            text(each.file),
            whole(f"/aside/{place}/row", each.row),
            text(REASONS[each.reason]),
            text(", ".join(work.items[key] for key in each.items)),
        )
        for place, each in enumerate(work.aside)
    ]
    if not rows:
        return ""
    heads = ("Berkas", "Baris", "Sebab", "Pertanyaan")
    note = (
        "Nomor baris seperti di Excel. Isi selnya tidak ditampilkan; lihat di berkas "
        "aslinya."
    )
    if (left := work.totals["set_aside"] - len(rows)) > 0:
        note += f" Masih ada {count(left)} baris lain yang disisihkan."
    told = table("Tempat tiap baris yang disisihkan", heads, rows, words=4)
    return details("Baris demi baris", told + paragraph(note, "keterangan"))


def blanks(work: FieldWork) -> str:
    """Items of most units as a matrix, those of a few units line by line."""
    asked = Counter(key for unit in work.units for key in unit.blanks)
    seen = {key for unit in work.units for key, n in unit.blanks.items() if n}
    answering = sum(unit.accepted > 0 for unit in work.units)
    common = [key for key in work.items if key in seen and 2 * asked[key] >= answering]
    few = [key for key in work.items if key in seen and key not in common]
    if not seen:
        return paragraph("Tidak ada.") if answering else ""
    legend = (
        '<span class="k1">sampai 2%</span> <span class="k2">sampai 5%</span> '
        '<span class="k3">sampai 10%</span> <span class="k4">lebih</span>'
    )
    note = f"Warna: bagian kuesioner yang tidak menjawab pertanyaan itu. {legend}"
    caption = "Kuesioner yang dipakai tetapi tidak menjawab suatu pertanyaan"
    told = []
    if common:
        heads = ("Unit", "Dipakai", *(work.items[key] for key in common))
        told.append(table(caption, heads, _blank_matrix(work, common)))
    if few:
        title = f"{caption}, pertanyaan yang hanya diajukan pada beberapa unit"
        heads = ("Unit", "Pertanyaan", "Dipakai", "Tidak dijawab")
        told.append(table(title, heads, _blank_lines(work, few), words=2))
    return "\n".join((*told, paragraph(note, "keterangan petunjuk")))


def _blank_matrix(work: FieldWork, keys: Sequence[str]) -> Iterator[Row]:
    for place, unit in enumerate(work.units):
        if any(unit.blanks.get(key) for key in keys):
            accepted = whole(f"/units/{place}/accepted", unit.accepted)
            cells = (_blank(place, unit, key) for key in keys)
            yield (text(unit.name), accepted, *cells)


def _blank_lines(work: FieldWork, keys: Sequence[str]) -> Iterator[Row]:
    for place, unit in enumerate(work.units):
        for key in keys:
            if unit.blanks.get(key):
                accepted = whole(f"/units/{place}/accepted", unit.accepted)
                label = text(work.items[key])
                yield text(unit.name), label, accepted, _blank(place, unit, key)


def _blank(place: int, unit: UnitState, key: str) -> Cell:
    number = unit.blanks.get(key)
    shade = _shade((number or 0) / unit.accepted)
    return Cell(whole(f"/units/{place}/blanks/{key}", number), shade)


def _shade(blank: float) -> str:
    if not blank:
        return ""
    return f"k{1 + sum(blank > step for step in _STEPS)}"


def repeated(work: FieldWork) -> str:
    rows = [
        (
            text(each.file),
            whole(f"/deliveries/{place}/rows_read", each.rows_read),
            whole(f"/deliveries/{place}/repeated_id", each.repeated_id),
            whole(f"/deliveries/{place}/repeated_row", each.repeated_row),
        )
        for place, each in enumerate(work.deliveries)
        if each.repeated_id or each.repeated_row
    ]
    if not rows:
        return paragraph("Tidak ada.") if work.deliveries else ""
    heads = ("Berkas", "Baris dibaca", "Identitas sama", "Seluruh baris sama")
    return table("Baris yang sama dengan baris sebelumnya", heads, rows)


def alike(work: FieldWork) -> str:
    rows = [
        (
            text(unit.name),
            whole(f"/units/{place}/accepted", unit.accepted),
            share(f"/units/{place}/straight_lined", unit.straight_lined),
            share(f"/units/{place}/same_answers", unit.same_answers),
        )
        for place, unit in enumerate(work.units)
        if unit.accepted
    ]
    if not rows:
        return ""
    heads = ("Unit", "Dipakai", "Satu jawaban untuk semua", "Sama dengan yang lain")
    note = (
        "Satu jawaban untuk semua: kuesioner yang semua pertanyaannya dijawab sama. "
        "Sama dengan yang lain: kuesioner yang jawabannya sama persis dengan kuesioner "
        "lain. Keduanya wajar bila hampir semua orang puas; bukan bukti kecurangan."
    )
    return table("Keseragaman jawaban", heads, rows) + paragraph(note, "keterangan")


def offices(work: FieldWork) -> str:
    rows: list[Row] = []
    for place, unit in enumerate(work.units):
        office, at = unit.office, f"/units/{place}/office"
        if office is None:
            continue
        same = not office.difference and "unexplained" not in office.flags
        rows.append(
            (
                text(unit.name),
                Cell(text("sama" if same else explanation(office.flags))),
                points(f"{at}/theirs", office.theirs),
                points(f"{at}/ours", office.ours),
                change(f"{at}/difference", office.difference),
                whole(f"{at}/items_apart", office.items_apart),
            )
        )
    if not rows:
        return ""
    heads = (
        *("Unit", "Penjelasan", "IKM menurut kantor", "IKM dihitung ulang"),
        *("Selisih", "NRR yang berbeda"),
    )
    return table("Hitungan kantor dan hitungan ulang", heads, rows, words=2)
