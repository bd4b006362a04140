"""Which files came in, in which dialect, in each year."""

from dataclasses import replace
from datetime import date

from delivery import PROFILE, Delivery
from instruments import LIST_ORDER

_FORM = ("id", "name", "phone", *PROFILE)
_DATED = ("id", "date", "enumerator", *PROFILE)
_NUMBERED = ("number", "id", "serial", "date", "enumerator", *PROFILE)
_WITH_STRATUM = ("id", "date", "stratum", "enumerator", *PROFILE)

_WEST_CODES = {
    "kel-silaing-bawah": "01",
    "kel-silaing-atas": "02",
    "kel-pasar-usang": "03",
    "kel-tanah-hitam": "05",
    "kel-balai-balai": "08",
}
_EAST_NAMES = {
    "kel-koto-panjang": "Kelurahan Koto Panjang",
    "kel-koto-katik": "Kelurahan Koto Katik",
    "kel-ekor-lubuk": "Kelurahan Ekor Lubuk",
    "kel-sigando": "Kelurahan Sigando",
    "kel-ganting": "Kelurahan Ganting",
    "kel-tanah-pak-lambik": "Kelurahan Tanah Pak Lambik",
}

_KELURAHAN = (
    Delivery(
        file="kelurahan-barat.csv",
        units=tuple(_WEST_CODES),
        names=_WEST_CODES,
        roles=("id", "serial", "unit", "period", *PROFILE),
        encoding="utf-8-sig",
    ),
    Delivery(
        file="kel-kampung-manggis.xlsx",
        units=("kel-kampung-manggis",),
        roles=_DATED,
        order=LIST_ORDER,
        sheet="Sheet1",
    ),
    Delivery(
        file="kel-pasar-baru.xlsx",
        units=("kel-pasar-baru",),
        roles=("id", "date", *PROFILE),
        head="title",
        sender="Kelurahan Pasar Baru",
        mode="self",
    ),
    Delivery(
        file="kel-bukit-surungan.csv",
        units=("kel-bukit-surungan",),
        roles=_DATED,
        answers="letters",
        encoding="cp1252",
        delimiter=";",
        dates="%d/%m/%Y",
    ),
    Delivery(
        file="kelurahan-timur.csv",
        units=tuple(_EAST_NAMES),
        names=_EAST_NAMES,
        roles=("id", "date", "unit", "sex", "age", "education"),
    ),
    Delivery(
        file="kel-ngalau.xlsx",
        units=("kel-ngalau",),
        roles=("number", *_WITH_STRATUM),
        head="merged",
        sender="Kelurahan Ngalau",
        received=date(2021, 11, 12),
    ),
    Delivery(
        file="kel-guguk-malintang.csv",
        units=("kel-guguk-malintang",),
        roles=(*_FORM, "stratum"),
        answers="options",
        dates="%d/%m/%Y %H:%M:%S",
        mode="self",
    ),
)

_HEALTH = (
    Delivery(
        file="pkm-kebun-sikolos.xlsx",
        units=("pkm-kebun-sikolos",),
        roles=_WITH_STRATUM,
        order=LIST_ORDER,
        head="title",
        header_row=4,
        sender="Puskesmas Kebun Sikolos",
        sheet="Rekap",
    ),
    Delivery(
        file="pkm-bukit-surungan.csv",
        units=("pkm-bukit-surungan",),
        roles=_FORM,
        answers="options",
        dates="%d/%m/%Y %H:%M:%S",
        mode="self",
    ),
    Delivery(
        file="pkm-gunung.xlsx",
        units=("pkm-gunung",),
        roles=_NUMBERED,
        order=LIST_ORDER,
        head="merged",
    ),
    Delivery(
        file="pkm-koto-katik.csv",
        units=("pkm-koto-katik",),
        roles=_DATED,
        answers="letters",
        encoding="cp1252",
        delimiter=";",
        dates="%d-%m-%Y",
    ),
)

