"""Made-up remarks with personal data in ⟦ ⟧, and harmless ones without any.

Every remark is a hand-written template with a hand-written spelling of a made-up value.
Nobody is behind them: digits come from a seeded generator, names are made up.
"""

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

PER_KIND = 60
Digits = Callable[[int], str]


class Remark(NamedTuple):
    kind: str
    marked: str  # the secrets in ⟦ ⟧

    @property
    def text(self) -> str:
        return self.marked.replace("⟦", "").replace("⟧", "")


def remarks(seed: int = 14) -> list[Remark]:
    """`PER_KIND` remarks of each kind, the same every time."""
    rng = random.Random(seed)
    found = []
    for kind, (templates, spellings) in KINDS.items():
        for number in range(PER_KIND):
            template = templates[number % len(templates)]
            spelling = spellings[rng.randrange(len(spellings))]
            value = "".join(_filled(spelling, rng))
            found.append(Remark(kind, template.replace("{}", value)))
    return found


def _filled(spelling: str, rng: random.Random) -> Iterator[str]:
    """# is a digit, % a digit that is not 0, & a capital, w a word for a digit."""
    words = WORDS_OF_DIGITS[rng.randrange(len(WORDS_OF_DIGITS))].split()
    for sign in spelling:
        if sign == "#":
            yield str(rng.randrange(10))
        elif sign == "%":
            yield str(rng.randrange(1, 10))
        elif sign == "&":
            yield rng.choice("ABCDEFGHJKLMNPRSTUVWXYZ")
        elif sign == "ŵ":
            yield words[rng.randrange(10)]
        elif sign == "٪":
            yield chr(0x0660 + rng.randrange(10))
        elif sign == "＃":
            yield chr(0xFF10 + rng.randrange(10))
        else:
            yield sign


WORDS_OF_DIGITS = (
    "nol satu dua tiga empat lima enam tujuh delapan sembilan",
    "kosong satu dua tiga empat lima enam tujuh delapan sembilan",
    "Nol Satu Dua Tiga Empat Lima Enam Tujuh Delapan Sembilan",
)

