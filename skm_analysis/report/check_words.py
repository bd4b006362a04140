"""What a check says of faults and findings, on the terminal and on its page."""

from collections.abc import Mapping

from skm_analysis.estimates.fieldwork import FieldWork, Finding, UnitState
from skm_analysis.report.formatting import count, signed
from skm_analysis.report.worksheet_words import explanation
from skm_analysis.study.faults import plain

FAULTS: Mapping[str, str] = {
    "configuration": "Susunan studi",
    "delivery": "Kiriman",
    "decision": "Keputusan",
}
LEFT_OUT = "Belum dapat dilihat karena susunannya salah:"
_NAMED = 12  # columns are named, of more the first ones

# {n} and {of} are counts, {names} is a list.
_FINDINGS: Mapping[str, str] = {
    "above_population": "{n} kuesioner diterima, lebih dari {of} orang yang dilayani; "
    "periksa population dan kiriman ganda.",
    "nearly_all": "{n} kuesioner diterima dari {of} orang yang dilayani, hampir "
    'semuanya; tulis sampling = "census" bila memang sensus, atau periksa population.',
    "above_approached": "{n} kuesioner masuk, lebih dari {of} orang yang diminta "
    "mengisi; periksa approached.",
    "many_set_aside": "{n} dari {of} baris disisihkan, lebih dari 5%; lihat sebabnya.",
    "straight_lined": "{n} dari {of} kuesioner berisi satu jawaban yang sama untuk "
    "semua pertanyaan; tanyakan cara pengisiannya.",
    "never_answered": "{n} pertanyaan tidak dijawab pada kuesioner mana pun ({names}), "
    "sehingga indeks tidak dapat dihitung; periksa [delivery.columns].",
    "office_differs": "hasil hitungan kantor sendiri berbeda dari hitungan ulang "
    "({names}); tanyakan cara menghitungnya.",
    "no_delivery": "belum disebut dalam [[delivery]] mana pun.",
    "unread": "{n} kolom tidak dibaca: {names}; sebutkan di [[delivery]], atau tulis "
    "dalam drop bila tidak diperlukan.",
    "repeated_row": "{n} dari {of} baris sama seluruhnya dengan baris sebelumnya dan "
    "tetap dihitung; tanyakan kepada kantornya.",
    "repeated_id": "{n} dari {of} baris beridentitas sama dengan baris sebelumnya dan "
    "tetap dihitung; lihat duplicates pada [cleaning].",
    "outside_period": "{n} dari {of} baris bertanggal di luar masa survei dan tetap "
    "dihitung.",
    "blank_words": "{n} jawaban berupa tanda yang sering berarti kosong; tulis dalam "
    "not_applicable bila maksudnya memang tidak dijawab.",
    "unknown_answers": "{n} jawaban berupa huruf atau kata yang belum bernilai "
    "({names}); tulis nilainya dalam [delivery.answers] atau [delivery.item_answers].",
    "off_scale": "{n} dari {of} jawaban berupa bilangan ({names}) di luar skala "
    "kuesioner {scale}; mungkin unit ini memakai kuesioner lain. Jangan ubah "
    "jawabannya; tanyakan skalanya, lalu sesuaikan instrument unit ini.",
    "unread_days": "tanggal pada {n} dari {of} baris tidak terbaca, misalnya bertahun "
    "dua angka atau hanya bulan; mintalah yang bertahun empat angka, atau hapus "
    "period_column bila semuanya pasti dalam masa survei.",
    "cut_numbers": "{n} dari {of} penanda responden yang 16 angka berakhir 0: Excel "
    "membuang angka ke-16 bila nomor disimpan sebagai bilangan, sehingga dua orang "
    "dapat tampak sebagai satu; mintalah kolom itu disimpan sebagai teks.",
    "reported": "terbaca {n} baris, padahal kantornya menyebut {of} kuesioner "
    "(reported); tanyakan selisihnya.",
    "same_file": "isinya sama persis dengan {names}, yang disebut milik unit lain; "
    "salah satunya tentu bukan kirimannya.",
    "unknown_unit": "{n} dari {of} baris menyebut unit yang tidak dikenal.",
    "unknown_name": "unit '{names}' pada {n} baris tidak dikenal; tambahkan ke "
    "[delivery.units] bila maksudnya salah satu unit studi.",
    "undeclared_file": "berkas yang tidak disebut dalam [[delivery]] mana pun.",
    "unused_text": "tidak dicetak di mana pun; namai preface.md, background.md, "
    "conclusions.md, atau units/ID-UNIT.md.",
    "text_to_revise": "teks studi terdahulu belum ditinjau, sehingga belum dicetak; "
    "perbaiki dan pindahkan ke bawah keterangannya, atau hapus keterangan itu.",
    "frozen_rules": "{n} aturan berbeda dari yang dibekukan di plan.lock: {names}.",
}

