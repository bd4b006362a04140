"""Which theme a comment may be about: proposed by its words, decided by people."""

import re
import unicodedata
from collections.abc import Mapping

from skm_analysis.responses.labels import NOTHING_SAID

_WORD = re.compile(r"[^\W_]+")
_MASK = re.compile(r"\[[^\]]*\]")

# A word that begins with one of these speaks of the theme; "=" asks for the whole word.
# Where two themes are spoken of as often, the first one here is proposed.
_STEMS: Mapping[str, str] = {
    "antrean": ("antri antre ngantri ngantre mengantri mengantre giliran urut =urutan"),
    "biaya": (
        "biaya tarif bayar dibayar membayar mahal murah pungli pungut uang rupiah "
        "gratis kuitansi kwitansi retribusi denda =rp calo"
    ),
    "sarana": (
        "sarana prasarana kursi bangku ruang parkir toilet wc kamar mushola musala "
        "=ac kipas dingin panas gedung kantin wifi =tv televisi dispenser lift tangga "
        "difabel disabilitas kebersihan bersih kotor bau fasilitas pojok menyusui "
        "bermain penerangan lampu halaman jalan papan komputer printer kertas =kafe "
        "gelap sempit"
    ),
    "pengaduan": (
        "adu pengaduan mengadu keluhan mengeluh komplain lapor melapor laporan kotak "
        "tindaklanjut"
    ),
    "informasi": (
        "informasi info sosialisasi pengumuman brosur website =web situs aplikasi "
        "online daring =wa whatsapp medsos instagram internet jaringan sistem server "
        "error elektronik email digital =sms"
    ),
    "persyaratan": (
        "syarat persyaratan berkas dokumen fotokopi fotocopy kelengkapan surat "
        "=materai meterai pengantar"
    ),
    "prosedur": (
        "prosedur alur mekanisme berbelit ribet rumit mempersulit dipersulit "
        "birokrasi bolak lempar pingpong tahap berputar"
    ),
    "perilaku": (
        "ramah sopan senyum jutek judes ketus galak kasar marah cuek santun sabar "
        "perilaku sikap pilih diskriminasi membentak sapa"
    ),
    "kompetensi": (
        "kompeten terampil ahli mampu kemampuan paham mengerti profesional cekatan "
        "pelatihan salah keliru teliti petugas pegawai staf dokter perawat bidan"
    ),
    "waktu": (
        "waktu lama lambat lelet telat terlambat cepat dipercepat percepat jam menit "
        "hari minggu bulan menunggu tunggu ditunggu tepat pagi siang buka dibuka "
        "tutup disiplin molor"
    ),
    "produk": ("hasil produk cetak dicetak blangko blanko obat kualitas jadi rusak"),
}
_PRAISE = (
    "baik bagus puas memuaskan mantap mantab terbaik hebat keren pertahankan "
    "dipertahankan terima makasih trims ramah sopan cepat lancar nyaman sukses oke "
    "=ok top luar senang bersyukur alhamdulillah lanjutkan jempol"
)
_WANTS = (
    "mohon tolong tlg kurang tidak tdk tak belum blm jangan agar supaya perlu harus "
    "sebaiknya tambah ditambah tingkatkan ditingkatkan lebih lama lambat terlalu "
    "jarang sulit susah bukan tapi tetapi namun semoga harap berharap kecewa buruk "
    "jelek gak nggak ga boleh sempit kotor mahal"
)
_NOTHING = {
    *("tidak ada", "tdk ada", "tak ada", "ga ada", "gak ada", "nggak ada", "ada"),
    *("tidak", "tdk", "belum ada", "blm ada", "nihil", "nil", "kosong", "none", "no"),
    *(
        "na",
        "n a",
        "x",
        "xx",
        "xxx",
        "tidak ada saran",
        "tidak ada masukan",
        "tidak ada",
    ),
    *("tidak ada komentar", "tidak ada kritik", "tidak ada saran dan masukan"),
    *(
        "tidak ada kritik dan saran",
        "belum ada saran",
        "no comment",
        "nothing",
        "gaada",
    ),
    *("tidak ada keluhan", "tidak punya saran", "tidakada", "ndak ado", "indak ado"),
}


def propose_theme(comment: str) -> str:
    """A key of `labels.THEMES`; `nihil` where nothing is said.

    >>> propose_theme("Kursi ruang tunggu mohon ditambah")
    'sarana'
    >>> propose_theme("Pelayanan tidak baik"), propose_theme("Pelayanan baik")
    ('lainnya', 'pujian')
    >>> propose_theme(" - "), propose_theme("Tidak ada.")
    ('nihil', 'nihil')
    """
    words = _WORD.findall(_MASK.sub(" ", comment).casefold())
    if not words and not _is_drawn(comment):
        return "lainnya" if _MASK.search(comment) else NOTHING_SAID
    if " ".join(words) in _NOTHING or (words and all(map(str.isdigit, words))):
        return NOTHING_SAID
    if _speaks(words, _PRAISES) and not _speaks(words, _WANTED):
        return "pujian"
    found = {theme: _speaks(words, stems) for theme, stems in _BY_THEME.items()}
    best = max(found, key=lambda theme: found[theme])
    return best if found[best] else "lainnya"


def _is_drawn(comment: str) -> bool:
    """A thumb says something, a dash does not."""
    return any(unicodedata.category(sign) == "So" for sign in comment)


class _Stems:
    """Beginnings of words, and whole words."""

    def __init__(self, listed: str) -> None:
        stems = listed.split()
        self.whole = frozenset(x.removeprefix("=") for x in stems)
        self.begun = tuple(x for x in stems if not x.startswith("=") and len(x) > 3)

    def holds(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.begun)


def _speaks(words: list[str], stems: _Stems) -> int:
    return sum(map(stems.holds, words))


_BY_THEME = {theme: _Stems(stems) for theme, stems in _STEMS.items()}
_PRAISES, _WANTED = _Stems(_PRAISE), _Stems(_WANTS)
