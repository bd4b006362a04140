"""The theme that is proposed for comments as people write them."""

import pytest

from skm_analysis.responses.labels import THEMES
from skm_analysis.responses.themes import propose_theme


@pytest.mark.parametrize(
    ("comment", "theme"),
    [
        ("Pelayanan sudah baik, pertahankan.", "pujian"),
        ("terima kasih", "pujian"),
        ("pelayanan kurang baik", "lainnya"),
        ("petugas kurang ramah", "perilaku"),
        ("Mohon petugas lebih sopan", "perilaku"),
        ("biaya terlalu mahal", "biaya"),
        ("ada pungli di loket", "biaya"),
        ("Kursi ruang tunggu mohon ditambah", "sarana"),
        ("tempat parkir sempit", "sarana"),
        ("AC ruang tunggu kurang dingin", "sarana"),
        ("Mohon nomor antrean dibuat elektronik", "antrean"),
        ("antri dari pagi tidak dipanggil", "antrean"),
        ("prosedur berbelit", "prosedur"),
        ("syaratnya terlalu banyak", "persyaratan"),
        ("aplikasi sering error", "informasi"),
        ("pengaduan tidak pernah ditanggapi", "pengaduan"),
        ("KTP lama sekali, sudah 3 bulan menunggu", "waktu"),
        ("obat sering kosong", "produk"),
        ("semoga sukses selalu", "lainnya"),
        ("[nama] [telepon]", "lainnya"),
        ("👍", "lainnya"),
        *(
            (said, "nihil")
            for said in ("", "-", "...", "Tidak ada", "NIHIL", "12", "x")
        ),
    ],
)
def test_a_comment_is_about(comment, theme):
    assert propose_theme(comment) == theme
    assert theme in THEMES
