"""Which questions each instrument asks, and its TOML."""

from dataclasses import dataclass, replace

from questions import FIVE_DEGREES, OWN, UNSUR, Item
from toml_text import pair

# The order of the regulation's questionnaire; its list of unsur has the last two
# the other way round.
FORM_ORDER = tuple(UNSUR)
LIST_ORDER = (*FORM_ORDER[:7], "pengaduan", "sarana")
WITHOUT_FEE = tuple(key for key in FORM_ORDER if key != "biaya")
BANDS = "permenpanrb-14-2017"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire; `highest` is the top of its scale, which starts at 1."""

    id: str
    title: str
    items: tuple[Item, ...]
    highest: int = 4
    bands: str = BANDS
    free: bool = False  # the service costs nothing, whatever the item asks

    def item(self, key: str) -> Item:
        return next(item for item in self.items if item.key == key)

    def toml(self) -> str:
        lines = [
            pair("format", 1),
            pair("title", self.title),
            pair("regulation", "PermenPANRB 14/2017"),
            f"scale = [1, {self.highest}]",
        ]
        if self.bands:
            lines.append(pair("bands", self.bands))
        for item in self.items:
            lines += ["", "[[item]]", pair("key", item.key)]
            if item.unsur:
                lines.append(pair("unsur", item.key))
            lines += [
                pair("label", item.label),
                pair("question", item.question),
                pair("options", list(item.options)),
            ]
            if item.weight:
                lines.append(pair("weight", item.weight))
        return "\n".join(lines) + "\n"


def _items(unsur: tuple[str, ...], own: str = "") -> tuple[Item, ...]:
    return (*(UNSUR[key] for key in unsur), *(OWN[key] for key in own.split()))


def _five_degrees(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(replace(item, options=FIVE_DEGREES) for item in items)


def _weighed(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Nine unsur share three quarters, five own indicators the last quarter."""
    return tuple(
        replace(item, weight="1/12" if item.unsur else "1/20") for item in items
    )


def _changed(year: int) -> Instrument:
    """The one instrument that asked less in 2020 than in 2021."""
    if year == 2020:
        return Instrument("disdik", "Dinas Pendidikan", _items(FORM_ORDER), free=True)
    return Instrument(
        "disdik",
        "Dinas Pendidikan, dengan indikator sendiri",
        _items(FORM_ORDER, "informasi"),
        free=True,
    )


def instruments(year: int) -> dict[str, Instrument]:
    """All instruments of one year by id."""
    health = "tunggu-apotek kebersihan rujukan"
    made = (
        Instrument(
            "kelurahan",
            "Kelurahan, sembilan unsur",
            _items(FORM_ORDER),
            free=True,
        ),
        Instrument(
            "kelurahan-gratis",
            "Kelurahan, layanan tanpa biaya",
            _items(WITHOUT_FEE, "informasi antrean"),
        ),
        Instrument(
            "puskesmas",
            "Puskesmas, rawat jalan",
            _items(LIST_ORDER, health),
        ),
        Instrument(
            "puskesmas-rawat-inap",
            "Puskesmas dengan rawat inap",
            _items(LIST_ORDER, f"{health} jadwal-dokter kamar-rawat"),
        ),
        Instrument("dukcapil", "Administrasi kependudukan", _items(WITHOUT_FEE)),
        Instrument(
            "perizinan-daring",
            "Perizinan melalui situs web",
            _items(
                ("persyaratan", "prosedur", "waktu", "produk", "sarana", "pengaduan"),
                "kemudahan-sistem",
            ),
        ),
        Instrument(
            "rumah-sakit",
            "Rumah sakit, unsur berbobot tiga perempat",
            _weighed(
                _items(
                    FORM_ORDER,
                    "tunggu-poli tunggu-apotek kebersihan keamanan penjelasan-medis",
                )
            ),
        ),
        Instrument(
            "terminal",
            "Terminal angkutan",
            _items(LIST_ORDER, "kebersihan-terminal keamanan jadwal-angkutan"),
        ),
        Instrument(
            "perpustakaan",
            "Perpustakaan, skala satu sampai lima",
            _five_degrees(_items(WITHOUT_FEE, "koleksi ruang-baca jam-layanan")),
            highest=5,
            bands="",
        ),
        Instrument(
            "sosial",
            "Pelayanan sosial",
            _items(WITHOUT_FEE, "ketepatan-bantuan pendampingan"),
        ),
        Instrument(
            "perdagangan",
            "Perdagangan, koperasi, dan usaha kecil",
            _items(LIST_ORDER, "pembinaan tera-ulang"),
        ),
        _changed(year),
        Instrument(
            "kecamatan",
            "Kecamatan, pelayanan administrasi terpadu",
            _items(FORM_ORDER, "informasi"),
            free=True,
        ),
    )
    return {instrument.id: instrument for instrument in made}