PHONES = (
    "⟦08%%########⟧",
    "⟦08%%-####-####⟧",
    "⟦08%% #### ####⟧",
    "⟦08%%.####.###⟧",
    "⟦+628%%########⟧",
    "⟦+62 8%%-####-####⟧",
    "⟦+62 (8%%) #### ####⟧",
    "⟦628%%########⟧",
    "⟦62-8%%-###-####⟧",
    "⟦(0752) 8%###⟧",
    "⟦0752-8%###⟧",
    "⟦0752 8%####⟧",
    "⟦0 8 % % # # # # # # # #⟧",
    "⟦0-8-%-%-#-#-#-#-#-#-#⟧",
    "⟦O8%%########⟧",
    "⟦o8%% #### #O##⟧",
    "⟦08I%########⟧",
    "⟦٠٨٪٪٪٪٪٪٪٪٪٪⟧",
    "⟦０８＃＃＃＃＃＃＃＃＃＃⟧",
    "⟦08%%\u200b####\u200b####⟧",
    "⟦08%%/#######⟧",
    "⟦(08%%) ###-####⟧",
    "⟦08%%–####–####⟧",
    "⟦08 %%## ## ## ##⟧",
)
PHONE_WORDS = (
    "⟦nol delapan ŵ ŵ ŵ ŵ ŵ ŵ ŵ ŵ ŵ⟧",
    "⟦kosong delapan ŵ ŵ ŵ ŵ ŵ ŵ ŵ ŵ⟧",
    "⟦nol delapan ŵ, ŵ ŵ ŵ, ŵ ŵ ŵ⟧",
    "⟦nol-delapan-ŵ-ŵ-ŵ-ŵ-ŵ-ŵ-ŵ⟧",
    "⟦08 ŵ ŵ #### ŵ ŵ⟧",
    "⟦nol 8 ŵ # ŵ # ŵ # ŵ #⟧",
    "plus ⟦enam dua ŵ ŵ ŵ ŵ ŵ ŵ ŵ ŵ⟧",
    "⟦NOL DELAPAN ŵ ŵ ŵ ŵ ŵ ŵ ŵ⟧",
    "⟦nol delapan ŵ ŵ dobel ŵ ŵ ŵ ŵ⟧",
)
TO_CALL = (
    "Tolong hubungi saya di {} kalau KTP sudah jadi",
    "no hp saya {}, mohon dikabari",
    "WA: {}",
    "kalau ada info bisa telp {} ya pak",
    "{} itu nomor saya, belum pernah dihubungi",
    "Sudah dua kali menelepon dari {} tetapi tidak diangkat.",
    "pelayanan bagus. hub {}",
    "Saran: buat grup WA, masukkan {}",
    "mohon dikirim lewat sms ke {} karena rumah saya jauh",
    "Nomor kantor {} tidak pernah aktif",
    "hp{} trims",
    "Antrian lama, saya ({}) menunggu 3 jam",
)
NIKS = (
    "⟦1374############⟧",
    "⟦3201############⟧",
    "⟦13 74 0% ###### ####⟧",
    "⟦13.74.0%.######.####⟧",
    "⟦1374 #### #### ####⟧",
    "⟦1374-####-####-####⟧",
    "⟦1374\u200b########\u200b####⟧",
    "⟦13740%######-####⟧",
    "⟦1 3 7 4 0 1 # # # # # # # # # #⟧",
    "⟦１３７４＃＃＃＃＃＃＃＃＃＃＃＃⟧",
    "⟦١٣٧٤٪٪٪٪٪٪٪٪٪٪٪٪⟧",
    "⟦1374O1########O%⟧",
    "⟦1374/0%####/######⟧",
    "⟦1374_0%##_####_####⟧",
)
WITH_NIK = (
    "NIK saya {} belum aktif di sistem",
    "nik {} salah ketik di KK",
    "Mohon cek {} karena data ganda",
    "KTP ({}) sudah 3 bulan belum jadi",
    "no KK {} atas pengajuan bulan lalu",
    "sudah daftar dengan {}, ditolak terus",
    "petugas salah menulis {}",
    "NIK:{}",
    "No. Induk Kependudukan {} tidak ditemukan. Mohon bantuannya.",
    "tolong perbaiki {} di BPJS saya",
)
NIPS = (
    "⟦19%#0%1#201#0%100#⟧",
    "⟦19%#0%1# 201#0% 1 00#⟧",
    "⟦19%#0%1#.201#0%.1.00#⟧",
    "⟦19%#0%1#-201#0%-1-00#⟧",
    "⟦19%# 0%1# 201# 0%1 00#⟧",
    "⟦１９８＃０１１＃２０１＃０１１００＃⟧",
)
WITH_NIP = (
    "pegawai NIP {} tidak ramah",
    "NIP. {} mohon dibina",
    "Petugas dengan nip {} sangat membantu",
    "nomor pegawai {} tidak di tempat",
    "yang bertugas {} sering terlambat",
    "saya catat {} dari papan nama",
)
ACCOUNTS = (
    "⟦##########⟧",
    "⟦%###-##-######-##-#⟧",
    "⟦%## ### ####⟧",
    "⟦%##-#######⟧",
    "⟦%##.###.###.#⟧",
    "⟦%# ### ### ## #⟧",
    "⟦%#.###.###.#-###.###⟧",
    "⟦000%%%%%%%%%#⟧",
    "A ⟦########⟧",
)
WITH_ACCOUNT = (
    "uang saya dikirim ke rek BRI {} belum kembali",
    "no rekening {} salah",
    "rek: {}",
    "NPWP {} mohon diaktifkan",
    "kartu BPJS {} tidak bisa dipakai",
    "Nomor pendaftaran {} hilang dari sistem",
    "nomor paspor {} sudah dikirim",
    "transfer ke {} katanya untuk biaya admin",
)
MAILS = (
    "⟦siti.kanari@example.org⟧",
    "⟦sitikanari##@example.com⟧",
    "⟦siti_kanari@example.co.id⟧",
    "⟦SITI.KANARI@EXAMPLE.COM⟧",
    "⟦siti.kanari⟧ @ ⟦example⟧ . com",
    "⟦sitikanari⟧ at ⟦example⟧ dot com",
    "⟦sitikanari⟧(at)⟦example⟧.com",
    "⟦sitikanari⟧ [at] ⟦example⟧ [dot] com",
    "⟦sitikanari@gmail⟧",
    "⟦sitikanari⟧ et gmail titik com",
    "⟦kanari-%#+skm@mail.example.id⟧",
    "⟦sitikanari⟧＠⟦example.com⟧",
    "⟦sitikanari⟧@⟦example⟧,com",
    "⟦sitikanarigmail.com⟧",
)
WITH_MAIL = (
    "kirim hasilnya ke {} saja",
    "Email saya {}",
    "alamat surel: {} mohon dibalas",
    "saya sudah menyurat dari {} tidak ada jawaban",
    "tolong formulirnya dikirim ({})",
    "Hubungi {} bila berkas lengkap.",
    "{} itu email saya yang baru",
)
PLATES = (
    "⟦BA %### &&⟧",
    "⟦BA%###&&⟧",
    "⟦BA-%###-&&⟧",
    "⟦BA.%###.&⟧",
    "⟦ba %### &&⟧",
    "⟦ba%###n⟧",
    "⟦B %### &&&⟧",
    "⟦BM %## &⟧",
    "⟦b %### &&&⟧",
    "⟦Ba %### &&⟧",
    "⟦D %### &&⟧",
    "⟦BA  %###  &&⟧",
    "⟦B A %### & &⟧",
    "⟦BA %###⟧",
    "⟦AB_%###_&&⟧",
)
WITH_PLATE = (
    "motor saya {} hilang di parkiran",
    "mobil {} parkir sembarangan",
    "Angkot {} ugal-ugalan",
    "plat {} menghalangi ambulans",
    "tolong tertibkan {} di depan kantor",
    "nopol {}",
    "sudah setor STNK ({}) tapi belum jadi",
    "Kendaraan dinas {} dipakai hari Minggu.",
)
ADDRESSES = (
    "Jl. ⟦Melati⟧ No. ⟦%#⟧ RT ⟦03⟧/RW ⟦07⟧",
    "Jln ⟦Anggrek Raya⟧ no ⟦%⟧",
    "jl ⟦melati⟧ no ⟦%#⟧",
    "Jalan ⟦Sudirman⟧ Nomor ⟦%#%⟧",
    "jalan ⟦kenanga⟧ no.⟦%⟧",
    "JL. ⟦MAWAR⟧ NO. ⟦%#⟧",
    "Jl.⟦Dr. Hamka⟧ ⟦%#⟧",
    "Gg. ⟦Mawar⟧ RT ⟦02⟧",
    "Gang ⟦Melur⟧ nomor ⟦%#⟧",
    "RT. ⟦%⟧ RW. ⟦0%⟧ Kelurahan Ngalau",
    "rt⟦0%⟧/rw⟦0%⟧",
    "RT ⟦00%⟧ / RW ⟦00%⟧",
    "Perumahan ⟦Griya Asri⟧ Blok ⟦C⟧ No ⟦%#⟧",
    "perum ⟦griya asri⟧ blok ⟦c%⟧",
    "Komplek ⟦Taman Indah⟧ blok ⟦D%/%⟧",
    "Lorong ⟦Cempaka⟧ No ⟦%⟧",
    "Dusun ⟦Sukamaju⟧ RT ⟦0%⟧",
    "jl. ⟦raya bukit surungan⟧ km ⟦%⟧",
)
WITH_ADDRESS = (
    "rumah saya di {} belum dapat bantuan",
    "Alamat {} salah tulis di KTP",
    "saya warga {}",
    "tolong kirim ke {}",
    "lampu jalan di {} mati sejak lama",
    "Saya tinggal di {}.",
    "{} tidak pernah didata",
    "data saya ({}) belum pindah",
)
NAMES = (
    "Pak ⟦Burhanto⟧",
    "Bapak ⟦Burhanto Wirja⟧",
    "Bpk. ⟦Burhanto⟧",
    "Ibu ⟦Sulistri Kanari⟧",
    "Bu ⟦Sulistri⟧",
    "pak ⟦burhanto⟧",
    "bu ⟦sulistri⟧",
    "Sdr. ⟦Burhanto⟧",
    "Sdri ⟦Sulistri Kanari⟧",
    "Saudara ⟦Burhanto⟧",
    "mbak ⟦Yulianis⟧",
    "Mas ⟦Burhanto⟧",
    "dr. ⟦Sulistri⟧",
    "Uni ⟦Yulianis⟧",
    "uda ⟦burhanto⟧",
    "PAK ⟦BURHANTO⟧",
    "Bang ⟦Burhan⟧",
    "Kak ⟦Yulianis Putri⟧",
    "Hj. ⟦Sulistri⟧",
    "bapak ⟦burhanto⟧",
)
WITH_NAME = (
    "{} di loket 2 sangat ramah",
    "Terima kasih kepada {}",
    "{} minta uang untuk mempercepat",
    "tolong {} dipindahkan dari bagian depan",
    "petugas {} sering tidak di tempat",
    "Saya dilayani {} dengan baik.",
    "kata {} berkas saya kurang",
    "mohon {}, agar lebih sabar",
)
OWN_NAMES = (
    "a.n. ⟦Burhanto Wirja⟧",
    "an. ⟦Burhanto⟧",
    "atas nama ⟦Sulistri Kanari⟧",
    "atas nama ⟦sulistri kanari⟧",
    "nama saya ⟦Yulianis⟧",
    "nama saya ⟦yulianis⟧",
    "Nama: ⟦Burhanto Wirja⟧",
    "saya ⟦Sulistri Kanari⟧",
    "A/N ⟦BURHANTO WIRJA⟧",
    "petugas bernama ⟦Burhanto⟧",
    "nama anak saya ⟦Yulianis Putri⟧",
    "ttd ⟦Sulistri⟧",
)
WITH_OWN_NAME = (
    "berkas {} belum selesai",
    "KTP {} sudah dua bulan",
    "{}, mohon dibantu",
    "akta kelahiran {}",
    "{} dari Ngalau mengucapkan terima kasih",
    "Pengurusan {} lama sekali.",
    "mohon maaf, {}",
)
LINKS = (
    "https://⟦example.org/berkas/siti⟧",
    "www.⟦example.com/siti-kanari⟧",
    "⟦example.com/siti_kanari⟧",
    "⟦bit.ly/sitiK9⟧",
    "wa.me/⟦628%%########⟧",
    "@⟦siti_kanari⟧",
    "IG: ⟦sitikanari⟧",
    "ig ⟦@sitikanari⟧",
    "instagram saya ⟦siti_kanari%#⟧",
    "fb: ⟦Siti Kanari⟧",
    "facebook.com/⟦siti.kanari⟧",
    "tiktok ⟦@kanari⟧",
    "twitter ⟦@kanari_%#⟧",
    "telegram: ⟦kanari%#⟧",
)
WITH_LINK = (
    "buktinya ada di {}",
    "foto sudah saya unggah, {}",
    "lihat {} untuk keluhan lengkap",
    "{} boleh ditandai",
    "Silakan cek {} ya",
    "saya tulis juga di {}",
)
BIRTHS = (
    "lahir ⟦17-08-1990⟧",
    "lahir tanggal ⟦5 Maret 1987⟧",
    "tgl lahir ⟦12/11/1985⟧",
    "TTL: Padang, ⟦3 Juni 1979⟧",
    "lahir ⟦17 agustus 90⟧",
    "tanggal lahir ⟦1990-08-17⟧",
    "kelahiran ⟦7 Des 1966⟧",
    "lahir ⟦03.04.1971⟧",
    "tempat/tgl lahir Solok/⟦9-9-1999⟧",
)
WITH_BIRTH = (
    "anak saya {} salah di akta",
    "saya {} belum punya KTP",
    "mohon perbaiki {}",
    "{} tertukar di KK",
    "data ibu saya ({}) hilang",
)
KINDS = {
    "NIK dan nomor KK": (WITH_NIK, NIKS),
    "NIP": (WITH_NIP, NIPS),
    "telepon, angka": (TO_CALL, PHONES),
    "telepon, kata": (TO_CALL, PHONE_WORDS),
    "rekening, NPWP, nomor lain": (WITH_ACCOUNT, ACCOUNTS),
    "surel": (WITH_MAIL, MAILS),
    "tautan dan akun": (WITH_LINK, LINKS),
    "pelat nomor": (WITH_PLATE, PLATES),
    "alamat": (WITH_ADDRESS, ADDRESSES),
    "nama sesudah sapaan": (WITH_NAME, NAMES),
    "nama sesudah penanda lain": (WITH_OWN_NAME, OWN_NAMES),
    "tanggal lahir": (WITH_BIRTH, BIRTHS),
}

