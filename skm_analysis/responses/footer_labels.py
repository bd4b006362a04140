"""What the rows below the respondents of a worksheet are called, and what they hold.

Worksheets differ in every word of these labels, so they are told by their words and not
as wholes: "Σ Nilai /Unsur", "JML NILAI PER UNSUR" and "Jumlah Skor Unsur" are one.
"""

import re
from enum import StrEnum
from typing import NamedTuple

from skm_analysis.responses.spelling import fold


class Footer(StrEnum):
    """What a row of an office's own result holds."""

    N = "n"
    SUM = "sum"
    NRR = "nrr"
    NRR_WEIGHTED = "nrr_weighted"
    IKM = "ikm"
    OTHER = "other"  # weights, ranks, letters: no result that is compared


class Label(NamedTuple):
    footer: Footer
    bare: bool  # so short that it could be a person's name


_SHEETS = frozenset({"responden", "kuesioner", "kuisioner", "angket", "sampel", "n"})
_WEIGHTED = frozenset({"tertimbang", "tertbg", "tertimb", "terbobot", "ttb"})
_WEIGHT = frozenset({"bobot", "penimbang", "weight"})
_SUM = frozenset({"jumlah", "jml", "total", "sum", "subtotal"})
_EITHER = frozenset({"nilai", "skor"})  # alone: a sum or a mean
_MEAN = frozenset(
    {"nrr", "rata", "rata2", "ratarata", "rerata", "avg", "mean", "average"}
)
_FILLER = frozenset(
    {"per", "tiap", "setiap", "unsur", "indikator", "unit", "pelayanan", "layanan"}
    | {"semua", "seluruh", "keseluruhan", "dari", "yang", "terisi", "mengisi"}
    | {"menjawab", "x", "kali", "25", "ikm", "skm", "indeks", "grand", "sub", "akhir"}
    | {"banyak", "banyaknya", "persepsi", "jawaban", "hasil", "halaman", "u"}
)
_NUMBERS = frozenset({"0", "1", "9", "14", "11", "111", "071", "0111"})  # x 0,111
_KNOWN = _NUMBERS | _SHEETS | _WEIGHTED | _WEIGHT | _SUM | _EITHER | _MEAN | _FILLER
_BARE = _SUM | _EITHER | {"n", "grand", "sub"}
_INDEX = re.compile(
    r"(?:(?:nilai|angka|hasil|total|jumlah|konversi) )*(?:ikm|skm|indeks kepuasan)\b"
    r"|(?:nilai )?(?:indeks|interval)? ?konversi\b"
    r"|(?:nilai )?indeks(?: (?:unit|pelayanan|layanan|akhir|total))*$"
)
_OTHER = re.compile(
    r"(?:nilai )?(?:mutu|kinerja|kategori|predikat|kualitas|peringkat|ranking|rangking"
    r"|rank|prioritas|persentase|persen|nilai persepsi|maksimum|minimum|nilai maksimum"
    r"|nilai minimum|max|min|modus|median|standar deviasi|simpangan baku|varians)\b"
)
_LONGEST = 12  # words
# One of these stands in every label; most rows are done with after looking for them.
_TELLING = (
    _SHEETS
    | _WEIGHTED
    | _WEIGHT
    | _SUM
    | _EITHER
    | _MEAN
    | {"ikm", "skm", "indeks", "konversi", "indekskonversi", "intervalkonversi"}
    | {"mutu", "kinerja", "kategori", "predikat", "kualitas", "peringkat", "ranking"}
    | {"rangking", "rank", "prioritas", "persentase", "persen", "maksimum", "minimum"}
    | {"max", "min", "modus", "median", "standar", "simpangan", "varians"}
)
_PLAIN_WORD = re.compile("[a-z]+")


def read_label(text: str) -> Label | None:
    """What a row with this label holds; None for anything else.

    >>> read_label("Σ Nilai/Unsur"), read_label("**) IKM Unit Pelayanan").footer
    (Label(footer=<Footer.SUM: 'sum'>, bare=False), <Footer.IKM: 'ikm'>)
    >>> read_label("Total Sari"), read_label("Total").bare
    (None, True)
    >>> read_label("NRR tertimbang (x 0,11)").footer, read_label("Rata2").footer
    (<Footer.NRR_WEIGHTED: 'nrr_weighted'>, <Footer.NRR: 'nrr'>)
    """
    words = _words(text)
    told = " ".join(words)
    if not words or len(words) > _LONGEST:
        return None
    if _OTHER.match(told):
        return Label(Footer.OTHER, bare=False)
    known = set(words)
    if known <= _KNOWN and (footer := _of_words(words, known)):
        return Label(footer, bare=known <= _BARE | _NUMBERS)
    if _INDEX.match(told):
        return Label(Footer.IKM, bare=False)
    return None


def may_hold_label(text: str) -> bool:
    """Whether it is worth reading the labels in `text`; quick, and never wrongly no."""
    words = _PLAIN_WORD.findall(text.lower())
    return not text.isascii() or not _TELLING.isdisjoint(words)


def _of_words(words: list[str], known: set[str]) -> Footer | None:
    if known & _WEIGHTED or (known & _WEIGHT and known & _MEAN):
        return Footer.IKM if "25" in known else Footer.NRR_WEIGHTED
    if known & _WEIGHT:
        return Footer.OTHER
    if known & _SHEETS and not known & (_EITHER | _MEAN):
        counted = known & {"jumlah", "jml", "total", "banyak", "banyaknya"}
        return Footer.N if counted or words == ["n"] else None
    if known & _MEAN:
        return Footer.NRR
    if known & {"ikm", "skm"}:
        return Footer.IKM
    if known & _SUM:
        return Footer.SUM
    return Footer.OTHER if known & _EITHER else None


def _words(text: str) -> list[str]:
    told = fold(text).replace("σ", "jumlah ").replace("∑", "jumlah ")
    found = re.findall(r"[^\W_]+", told)
    return ["jumlah"] if found == ["jumlah"] * len(found) and found else found


_OPENING = re.compile(
    r"(?:keterangan|ket|catatan|legenda|mengetahui|menyetujui|disahkan|dibuat|petugas"
    r"|kepala|ketua|sekretaris|lurah|camat|direktur|plt|an|nip|nrp|mutu|kinerja|rumus"
    r"|unsur unsur|nilai persepsi|nilai interval|interval)\b"
    r"|u ?\d{1,2} (?:sampai|sd|s d|adalah|persyaratan|sistem|prosedur)\b"
    r"|(?:nrr|ikm) (?:nilai|adalah|indeks|tertimbang|per)\b"
    r"|[^\d]{3,40} \d{1,2} (?:januari|februari|maret|april|mei|juni|juli|agustus"
    r"|september|oktober|november|desember) \d{4}$"
)


def opens_legend(text: str) -> bool:
    """Whether a cell begins what stands below a worksheet: its legend, who signs.

    >>> opens_legend("Keterangan :"), opens_legend("Padang Panjang, 3 Mei 2021")
    (True, True)
    >>> opens_legend("Kepalawati"), opens_legend("12")
    (False, False)
    """
    return bool(_OPENING.match(" ".join(_words(text))))