_OFFICES = (
    Delivery(
        file="dukcapil-semester-1.csv",
        units=("dukcapil",),
        roles=_WITH_STRATUM,
        half=1,
        answers="letters",
        delimiter=";",
    ),
    Delivery(
        file="dukcapil-semester-2.xlsx",
        units=("dukcapil",),
        roles=_WITH_STRATUM,
        half=2,
    ),
    Delivery(
        file="dpmptsp.csv",
        units=("dpmptsp",),
        roles=_FORM,
        answers="options",
        dates="%Y-%m-%d %H:%M:%S",
        mode="web",
    ),
    Delivery(
        file="rsud-semester-1.xlsx",
        units=("rsud",),
        roles=_WITH_STRATUM,
        half=1,
    ),
    Delivery(
        file="rsud-semester-2.csv",
        units=("rsud",),
        roles=_WITH_STRATUM,
        half=2,
        order=LIST_ORDER,
        encoding="utf-8-sig",
        delimiter=";",
        dates="%d/%m/%Y",
    ),
    Delivery(
        file="dishub.xlsx",
        units=("dishub",),
        roles=_NUMBERED,
        order=LIST_ORDER,
        head="merged",
        spoken={
            "kebersihan-terminal": "Bagaimana pendapat Saudara tentang kebersihan\n"
            "peron, ruang tunggu, dan toilet terminal?\n(1 = tidak bersih, 4 = sangat "
            "bersih)"
        },
    ),
    Delivery(
        file="perpustakaan.xlsx",
        units=("perpustakaan",),
        roles=_FORM,
        answers="options",
        sheet="Form Responses 1",
        mode="web",
    ),
    Delivery(
        file="dinsos.csv",
        units=("dinsos",),
        roles=("id", "sex", "age"),
        encoding="cp1252",
        delimiter=";",
    ),
    Delivery(
        file="perdagangan.xlsx",
        units=("perdagangan",),
        roles=("date", *PROFILE),
        order=LIST_ORDER,
        remarks=False,
    ),
    Delivery(
        file="disdik.csv",
        units=("disdik",),
        roles=_FORM,
        answers="options",
        dates="%d/%m/%Y %H:%M:%S",
        fee=("Sangat mahal", "Cukup mahal", "Murah", "Tidak dipungut biaya"),
        mode="web",
    ),
    Delivery(
        file="kecamatan.xlsx",
        units=("kec-barat", "kec-timur"),
        names={"kec-barat": "Kec. Barat", "kec-timur": "Kec. Timur"},
        roles=("id", "date", "unit", *PROFILE),
    ),
)

_INTERNAL = (
    Delivery(
        file="pkm-gunung-internal.csv",
        units=("pkm-gunung",),
        roles=("id", "date", "sex", "age"),
        order=LIST_ORDER,
        internal=True,
    ),
    Delivery(
        file="dukcapil-internal.csv",
        units=("dukcapil",),
        roles=("id", "date", "stratum", "sex", "age"),
        answers="letters",
        internal=True,
        mode="self",
    ),
    Delivery(
        file="rsud-internal.xlsx",
        units=("rsud",),
        roles=("id", "date", "stratum", "sex", "age"),
        internal=True,
        mode="self",
    ),
)


def deliveries(year: int) -> tuple[Delivery, ...]:
    """What came in; in 2020 only the answers themselves, nothing from the units."""
    external = (*_KELURAHAN, *_HEALTH, *_OFFICES)
    if year == 2021:
        return (*map(_of_2021, external), *_INTERNAL)
    return tuple(_without_unsurveyed(replace(each, received=None)) for each in external)


def replaced(delivery: Delivery) -> Delivery:
    """The earlier file with two columns mixed up, which `delivery` corrects."""
    swapped = {"sarana": "U8", "pengaduan": "U7"}
    return replace(delivery, file=delivery.replaces, spoken=swapped)


def _of_2021(delivery: Delivery) -> Delivery:
    match delivery.file:
        case "kel-ngalau.xlsx":
            return replace(
                delivery,
                replaces="kel-ngalau-lama.xlsx",
                reason="Pada berkas pertama kolom sarana dan pengaduan tertukar.",
            )
        case "kel-pasar-baru.xlsx":
            return replace(delivery, worksheet=True)
        case "dishub.xlsx" | "pkm-koto-katik.csv":
            return replace(delivery, importance=True)
        case "kecamatan.xlsx":
            return replace(delivery, desks=("Loket 1", "Loket 2", "Loket 3"))
    return delivery


def _without_unsurveyed(delivery: Delivery) -> Delivery:
    gone = "kel-ekor-lubuk"
    return replace(
        delivery, units=tuple(unit for unit in delivery.units if unit != gone)
    )
