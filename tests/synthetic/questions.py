"""Question texts: the nine unsur of PermenPANRB 14/2017 and units' own indicators."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Item:
    """One question; `options` run from the lowest answer to the highest."""

    key: str
    label: str
    question: str
    options: tuple[str, ...]
    unsur: bool = False
    weight: str = ""


def _degrees(word: str) -> tuple[str, ...]:
    return (f"Tidak {word}", f"Kurang {word}", word.capitalize(), f"Sangat {word}")


_ASKED = "Bagaimana pendapat Saudara tentang"
_QUALITY = ("Buruk", "Cukup", "Baik", "Sangat baik")

UNSUR = {
    item.key: replace(item, unsur=True)
    for item in (
        Item(
            "persyaratan",
            "Persyaratan",
            f"{_ASKED} kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
            _degrees("sesuai"),
        ),
        Item(
            "prosedur",
            "Sistem, Mekanisme, dan Prosedur",
            "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit "
            "ini?",
            _degrees("mudah"),
        ),
        Item(
            "waktu",
            "Waktu Penyelesaian",
            f"{_ASKED} kecepatan waktu dalam memberikan pelayanan?",
            _degrees("cepat"),
        ),
        Item(
            "biaya",
            "Biaya/Tarif",
            f"{_ASKED} kewajaran biaya/tarif dalam pelayanan?",
            ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
        ),
        Item(
            "produk",
            "Produk Spesifikasi Jenis Pelayanan",
            f"{_ASKED} kesesuaian produk pelayanan antara yang tercantum dalam standar "
            "pelayanan dengan hasil yang diberikan?",
            _degrees("sesuai"),
        ),
        Item(
            "kompetensi",
            "Kompetensi Pelaksana",
            f"{_ASKED} kompetensi/kemampuan petugas dalam pelayanan?",
            _degrees("kompeten"),
        ),
        Item(
            "perilaku",
            "Perilaku Pelaksana",
            f"{_ASKED} perilaku petugas dalam pelayanan terkait kesopanan dan "
            "keramahan?",
            _degrees("sopan dan ramah"),
        ),
        Item(
            "sarana",
            "Sarana dan Prasarana",
            f"{_ASKED} kualitas sarana dan prasarana?",
            _QUALITY,
        ),
        Item(
            "pengaduan",
            "Penanganan Pengaduan, Saran dan Masukan",
            f"{_ASKED} penanganan pengaduan pengguna layanan?",
            (
                "Tidak ada",
                "Ada tetapi tidak berfungsi",
                "Berfungsi kurang maksimal",
                "Dikelola dengan baik",
            ),
        ),
    )
}

OWN = {
    item.key: item
    for item in (
        Item(
            "informasi",
            "Kejelasan Informasi",
            f"{_ASKED} kejelasan informasi layanan yang dipasang di kantor ini?",
            _degrees("jelas"),
        ),
        Item(
            "antrean",
            "Ketertiban Antrean",
            f"{_ASKED} ketertiban antrean pelayanan?",
            _degrees("tertib"),
        ),
        Item(
            "tunggu-apotek",
            "Waktu Tunggu di Apotek",
            f"{_ASKED} lamanya menunggu obat di apotek?",
            ("Sangat lama", "Lama", "Cepat", "Sangat cepat"),
        ),
        Item(
            "tunggu-poli",
            "Waktu Tunggu di Poliklinik",
            f"{_ASKED} lamanya menunggu diperiksa di poliklinik?",
            ("Sangat lama", "Lama", "Cepat", "Sangat cepat"),
        ),
        Item(
            "kebersihan",
            "Kebersihan",
            f"{_ASKED} kebersihan ruang tunggu dan toilet?",
            _degrees("bersih"),
        ),
        Item(
            "rujukan",
            "Kemudahan Rujukan",
            f"{_ASKED} kemudahan memperoleh surat rujukan?",
            _degrees("mudah"),
        ),
        Item(
            "jadwal-dokter",
            "Ketepatan Jadwal Dokter",
            f"{_ASKED} ketepatan dokter memulai pemeriksaan menurut jadwal?",
            _degrees("tepat"),
        ),
        Item(
            "kamar-rawat",
            "Kenyamanan Ruang Rawat",
            f"{_ASKED} kenyamanan ruang rawat inap?",
            _degrees("nyaman"),
        ),
        Item(
            "penjelasan-medis",
            "Kejelasan Penjelasan Medis",
            f"{_ASKED} kejelasan penjelasan tenaga medis tentang penyakit dan "
            "pengobatan?",
            _degrees("jelas"),
        ),
        Item(
            "keamanan",
            "Keamanan Lingkungan",
            f"{_ASKED} keamanan di lingkungan tempat pelayanan?",
            _degrees("aman"),
        ),
        Item(
            "kebersihan-terminal",
            "Kebersihan Terminal",
            f"{_ASKED} kebersihan peron, ruang tunggu, dan toilet terminal?",
            _degrees("bersih"),
        ),
        Item(
            "jadwal-angkutan",
            "Kejelasan Jadwal Angkutan",
            f"{_ASKED} kejelasan jadwal keberangkatan angkutan?",
            _degrees("jelas"),
        ),
        Item(
            "kemudahan-sistem",
            "Kemudahan Sistem Daring",
            f"{_ASKED} kemudahan menggunakan sistem perizinan daring?",
            _degrees("mudah"),
        ),
        Item(
            "ketepatan-bantuan",
            "Ketepatan Sasaran Bantuan",
            f"{_ASKED} ketepatan sasaran penerima bantuan sosial?",
            _degrees("tepat"),
        ),
        Item(
            "pendampingan",
            "Pendampingan",
            f"{_ASKED} bantuan pendamping sosial selama pengurusan?",
            _degrees("membantu"),
        ),
        Item(
            "pembinaan",
            "Pembinaan Usaha",
            f"{_ASKED} manfaat pembinaan bagi usaha Saudara?",
            _degrees("bermanfaat"),
        ),
        Item(
            "tera-ulang",
            "Ketelitian Tera Ulang",
            f"{_ASKED} ketelitian petugas saat menera ulang alat timbang?",
            _degrees("teliti"),
        ),
        Item(
            "koleksi",
            "Kelengkapan Koleksi",
            f"{_ASKED} kelengkapan koleksi buku?",
            _degrees("lengkap"),
        ),
        Item(
            "ruang-baca",
            "Kenyamanan Ruang Baca",
            f"{_ASKED} kenyamanan ruang baca?",
            _degrees("nyaman"),
        ),
        Item(
            "jam-layanan",
            "Kesesuaian Jam Layanan",
            f"{_ASKED} kesesuaian jam buka dengan kebutuhan Saudara?",
            _degrees("sesuai"),
        ),
    )
}

# A library that asks how satisfied its readers are, on five degrees.
FIVE_DEGREES = (
    "Sangat tidak puas",
    "Tidak puas",
    "Cukup puas",
    "Puas",
    "Sangat puas",
)