HARMLESS = (
    "Pelayanan sudah baik, pertahankan.",
    "antri 2 jam",
    "loket 3 selalu kosong",
    "sejak tahun 2021 makin bagus",
    "biaya 50.000 terlalu mahal",
    "Biaya Rp50.000 tidak ada kuitansi",
    "diminta Rp 1.500.000 tanpa penjelasan",
    "Jam buka 08.00-12.00 terlalu singkat",
    "buka jam 8 tutup jam 3",
    "pukul 07.30 s.d. 16.00 saja",
    "sudah 3x datang",
    "2 x 24 jam belum selesai",
    "tahun 2020 dan 2021 sama saja",
    "tahun anggaran 2020/2021",
    "antrean nomor 15 dilewati",
    "nomor antrian A12 tidak dipanggil",
    "kursi tunggu hanya 10 buah",
    "nilai saya 4 untuk semua",
    "skala 1-4",
    "dari 10 petugas hanya 2 yang ramah",
    "Petugas ramah dan cepat",
    "Petugas loket 2 kurang senyum",
    "petugas kurang",
    "Ibu hamil mohon didahulukan",
    "ibu-ibu yang membawa anak perlu ruang khusus",
    "bapak-bapak merokok di ruang tunggu",
    "bapak ibu petugas sudah baik",
    "Bapak/Ibu petugas mohon lebih ramah",
    "terima kasih pak",
    "Terima kasih Bapak dan Ibu",
    "pak lurah jarang di tempat",
    "Pak Camat sangat membantu",
    "ibu kepala dinas ramah",
    "jalan masuk ke kantor rusak",
    "jalan keluar sempit",
    "pelayanan berjalan lancar",
    "AC tidak jalan",
    "tolong jalan di depan puskesmas diperbaiki",
    "tempat parkir sempit",
    "toilet kotor dan bau",
    "Kursi ruang tunggu mohon ditambah",
    "Mohon nomor antrean dibuat elektronik",
    "AC ruang tunggu kurang dingin",
    "Loket dibuka lebih pagi…",
    "sudah online tetapi masih diminta fotokopi",
    "aplikasi sering error",
    "website susah dibuka",
    "info di instagram kurang lengkap",
    "lebih baik lewat WA",
    "nomor WA pengaduan tidak ada",
    "email balasan tidak pernah datang",
    "syaratnya terlalu banyak",
    "prosedur berbelit",
    "persyaratan tidak jelas di papan informasi",
    "KTP saya 3 bulan belum jadi",
    "KK selesai 1 hari, bagus",
    "akta kelahiran gratis, mantap",
    "surat pindah 2 minggu",
    "lulusan S1 dan SMA dibedakan",
    "usia 60 tahun ke atas didahulukan",
    "di lantai 2 tidak ada kursi roda",
    "ruang 12 panas",
    "poli gigi antre dari jam 6",
    "dokter datang terlambat",
    "dokter gigi hanya 1",
    "bidan sangat sabar",
    "perawat ramah ramah",
    "obat sering kosong",
    "satu dua orang petugas kurang ramah",
    "dua tiga kali bolak balik",
    "tiga loket hanya satu yang buka",
    "tidak ada",
    "-",
    "nihil",
    "cukup",
    "Sangat puas 👍",
    "mantap jiwa",
    "lanjutkan!!!",
    "Semoga lebih baik lagi ke depannya",
    "Kelurahan Ngalau makin maju",
    "Dukcapil Padang Panjang terbaik",
    "Mal Pelayanan Publik nyaman",
    "saya puas",
    "Saya senang dengan pelayanan ini",
    "saya dan keluarga puas",
    "Atas pelayanannya saya ucapkan terima kasih",
    "nama saya salah di KTP",
    "nama ibu salah tulis",
    "papan nama petugas tidak ada",
    "mohon petugas memakai kartu nama",
    "tanggal lahir anak salah ketik",
    "alamat kantor sulit dicari",
    "alamat di KTP salah",
    "rumah sakit bersih",
    "RT dan RW sudah membantu",
    "surat pengantar RT tidak perlu lagi",
    "kelurahan dan kecamatan saling lempar",
    "covid-19 membuat antrean panjang",
    "masa pandemi 2020 pelayanan lambat",
    "100% puas",
    "5 menit selesai",
    "nilai 90 dari 100",
    "pasal 5 ayat 2 tidak dijalankan",
    "formulir F-1.02 sulit diisi",
    "BPJS kelas 3 dibedakan",
    "loket A, B dan C penuh",
    "bus jurusan Padang terlambat 2 jam",
    "tarif angkot Rp4.000",
    "Di 2 loket saja yang buka",
    "ke 3 kantor berbeda",
    "1.000 orang sehari hanya 2 petugas",
    "kak tolong dipercepat",
    "mbak petugasnya cantik",
    "mas satpam ramah",
    "pertahankan dan tingkatkan",
)
