"""What respondents of three units wrote in 2021; with data of people who are nobody."""

# Every name is made up, and no telephone, NIK or plate here can be given out.
_OF_A_UNIT = {
    "kel-ngalau": (
        "Kursi di ruang tunggu mohon ditambah",
        "kursi tunggu kurang, banyak yang berdiri",
        "Antrean lama, petugas cuma satu",
        "antri dari pagi baru dipanggil siang",
        "Bu Contohwati di loket 1 sangat ramah, terima kasih",
        "Tolong kabari di 0800-000-{number:04d} kalau surat sudah jadi",
        "Pelayanan sudah baik, pertahankan.",
        "tidak ada",
        "Tempat parkir sempit",
        "NIK saya 0000 0000 0000 {number:04d} salah ketik di surat",
        "toilet kotor",
        "Pelayanan cepat dan baik",
    ),
    "rsud": (
        "Dokter datang terlambat, menunggu 3 jam",
        "Obat sering kosong",
        "Ruang tunggu panas, kipas rusak",
        "perawat sangat sabar dan ramah",
        "an. Contohani sudah daftar online tetapi antri lagi",
        "Mohon AC diperbaiki",
        "surel saya contoh{number}@example.org, hasil lab belum dikirim",
        "Alhamdulillah puas",
        "-",
        "parkir mobil penuh, BA 0000 {letter}X dua jam berputar",
        "Informasi jadwal dokter tidak jelas",
        "antrean apotek terlalu lama",
    ),
    "dukcapil": (
        "KTP lama sekali, sudah 3 bulan",
        "blangko KTP habis terus",
        "aplikasi sering error",
        "Antrean online bagus, lanjutkan",
        "nihil",
        "Rumah saya di Jl. Contoh No. 0 RT 00, mohon ada layanan keliling",
        "petugas kurang senyum",
        "syarat akta terlalu banyak fotokopi",
        "hubungi kosong delapan kosong kosong kosong kosong kosong satu",
        "Terima kasih, pelayanan gratis",
        "nomor antrean dilewati",
        "loket dibuka lebih pagi",
    ),
}


def in_own_words(unit: str, year: int, number: int, usual: str) -> str:
    """What this respondent wrote in place of the `usual` remark, if that is any."""
    if year != 2021 or unit not in _OF_A_UNIT or not usual:
        return usual
    listed = _OF_A_UNIT[unit]
    said = listed[number * 7 % len(listed)]
    return said.format(number=number, letter="ABCD"[number % 4])
