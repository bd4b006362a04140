"""What `skm inspect` says of a column, and what it asks a person to decide."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skm_analysis.responses.column_kinds import SeenColumn
    from skm_analysis.responses.inspecting import Seen

FORMS = {
    "empty": "kosong",
    "dates": "tanggal",
    "numbers": "angka",
    "text": "teks bebas",
    "wordings": "pilihan jawaban",
    "letters": "huruf jawaban",
    "scores": "nilai",
}
PERSONAL = {
    "name": "nama",
    "nik": "NIK",
    "phone": "telepon",
    "email": "surel",
    "address": "alamat",
    "plate": "nomor kendaraan",
    "place": "koordinat",
    "network": "alamat IP",
    "number": "nomor panjang",
}
ROLES = {
    "tool": "tidak dipakai",
    "computed": "tidak dipakai (hitungan)",
    "empty": "–",
    "other": "tidak dipakai?",
    "question": "belum dikenal",
}
PROFILE = ("sex", "age", "education", "occupation", "service")


def shown_header(column: "SeenColumn") -> str:
    return column.shown or "(tidak ditampilkan)"


def contents(column: "SeenColumn") -> str:
    """Kind and counts of a column, and the tally of answers on a scale."""
    held = column.contents
    if not held.filled:
        return "kosong"
    if column.is_question and held.tally:
        told = ", ".join(f"{text}: {count}" for text, count in held.tally.items())
        return f"{told}; lain: {held.hidden}" if held.hidden else told
    likely = "/".join(PERSONAL[kind] for kind in held.personal)
    if column.role.value == "comment_column" and likely:
        return f"teks bebas, {held.filled} terisi, di antaranya {likely}"
    told = f"{FORMS[held.form]}, {held.filled} terisi"
    return f"{told}, kemungkinan {likely}" if likely else told


def long_role(seen: "Seen", column: "SeenColumn") -> str:
    if seen.long is None:
        return ""
    roles = zip(("long.respondent", "long.item", "long.answer"), seen.long, strict=True)
    return next((role for role, at in roles if at == column.position), "")


def proposed(seen: "Seen", column: "SeenColumn") -> str:
    """What the column is proposed for, and how surely."""
    from skm_analysis.responses.delivery_blocks import first_of

    if not column.is_question:
        role = column.role.value
        if (
            role not in ROLES
            and role != "drop"
            and first_of(seen, column.role) != column
        ):
            return ROLES["tool"]
        if role in PROFILE:
            return f"profile.{role}"
        return ROLES.get(role, role) + ("?" if _is_open(seen, column) else "")
    proposal, at = seen.proposal, column.position
    for key, position in proposal.sure.items():
        if position == at:
            why = "nomor" if key in proposal.by_order else "yakin"
            return f"{key}, {why}"
    for likely in proposal.likely:
        if likely.position == at:
            return f"{likely.key}? mungkin"
    for key, position in proposal.importance.items():
        if position == at:
            return f"importance.{key}"
    if at in proposal.perhaps_importance:
        return "kepentingan?"
    keys = dict.fromkeys(
        key
        for choice in proposal.choices
        for key, position in choice.columns.items()
        if position == at
    )
    return " atau ".join(keys) + "?" if keys else ROLES["question"]


def _is_open(seen: "Seen", column: "SeenColumn") -> bool:
    """Whether the block leaves it to a person if the column is that."""
    held = column.contents
    match column.role.value:
        case "period_column":
            dates = held.form.value == "dates" or held.excel_days
            return not dates and column.position not in seen.placed
        case "unit_column":
            return seen.unit is not None or not any(seen.written.units.values())
        case "stratum_column":
            return seen.unit is None or not seen.unit.strata
    return False


def decisions(seen: "Seen") -> Iterator[str]:
    """What a person has to decide or look at, most important first."""
    if seen.dialect.value == "sideways":
        yield (
            "Pertanyaannya ada di baris dan respondennya di kolom; bentuk ini tidak "
            "dibaca. Minta satu baris tiap responden. Atau: di Excel salin tabelnya, "
            "Tempel Khusus dengan Transpose pada berkas baru, dan pakai berkas itu; "
            "simpan juga yang asli."
        )
        return
    yield from _unit_decisions(seen)
    yield from _item_decisions(seen)
    yield from _answer_decisions(seen)
    yield from _date_decisions(seen)
    yield from _other_decisions(seen)


def _unit_decisions(seen: "Seen") -> Iterator[str]:
    if seen.unit:
        yield f"Unit: {seen.unit.id}, menurut nama berkas. Benarkah?"
    elif not any(seen.written.units.values()):
        yield "Unit: isi dengan id unit di study.toml; tidak diketahui dari berkasnya."
    if seen.written.hidden:
        yield (
            f"{seen.written.hidden} tulisan di kolom unit tidak ditampilkan, karena "
            "jarang atau tidak menyerupai nama atau kode kantor. Barisnya disisihkan "
            "bila tidak dipetakan."
        )


def _item_decisions(seen: "Seen") -> Iterator[str]:
    from skm_analysis.responses.spelling import tidy

    proposal = seen.proposal
    names = {x.position: tidy(x.shown) for x in seen.asked}
    if proposal.settled:
        yield (
            f"Urutan kolom ditetapkan dari teks pilihan jawabannya: {proposal.settled}."
        )
    if proposal.choices:
        keys = {key for choice in proposal.choices for key in choice.columns}
        yield (
            f"Nomor kolom saja tidak cukup untuk {', '.join(sorted(keys))}: ada "
            f"{len(proposal.choices)} susunan yang mungkin. Lihat kuesioner unit ini."
        )
    if proposal.by_order and not proposal.settled:
        yield (
            "Kolom bernomor dipetakan sejauh semua urutan resmi sama. Cocokkan dengan "
            "kuesionernya: unsur biaya, kompetensi, dan perilaku boleh diganti."
        )
    if proposal.likely:
        yield (
            f"{len(proposal.likely)} pertanyaan hanya mungkin cocok, karena memuat hal "
            "lain di samping unsurnya: cocokkan satu per satu."
        )
    for at, key in proposal.contradicted.items():
        yield (
            f"Kolom {letters(at)}: bunyi pertanyaannya dan pilihan jawabannya tidak "
            f"sejalan; pilihan itu milik {key}. Lihat kuesionernya."
        )
    left = [at for at in proposal.unmatched if names.get(at)]
    if left:
        yield (
            f"{len(left)} pertanyaan tidak dikenal. Bila termasuk kuesioner, tambahkan "
            "sebagai butir di instrumen, lalu beri kuncinya; bila tidak, biarkan."
        )
    if proposal.instrument and not proposal.choices:
        told = {*proposal.sure, *(likely.key for likely in proposal.likely)}
        missing = [key for key in proposal.instrument.keys if key not in told]
        if missing and proposal.sure:
            yield (
                f"Dibandingkan dengan {proposal.instrument.title!r}, tidak ada kolom "
                f"untuk {', '.join(missing)}."
            )


def _answer_decisions(seen: "Seen") -> Iterator[str]:
    told = seen.meanings
    if told.letters:
        yield (
            f"Jawaban ditulis dengan huruf ({', '.join(told.letters)}): isi nilainya "
            "menurut kuesioner. Tanpa itu, huruf tidak dibaca sebagai nilai."
        )
    if told.asks:
        yield "Nilai sebagian pilihan jawaban tidak diketahui; isi menurut kuesioner."
    instrument = seen.proposal.instrument
    if told.highest and told.highest != (instrument.scale[1] if instrument else 4):
        yield (
            f"Nilai tertinggi {told.seen}: skalanya tampaknya sampai {told.highest}. "
            "Sesuaikan scale pada instrumen."
        )
    if told.outside:
        yield f"{told.outside} jawaban di atas skala 1 sampai {told.highest}."
    if told.zeros:
        yield f"{told.zeros} jawaban bernilai 0: tidak dijawab, atau nilai terendah?"
    if told.perhaps:
        yield (
            f"Ada jawaban {' dan '.join(map(repr, told.perhaps))}: tidak dijawab atau "
            "tidak berlaku, atau salah ketik?"
        )
    if told.hidden:
        yield (
            f"{told.hidden} jawaban lain tidak ditampilkan, karena bukan nilai, huruf, "
            "atau pilihan yang dikenal; skm check menyebut barisnya."
        )


def _date_decisions(seen: "Seen") -> Iterator[str]:
    from skm_analysis.responses.column_kinds import Role
    from skm_analysis.responses.delivery_blocks import first_of

    column = first_of(seen, Role.PERIOD)
    if column is None:
        return
    if column.position in seen.month_first:
        yield (
            f"Tanggal di kolom {letters(column.position)} hanya terbaca bulan dahulu "
            "(bulan/hari/tahun); date_order sudah diusulkan begitu."
        )
    elif column.contents.form.value == "text" and column.position not in seen.placed:
        yield (
            f"Kolom {letters(column.position)} tidak terbaca sebagai tanggal bertahun "
            "empat angka, dan bukan id [[period]]; sebagai period_column, barisnya "
            "akan disisihkan."
        )
    elif column.contents.excel_days:
        yield (
            f"Tanggal di kolom {letters(column.position)} berupa nomor hari dari Excel "
            "(44320 = 4 Mei 2021); date_order sudah diusulkan begitu."
        )
    elif column.position in seen.either_order:
        yield (
            f"Tanggal di kolom {letters(column.position)} dapat dibaca hari atau bulan "
            "dahulu, dan tidak satu pun yang menentukannya. Lihat formulirnya."
        )


def _other_decisions(seen: "Seen") -> Iterator[str]:
    repeated = [
        column
        for column in seen.columns
        if column.role.value == "id_column"
        and column.contents.distinct < column.contents.filled
        and not seen.long
    ]
    if repeated:
        again = repeated[0].contents.filled - repeated[0].contents.distinct
        yield (
            f"Kolom {letters(repeated[0].position)}: {again} isian berulang; sebagai "
            "id_column, baris kedua dan seterusnya dianggap kiriman ganda."
        )
    hidden = [
        letters(x.position) for x in seen.columns if not x.shown and x.contents.filled
    ]
    if hidden:
        yield (
            f"Judul kolom {', '.join(hidden)} tidak ditampilkan, karena tidak dikenali "
            "sebagai judul. Bila memang judul, tulis sendiri di study.toml."
        )
    dropped = [
        letters(x.position)
        for x in seen.columns
        if x.role.value in ("other", "computed", "tool")
        and x.shown
        and not long_role(seen, x)
    ]
    if dropped:
        yield (
            f"Kolom {', '.join(dropped)} tidak dipakai; skm check menyebutnya. Taruh "
            "di drop bila memang tidak perlu."
        )


def letters(position: int) -> str:
    from skm_analysis.responses.raw import column_letters

    return column_letters(position)
