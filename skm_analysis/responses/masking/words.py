"""Words that tell names, addresses and numbers from what everybody writes."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Digits as they are spoken: Indonesian, Minangkabau, Javanese, English.
DIGITS = {
    **dict.fromkeys(("nol", "kosong", "enol", "zero", "nl"), "0"),
    **dict.fromkeys(("satu", "ciek", "siji", "one", "stu"), "1"),
    **dict.fromkeys(("dua", "duo", "loro", "two"), "2"),
    **dict.fromkeys(("tiga", "tigo", "telu", "three", "tga"), "3"),
    **dict.fromkeys(("empat", "ampek", "papat", "four"), "4"),
    **dict.fromkeys(("lima", "limo", "five"), "5"),
    **dict.fromkeys(("enam", "anam", "enem", "six"), "6"),
    **dict.fromkeys(("tujuh", "tujuah", "pitu", "seven", "tjuh"), "7"),
    **dict.fromkeys(("delapan", "lapan", "salapan", "wolu", "eight", "dlpn"), "8"),
    **dict.fromkeys(("sembilan", "sambilan", "songo", "nine"), "9"),
}
# What may stand between spoken digits without being one.
NO_DIGITS = {"dobel", "double", "dubel", "triple", "tripel", "puluh", "belas", "ratus"}
NO_DIGITS |= {"strip", "plus", "spasi", "terus", "trus", "lalu", "lanjut", "sambung"}

TITLES = _words(
    """
    bapak bpk bp pak bapa ibu bu buk ibuk sdr sdri saudara saudari mas mbak mba mbk mb
    bang abang bg kak kakak kk teh neng uda uni ajo etek datuk dt angku haji hajah ust
    ustad ustadz ustadzah buya tuan nyonya nona mr mrs ms dokter suster bidan
    """
)
TITLES_WITH_STOP = {"h", "hj", "dr", "drg", "drs", "ir", "ns", "ny", "tn", "nn", "prof"}
TITLES |= TITLES_WITH_STOP
# Whoever serves: a name may follow with a capital.
STAFF = _words(
    """
    petugas pegawai staf staff perawat satpam operator kasir polisi guru kader sopir
    driver security dokter bidan lurah camat kadis sekretaris bendahara kepala saya
    """
)

# Common given names that are no everyday words.
GIVEN_NAMES = _words(
    """
    abdul abdullah ahmad achmad ahmat aisyah ali amir andi andri anita anton arif ari
    asep asril bambang budi budiman cecep darwis dedi deni desi dewi dian dina doni edi
    eka eko eli elvi endang erni erwin fatimah fauzi febri feri fitri gunawan hadi
    hamid hasan hendra hendri heri herman husein ibrahim ilham imam indra irfan irma
    irwan ismail iwan jamal joko junaidi kartini khairul kurnia lina lia lukman maryam
    mega melati muhamad muhammad mohammad moh muh mulyadi mulyono nina nining nita nova
    novi nur nurul putri rahma rahmat rahmi rani ratna rina rini riska rizal rizki
    rizky robi roni rosa rudi rusli samsul santi sari sri siti sofyan sri suci sugeng
    suharto sukarno sulaiman supri supriyadi surya susanti susi syafri syahrul taufik
    teguh titin tono tuti umar usman wahyu wati wawan widodo winda wulan yanti yanto
    yeni yohanes yulia yuni yusuf zainal zul zulkifli
    """
)
# Those of them that are also words: names only when written with a capital.
NAMES_AND_WORDS = {
    *("ali", "ari", "dian", "eli", "imam", "kurnia", "mega", "melati", "nova", "nur"),
    *("putri", "rahmat", "sari", "suci", "surya", "teguh", "wahyu", "wati", "rosa"),
    *("fitri", "eka", "hadi", "andi", "sri", "lia", "ilham", "rani"),
}
SURE_NAMES = GIVEN_NAMES - NAMES_AND_WORDS

# Offices that may stand between a form of address and a name.
OFFICES = {
    "petugas",
    "pegawai",
    "lurah",
    "camat",
    "rt",
    "rw",
    "kepala",
    "kader",
    "guru",
}
OFFICES |= {"satpam", "bidan", "dokter", "perawat", "wali", "sekretaris", "operator"}

# What follows a form of address, an office or "saya" without being a name.
COMMON = _words(
    """
    ada adalah agak agar akan akhir aktif aku akta alamat alhamdulillah aman amat anak
    anda antar antara antre antrean antri antrian apa apabila apalagi asal asli atas
    atau awal ayah baca bagi bagian bagus bahwa baik bangga bantu bantuan banyak bapak
    bapa baru bawa bayar beberapa begitu bekerja belum benar berada berbeda berharap
    berkas berkenan berobat bersama bersih bertugas bertanya berusaha besar besok
    biasa biaya bicara bila bilang bisa bisakah boleh bolak bpjs bu buat buk buka bukan
    buruk butuh cakap camat cantik capek cara cari cek cepat cuek cukup cuma daftar
    dalam dan dapat dari datang daerah dekat demi dengan depan desa di dia diam diberi
    dibantu dilayani diminta dinas diri disana disini ditambah ditanya ditingkatkan
    dokter dong dua dr duduk dulu dunia entah galak gak ganteng gigi gimana gratis guru
    hadir hamil hanya hal harap hari harus hasil hp ibu ijazah ikut ingin ini ipar itu
    izin jadi jaga jalan jam jangan janji jarang jelas jika judes juga jujur jutek
    kabid kadang kader kadis kah kalau kali kalian kami kantor kapan karena kartu kasar
    kasi kasih kasir kasus kata ke kecamatan kecewa kedua kelahiran kelas keluar
    keluarga kelurahan kemarin kembali kenal kenapa kepala kepada kependudukan kerja
    keras kerjasama ketika ketua ketus khususnya kini kira kita kok kota ktp kurang kk
    lagi lain laki lalu lama lambat lancar langsung lansia lanjut lari lebih lewat lift
    lihat loket luar lupa lurah lusa maaf mahal mahasiswa maka makasih malah malas mampu
    mana manis mantap marah masalah masih masuk masyarakat mau melahirkan melayani
    melihat memakai memang membaca membantu memberi membuat membawa memiliki meminta
    memuaskan menambah menangani mendapat mengerti menjadi mengurus mengurusi menteri
    menunggu menurut menyusui merasa mereka merokok mesti minim minta mohon muda mudah
    muka mulai mungkin murah nah naik nama namun nanti negeri ngurus nikah nggak ngga
    nilai nomor ok oke olah oleh operator orang padahal pagi pak paling pandai pangkalan
    panjang papan para parkir pasien pasti pegawai pelayan pelayanan pemerintah
    pemilik pengantar pengawas penjaga pengurus pendaftaran perawat perempuan perlu
    pernah pertahankan petugas pintar pihak pindah pokoknya polisi posisi posyandu
    puas pukul pulang pun puskesmas puji pusing ramah rapi ribet rt rumah rusak rw
    sabar sahabat saja sakit salah saling salam sama sambil sampai sana sangat sangatlah
    saran satpam satu saudara saya sebagai sebaiknya sebelum sedang sedikit segera
    sekali sekalian sekarang sekolah sekretaris selalu selain selama selamat selesai
    seluruh semakin sembuh semoga semua senang sendiri senyum seorang seperti sering
    serta servis sesuai sesudah setelah setiap siang siap siapa sibuk sini situ sma smp
    sopan sopir sore staf staff sudah sukses sulit supaya supir surat suami istri suka
    susah syarat tadi tahu tahun tak takut tambah tamu tanggap tanpa tanya tapi tau
    tegas telah telat teladan telpon teman tempat tenaga tentang tentara tepat terbaik
    terampil terhadap terima terimakasih teringat terjadi terkait terlalu terlambat
    terlihat tersebut tersenyum terus tetap tetapi tiap tiba tidak tidur tiga tinggal
    tingkatkan tlg tolong trims tua tugas tukang tunggu tutup udah umum umur untuk
    urus urusan usaha usia utama waktu walaupun wakil wali walikota warga wanita ya yaa
    yah yakin yang yg yth lho loh lah deh sih nya pun utk dgn dg tdk gk ga krn sdh sy
    bagian bidan bendahara bupati gubernur presiden direktur manajer dosen hakim jaksa
    imunisasi imigrasi administrasi informasi pelaksana puskesmas rsud dukcapil mal
    pos poli apotek laboratorium radiologi igd ugd kasubag kasubbag kabag sekda sekdes
    rantau tercinta terhormat sekeluarga sekalian komplain kritik keluhan pengaduan
    kebersihan keamanan parkiran satpol resepsionis magang honorer baju seragam puaskan
    pelanggan pengunjung pengguna pendamping penyandang disabilitas balita bayi lansia
    nomer antriannya petugasnya pelayanannya orangnya ramahnya pegawainya pasar sehat
    sabtu senin selasa rabu kamis jumat minggu januari februari maret april mei juni
    juli agustus september oktober november desember e ktp sim stnk kia nib skck
    """
)