_STATES: Mapping[str, str] = {
    "refused": "kiriman ditolak",
    "waiting": "belum datang",
    "partly": "baru sebagian",
    "came": "sudah datang",
    "none": "tanpa kiriman",
}


def state_of(unit: UnitState) -> str:
    """How a unit's files stand: refused, waiting, partly, came or none."""
    if unit.refused:
        return "refused"
    if unit.waiting:
        return "partly" if unit.received else "waiting"
    return "came" if unit.received else "none"


def state_words(unit: UnitState) -> str:
    return _STATES[state_of(unit)]


def about(work: FieldWork, finding: Finding) -> str:
    """What a finding is about: a unit, a file, or the study."""
    names = {unit.unit: unit.name for unit in work.units}
    return names.get(finding.unit, finding.unit) or finding.file or work.title


def finding_words(work: FieldWork, finding: Finding) -> str:
    """
    >>> work = FieldWork(study="2021", title="Survei", faults=())
    >>> finding_words(work, Finding("many_set_aside", "a", count=12, of=1200))
    '12 dari 1.200 baris disisihkan, lebih dari 5%; lihat sebabnya.'
    >>> finding_words(work, Finding("unknown_name", file="a.csv", count=9, names=("",)))
    '9 baris tidak menyebut unitnya.'
    """
    labels = work.items if finding.kind == "never_answered" else {}
    names = [plain(labels.get(name, name)) for name in finding.names]
    if finding.kind == "unknown_name" and not any(names):
        return f"{count(finding.count)} baris tidak menyebut unitnya."
    scale = names.pop(0) if finding.kind == "off_scale" else ""
    shown = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        shown += ", …"
    if finding.kind == "office_differs":
        shown = _office_way(work, finding.unit)
    return _FINDINGS[finding.kind].format(
        n=count(finding.count), of=count(finding.of), names=shown, scale=scale
    )


def _office_way(work: FieldWork, id_: str) -> str:
    """How an office came to its result, as far as that can be told."""
    flags = (
        unit.office.flags for unit in work.units if unit.unit == id_ and unit.office
    )
    return explanation(next(flags, ("unexplained",)))


def difference(unit: UnitState) -> str:
    """The office's own index less ours; "–" where there is none to hold against it."""
    office = unit.office
    if office is None or office.difference is None:
        return "–"
    return signed(office.difference, 2)


def summary(work: FieldWork) -> str:
    """How many units delivered, how many faults and findings there are."""
    each = {name: count(number) for name, number in work.totals.items()}
    return (
        f"Sudah masuk: {each['delivered']} dari {each['units']} unit. "
        f"Kesalahan: {each['faults']}. Temuan: {each['findings']}."
    )


_OUTSIDE = {
    "internal_only": "hanya disurvei oleh unitnya sendiri",
    "other_scale": "skala jawabannya lain dari kebanyakan unit",
    "excluded": "kuesionernya kurang dari sepuluh",
}


def outside_city(work: FieldWork) -> str:
    """Which units do not enter the city's figures, and why; "" where all do."""
    told = []
    for reason, words in _OUTSIDE.items():
        names = [unit.name for unit in work.units if reason in unit.standing]
        if names:
            shown = ", ".join(names[:_NAMED])
            more = f", dan {count(len(names) - _NAMED)} lagi" * (len(names) > _NAMED)
            told.append(f"{words}: {shown}{more}")
    return f"Tidak ikut dalam angka kota – {'; '.join(told)}." if told else ""


def next_steps(work: FieldWork) -> tuple[str, ...]:
    """What to do about it, the most urgent first."""
    short = sum(unit.short > 0 for unit in work.units)
    steps = (
        (bool(work.faults), "Perbaiki kesalahan di atas; laporan belum dapat dibuat."),
        (bool(work.waiting), "Mintalah kiriman yang belum datang."),
        (
            bool(work.findings),
            "Tanyakan temuan kepada kantornya; catat pembetulan di "
            "decisions/corrections.csv.",
        ),
        (
            short > 0,
            f"Pada {count(short)} unit kuesioner yang dipakai belum mencapai rencana "
            "atau jumlah yang perlu.",
        ),
        (True, f"Sesudahnya periksa lagi dengan: skm check {work.study}"),
    )
    ready = not work.faults and not work.waiting
    done = (
        f"Semua kiriman dapat dibaca. Buatlah laporannya dengan: skm run {work.study}"
    )
    found = tuple(text for applies, text in steps[:-1] if applies)
    return (*found, done) if ready else (*found, steps[-1][1])
