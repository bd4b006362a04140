"""Words of the questionnaires: what a question is about, and what an answer may say.

Two uses. A question whose every word is known is about exactly one unsur, or it is not
sure (`wordings`). And a cell of a delivered file is shown only if each of its words is
a word of the scales (`screening`): a name or an address never is.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from skm_analysis.responses.masking.words import COMMON
from skm_analysis.responses.spelling import fold

# What a question is about; the words of one unsur mean no other.
_CONCEPTS: Mapping[str, str] = {
    "persyaratan": "persyaratan syarat persyaratannya",
    "prosedur": "prosedur alur mekanisme sistem tahapan sop prosedural tatacara",
    "waktu": "waktu kecepatan cepat lama jangka durasi tepatwaktu secepat",
    "biaya": "biaya tarif ongkos retribusi gratis pungutan dibayarkan dipungut bayar "
    "pembayaran",
    "produk": "produk spesifikasi hasil",
    "kompetensi": "kompetensi kompeten kemampuan mampu keahlian ahli keterampilan "
    "terampil pengetahuan cakap kecakapan profesional profesionalisme menguasai "
    "profesionalitas",
    "perilaku": "perilaku kesopanan sopan keramahan ramah santun kesantunan sikap "
    "bersikap etika senyum tingkah",
    "sarana": "sarana prasarana sarpras fasilitas peralatan gedung",
    "pengaduan": "pengaduan aduan mengadu keluhan komplain saran masukan",
    "maklumat": "maklumat",
}
# Words that go with an unsur and make it no other question.
_COMPANIONS: Mapping[str, str] = {
    "persyaratan": "dokumen administrasi diminta dipenuhi penuhi kelengkapan lengkap "
    "pengurusan diurus surat",
    "prosedur": "pengurusan sederhana kesederhanaan berbelit dipahami pahami diikuti "
    "diterapkan pemahaman",
    "waktu": "penyelesaian selesai diselesaikan dijanjikan proses ketepatan tepat "
    "melayani dokumen tunggu",
    "biaya": "kewajaran wajar resmi dikenakan keluarkan dikeluarkan dipungut "
    "keterjangkauan terjangkau luar dibayar ketentuan",
    "produk": "standar tercantum minta diminta ketentuan ditetapkan jenis",
    "kompetensi": "tugas menangani permohonan penjelasan bekerja pekerjaan "
    "melayani pelaksana",
    "perilaku": "melayani murah pelaksana masyarakat laku",
    "sarana": "pendukung kondisi kelengkapan lengkap memadai ruang tunggu tersedia "
    "ketersediaan kelayakan layak",
    "pengaduan": "penanganan ditangani ditindaklanjuti tindak lanjut respon respons "
    "pengelolaan dikelola tersedia kotak tempat menyampaikan masyarakat pengguna "
    "kritik ditanggapi menanggapi tanggapan pelanggan",
    "maklumat": "pelayanan pelaksanaan standar",
}
# The frame of a question: it says nothing of what is asked.
_FRAME_WORDS = """
    a ada adalah akan anda antara apa apakah atas atau bagaimana bagaimanakah bagi
    bapak baik bersama berdasarkan dalam dan dari dengan di diberikan diperoleh
    dirasakan diterima dilakukan hal ibu ini itu jenis kami kantor ke kelurahan
    kecamatan kejelasan jelas kemudahan kepada kesesuaian kualitas layanan loket
    mengenai memberikan mencapai mendapatkan menerima menurut mudah oleh opd pada
    pegawai pelayanan pemberian penilaian penyelenggara pendapat pribadi puskesmas
    saat sangat saudara saudari saya sdr secara sesuai setelah sudah telah tentang
    terhadap terkait terima tersebut tidak dinas unit untuk unsur yang petugas staf
    staff karyawan aparatur operator pemberi aspek harus rasa jasa tingkat seberapa
    penting kepentingan harapan kinerja bila jika rsud
"""
_FRAME = frozenset(_FRAME_WORDS.split())
# Of these a shown answer is made, and of nothing else.
_ANSWERS_WORDS = """
    ada agak aman baik banyak belum benar berfungsi berpengalaman bersih bagus biasa
    buruk cepat cukup dan dengan dikelola disiplin gratis harmonis informatif jarang
    jelas jelek kadang kadang-kadang keren kompeten kurang lama lambat layak lebih
    lengkap mahal maksimal mampu memadai memuaskan mengerti menyenangkan mudah murah
    nyaman optimal pasti penting pernah puas rapi ramah rumit sama sangat sekali
    sebagian sedang selalu semua sering sesuai setuju sopan standar sulit tanggap
    tapi tepat terampil terbatas terjangkau terlalu tetapi tersedia tidak tinggi
    rendah wajar waktu ya yang atau berlaku relevan netral ragu-ragu ragu bisa dapat
    bertanggungjawab bertanggung jawab adil responsif ditindaklanjuti diskriminatif
    profesional kompetensi berkualitas luar dipungut biaya bayar dikenakan sesuainya
