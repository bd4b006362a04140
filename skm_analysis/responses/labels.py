"""What reasons, rules and bands are called where people read them."""

from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    "ragged_row": "jumlah isian pada barisnya berbeda dari jumlah kolom",
    "no_respondent": "jawaban yang tidak menyebut respondennya",
    "two_answers": "satu responden memberi jawaban berbeda untuk hal yang sama",
    "test_row": "baris uji coba yang dinyatakan mitra",
    "excluded": "dikeluarkan atas keterangan kantornya",
    "unknown_unit": "unit tidak dikenal",
    "unread_day": "tanggalnya kosong atau tidak terbaca",
    "out_of_period": "di luar masa survei",
    "unknown_stratum": "strata tidak dikenal",
    "empty": "tidak ada pertanyaan yang dijawab",
    "out_of_scale": "ada jawaban di luar skala",
    "not_whole_number": "ada jawaban yang bukan bilangan bulat",
    "too_few_items": "terlalu sedikit pertanyaan yang dijawab",
    "duplicate": "kiriman ganda dari responden yang sama",
}

RULES: Mapping[str, str] = {
    "spelling": "huruf besar-kecil, spasi, atau tanda baca disamakan",
    "digits": "angka ditulis dengan bentuk lain (misalnya 4,0 atau +4)",
    "labelled": "angka ditulis bersama bunyi jawabannya",
    "date_serial": "angka yang terbaca sebagai tanggal dikembalikan menjadi angka",
    "not_applicable": "dinyatakan tidak berlaku, dihitung sebagai tidak dijawab",
    "out_of_scale": "jawaban di luar skala, dihitung sebagai tidak dijawab",
    "not_whole_number": "jawaban yang bukan bilangan bulat, dihitung sebagai tidak "
    "dijawab",
    "two_columns": "dijawab berlainan pada dua kolom, dihitung sebagai tidak dijawab",
    "no_importance": "tingkat kepentingan yang tidak terbaca pada skala, dikosongkan",
    "implausible": "di luar rentang yang masuk akal, dikosongkan",
    "unreadable": "tidak terbaca sebagai salah satu kelompok, dikosongkan",
    "ambiguous": "menyebut lebih dari satu kelompok, dikosongkan",
    "other": "digabungkan ke Lainnya",
    "decided": "dikelompokkan menurut keputusan yang tercatat",
    "corrected": "dibetulkan menurut keputusan yang tercatat",
    "user_missing": "nilai yang di SPSS dinyatakan hilang, dikosongkan",
    "value_label": "angka di SPSS dibaca menurut labelnya",
    "cut_text": "komentar yang sangat panjang dipotong",
    "odd_signs": "tanda yang tidak tampak dihapus dari komentar",
    "mojibake": "komentar yang tampaknya salah penyandian, dibiarkan apa adanya",
    "total_row": "baris jumlah, rata-rata, atau indeks pada berkas bukan responden",
    "legend_row": "keterangan atau tanda tangan di bawah tabel bukan responden",
    "same_answer": "jawaban yang sama dari responden yang sama dihitung satu kali",
    "header_row": "baris judul kolom yang berulang di antara jawaban bukan responden",
    "heading_row": "baris keterangan di antara jawaban bukan responden",
    "label_row": "baris judul kedua di bawah judul kolom bukan responden",
    "numbering_row": "baris nomor kolom di bawah judul bukan responden",
}

PROFILE: Mapping[str, str] = {
    "sex": "Jenis kelamin",
    "age": "Usia",
    "education": "Pendidikan",
    "occupation": "Pekerjaan",
    "service": "Jenis layanan",
}

# What comments are about: the nine unsur, and what people write beside them.
NOTHING_SAID = "nihil"
THEMES: Mapping[str, str] = {
    "persyaratan": "Persyaratan",
    "prosedur": "Prosedur",
    "waktu": "Waktu penyelesaian",
    "biaya": "Biaya",
    "produk": "Hasil layanan",
    "kompetensi": "Kemampuan petugas",
    "perilaku": "Perilaku petugas",
    "sarana": "Sarana dan prasarana",
    "pengaduan": "Penanganan pengaduan",
    "antrean": "Antrean",
    "informasi": "Informasi dan layanan daring",
    "pujian": "Pujian dan terima kasih",
    "lainnya": "Lainnya",
    NOTHING_SAID: "Tanpa isi",
}

# The columns of the accepted table beside its items, where people read them.
COLUMNS: Mapping[str, str] = {
    "unit": "Unit pelayanan",
    "response": "Nomor respons, tanpa identitas",
    "source": "Asal jawaban",
    "stratum": "Strata",
    "cluster": "Kelompok pengumpulan, disamarkan",
    "day": "Hari pengumpulan, disamarkan",
    "counter": "Loket, disamarkan",
    "period": "Periode",
    **PROFILE,
}
SOURCES: Mapping[str, str] = {
    "external": "survei independen",
    "internal": "survei unit sendiri",
}

# The columns of the tables that tell how the accepted ones came about.
LOG_COLUMNS: Mapping[str, str] = {
    "response": "Nomor respons, tanpa identitas",
    "delivery": "Berkas kiriman",
    "row": "Baris dalam berkas",
    "unit": "Unit pelayanan",
    "reason": "Alasan disisihkan",
    "column": "Kolom",
    "rule": "Aturan pembacaan",
    "count": "Banyaknya",
    "direction": "Arah pembetulan",
    "variable": "Ciri responden",
    "written": "Ejaan yang tertulis",
    "band": "Kelompok",
    "spellings": "Banyaknya ejaan",
    "status": "Keadaan keputusan",
    "source": "Asal jawaban",
    "mode": "Cara pengumpulan",
    "format": "Susunan berkas yang ditemukan",
    "sha256": "Sidik jari berkas",
    "bytes": "Ukuran berkas",
    "rows_read": "Baris yang dibaca",
    "accepted": "Diterima",
    "set_aside": "Disisihkan",
    "repeated_id": "Baris dengan identitas yang sama",
    "repeated_row": "Baris yang seluruh isinya sama",
    "outside_period": "Diterima di luar masa survei",
    "blank_words": "Kata yang sering berarti kosong",
    "unread": "Kolom yang tidak dibaca",
    "sheet": "Lembar",
    "measure": "Ukuran",
    "item": "Unsur atau indikator",
    "printed": "Angka yang tertulis",
    "theme": "Tema komentar",
    "paraphrase": "Parafrasa yang disetujui",
}

OTHER = "Lainnya"
UNKNOWN = "Tidak diketahui"  # how an empty band is shown

# In the order in which they are tabulated; a service has the unit's own categories.
BANDS: Mapping[str, tuple[str, ...]] = {
    "sex": ("Laki-laki", "Perempuan"),
    "age": ("< 17", "17–25", "26–35", "36–45", "46–55", "> 55"),
    "education": (
        "Tidak tamat SD",
        "SD",
        "SMP",
        "SMA/SMK",
        "Diploma",
        "S1/D4",
        "S2",
        "S3",
    ),
    "occupation": (
        "PNS/ASN",
        "TNI",
        "POLRI",
        "TNI/POLRI",
        "Swasta",
        "Wirausaha",
        "Pelajar/Mahasiswa",
        "Ibu rumah tangga",
        OTHER,
    ),
}