banyaknya tepatnya andal diri
"""
_ANSWERS = frozenset(_ANSWERS_WORDS.split())
NOT_APPLICABLE = frozenset(
    {"tidak berlaku", "tidak relevan", "n/a", "na", "not applicable"}
    | {"tidak menggunakan", "tidak menggunakan layanan ini", "t/b"}
)
# Degrees of agreement, quality, satisfaction and ease, from the lowest, as sheets
# abbreviate them: sangat tidak setuju, tidak baik, tidak puas, tidak mudah.
DEGREES = (
    *(("sts", "ts", "s", "ss"), ("ts", "ks", "s", "ss"), ("tb", "kb", "b", "sb")),
    *(("tp", "kp", "p", "sp"), ("tm", "km", "m", "sm")),
)
ABBREVIATED = frozenset(text for degrees in DEGREES for text in degrees)
CODED = re.compile(r"ao?0?(\d)")  # the answers of LimeSurvey: A1, AO02
# May be a blank or an answer of its own: a person decides.
PERHAPS_NOT_APPLICABLE = frozenset(
    {"-", "--", "tidak tahu", "tidak menjawab", "kosong", "x", "tt", "tj"}
)

_BY_WORD = {
    word: concept for concept, words in _CONCEPTS.items() for word in words.split()
}
_LONG_WORDS = [word for word in _BY_WORD if len(word) >= 7]
_WITH = {concept: frozenset(words.split()) for concept, words in _COMPANIONS.items()}
_MISSPELT = 0.95  # Jaro–Winkler: one slip in a long word
_JOINED = (("tata cara", "tatacara"), ("tepat waktu", "tepatwaktu"))


@lru_cache(4096)
def _told(text: str) -> tuple[str, ...]:
    plain = " ".join(re.findall(r"[^\W\d_]+", fold(text)))
    for apart, joined in _JOINED:
        plain = plain.replace(apart, joined)
    return tuple(_bare(word) for word in plain.split())


def words_of(text: str) -> list[str]:
    """The words, without what is only glued to them.

    >>> words_of("Bagaimana ramahnya pegawai saat sibuk?")
    ['bagaimana', 'ramah', 'pegawai', 'saat', 'sibuk']
    >>> words_of("tata cara"), words_of("Jumlah")
    (['tatacara'], ['jumlah'])
    """
    return list(_told(text))


# Words that end so by themselves.
_WHOLE = frozenset(
    {"adalah", "istilah", "jumlah", "langkah", "masalah", "sekolah", "setelah"}
)


def _bare(word: str) -> str:
    if word in _WHOLE:
        return word
    return re.sub(r"(?<=\w{3})(nya|kah|lah)$", "", word)


@lru_cache(4096)
def concept_of(word: str) -> str:
    """The unsur that a word names, "" for none; a slip in a long word is seen through.

    >>> concept_of("keramahan"), concept_of("persaratan"), concept_of("apotek")
    ('perilaku', 'persyaratan', '')
    """
    if word in _BY_WORD:
        return _BY_WORD[word]
    if len(word) < 7 or word in _FRAME:
        return ""
    found = process.extractOne(
        word, _LONG_WORDS, scorer=JaroWinkler.similarity, score_cutoff=_MISSPELT
    )
    return _BY_WORD[found[0]] if found else ""


def concepts(text: str) -> set[str]:
    return {concept for word in words_of(text) if (concept := concept_of(word))}


def unexplained(text: str, concept: str) -> list[str]:
    """Words of a question that are neither its frame nor go with `concept`."""
    return [
        word
        for word in words_of(text)
        if word not in _FRAME
        and word not in _WITH.get(concept, ())
        and concept_of(word) != concept
    ]


def content(text: str) -> str:
    """What is left of a question without its frame, for comparing wordings."""
    return " ".join(word for word in words_of(text) if word not in _FRAME)


def is_about_service(text: str) -> bool:
    """Whether any word is one of the questionnaires: a person's name has none."""
    told = words_of(text)
    return any(word in _ABOUT or concept_of(word) for word in told)


_ABOUT_WORDS = """
    pelayanan layanan petugas pegawai persyaratan kebersihan kenyamanan keamanan
    kejelasan kemudahan kesesuaian kecepatan kedisiplinan keadilan kepastian
    ketepatan ketersediaan kepuasan pendapat saudara bagaimana apakah seberapa
    informasi antrean antrian ruang toilet parkir jadwal obat dokter rujukan unsur
    pertanyaan soal jawaban penilaian indikator tanggung jawab kewajaran kualitas
    kondisi kepentingan harapan kinerja nilai skor butir akses aplikasi website lokasi
    diskriminasi korupsi pungli percaloan imbalan gratifikasi
"""
_ABOUT = frozenset(_ABOUT_WORDS.split())


_CALLED_WORDS = """
    nama lengkap responden nomor no hp wa whatsapp telepon telp handphone email e mail
    surel alamat rumah tanggal tgl lahir tempat jenis kelamin jk gender usia umur tahun
    pendidikan terakhir pekerjaan utama profesi keperluan poli yang saran kritik masukan
    komentar keluhan harapan pesan catatan keterangan dan atau untuk perbaikan kami kode
    id timestamp cap stempel waktu survei survey kuesioner kuisioner formulir lembar
    berkas urut resp formulir periode bulan semester triwulan strata petugas enumerator
    surveyor pewawancara unit kerja opd skpd instansi dinas lokasi loket kelurahan
    kecamatan puskesmas gerai nik ktp kk npwp sim foto tanda tangan ttd ip address
    jumlah total rata rerata nrr ikm nilai skor score indeks mutu kategori hasil start
    end today deviceid submission time submitdate lastpage startlanguage seed datestamp
    uuid version index status notes tags latitude longitude altitude precision lokasi
    koordinat gps geolocation date created updated deleted at response last page
    language started submitted action pengiriman mulai halaman bahasa awal pengisian
    isian isi jam username name first full age sex occupation education service antrian
    antrean kendaraan polisi plat nopol rekening identitas bpjs validation submitted by
    bagian bapak ibu saudara anda l p meta formhub interviewtime token refurl ipaddr
    jns res jml tuliskan sebutkan pend pddk ket bersedia mengisi
"""
_KNOWN = _FRAME | _ANSWERS | _ABOUT | frozenset(_CALLED_WORDS.split())


def is_of_known_words(header: str) -> bool:
    """Whether each word of a header is one by which columns of surveys are called.

    >>> is_of_known_words("Kritik dan saran"), is_of_known_words("Saran Bu Siti")
    (True, False)
    """
    told = [word for part in words_of(header) for word in part.split()]
    return all(word in _KNOWN or bool(concept_of(word)) for word in told)


_EVERYDAY_WORDS = """
    berikut berikutnya dibawah pernyataan menilai mohon berilah bagian nomor dimensi
    ajar aksi alat anggota anjuran antikorupsi aturan bahan bakar ban bayi bebas
    belajar belanja berapa berbelit belit berkaitan berkunjung bermain bersangkutan
    buku cetak cuaca daring data digital dikuasai dilengkapi dimengerti dipahami
    diselesaikan diterapkan diurus dokumen ekonomi elektronik evakuasi gangguan gedung
    grup group rsud rumah sakit klinik uptd upt hukum inap inti internet isi jaringan
    juru kamar kampus kantin kategori
    keluaran kondisi konsultasi kotak kuisioner laman laku layar lingkungan listrik
    luas luring lulusan makanan mandiri maklumat manfaat matriks media mediasi memahami
    memberatkan memenuhi memeriksa memperoleh menanggapi menjawab menampung
    merespons merupakan minuman mobil mutu nasional negara nilai obat online pajak
    pangan pelapor pelajar peduli pemohon penuhi permohonan peserta pilih pilihan
    praktik praktek produk profil proses publik rawat rekomendasi respon respons
    sampah sanitasi sederhana sekarang setempat siaran sisi situs skm skor sosial
    sosialisasi sumber survei swasta tambahan tanah tanda target teknis teknologi
    terbuka ternak toilet transparan transportasi udara urutan usul usulan video
    wawancara web wilayah wisata yaitu yakni zona kolom bagaimana data ulang aparat
    ini adalah kah kesan kota kabupaten provinsi desa nagari jorong kampung dusun asal
    hari pekan minggu bulan tahun pagi siang sore kali jumlah banyak berapa siapa mana
    tahu kenal dengar lihat baca dapat wajib laki perempuan pria lelaki cowok cewek
    non maupun status kawin menikah belum cerai agama suku bangsa golongan pangkat
    jabatan npwp
"""
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
# Formed so, a word is no name: kelengkapan, penyampaian, merekomendasikan.
_FORMED = re.compile(r"(?:ke|pe)\w{4,}an|(?:me|di)\w{3,}kan")
_IDENTIFIER = re.compile(r"[a-z0-9_]+(?:/[a-z0-9_]+)+")


def holds_known_words_only(header: str, more: frozenset[str]) -> bool:
    """Whether no word of a header can be of a person; `more` are known as well.

    >>> holds_known_words_only("Kebersihan kantin", frozenset())
    True
    >>> holds_known_words_only("Keramahan zulaikha", frozenset())
    False
    """
    written = fold(header)
    if _IDENTIFIER.fullmatch(written):  # KoboToolbox: groups and a name
        written = written.rpartition("/")[2]
    told = [part for word in words_of(written) for part in word.split()]
    return all(
        len(word) <= 2
        or word in _KNOWN
        or word in _EVERYDAY
        or word in COMMON
        or word in more
        or bool(concept_of(word) or _FORMED.fullmatch(word))
        or any(word in companions for companions in _WITH.values())
        for word in told
    )


def is_answer_wording(text: str) -> bool:
    """Whether every word of a cell is one of which answers are made.

    >>> is_answer_wording("Ada tetapi tidak berfungsi"), is_answer_wording("Siti baik")
    (True, False)
    """
    written = fold(text.replace("_", " "))
    if CODED.fullmatch(written):
        return True
    plain = re.findall(r"[^\W_]+(?:-[^\W_]+)*", written)
    only_words = not re.sub(r"[^\W_]|[-\s/,.&']", "", written)
    return (
        bool(plain)
        and len(plain) <= 8
        and only_words
        and all(word in _ANSWERS for word in plain)
    )
