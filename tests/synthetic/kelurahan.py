"""The sixteen kelurahan. Their numbers are invented; only the names are real."""

from unit import Cohort, Unit, cohort


def _kelurahan(
    name: str,
    instrument: str,
    this_year: Cohort,
    last_year: Cohort | None,
    *,
    sampling: str = "convenience",
    strata: bool = False,
    target: str = "",
    planned: int | None = None,
    approached: float | None = None,
) -> Unit:
    return Unit(
        id="kel-" + name.lower().replace(" ", "-"),
        name=f"Kelurahan {name}",
        kind="kelurahan",
        instrument=instrument,
        sampling=sampling,
        strata=strata,
        target=target,
        planned=planned,
        approached=approached,
        this_year=this_year,
        last_year=last_year,
    )


WEST = (
    _kelurahan(
        "Silaing Bawah",
        "kelurahan",
        cohort(980, 140, 3.86),
        cohort(960, 118, 3.80),
        planned=276,
    ),
    _kelurahan(
        "Silaing Atas",
        "kelurahan",
        cohort(310, 62, 3.90),
        cohort(300, 58, 3.82),
    ),
    _kelurahan(
        "Pasar Usang",
        "kelurahan",
        cohort(720, 120, 3.81),
        cohort(700, 105, 3.76),
        approached=1.2,
    ),
    _kelurahan(
        "Kampung Manggis",
        "kelurahan",
        cohort(1400, 306, 3.84),
        cohort(1350, 240, 3.77),
        sampling="systematic",
        planned=302,
        approached=1.15,
        target="90.00",
    ),
    _kelurahan(
        "Tanah Hitam",
        "kelurahan",
        cohort(640, 110, 3.78),
        cohort(640, 104, 3.81),
        target="95.00",
    ),
    _kelurahan(
        "Pasar Baru",
        "kelurahan",
        cohort(64, 64, 3.92),
        cohort(61, 61, 3.88),
        sampling="census",
        planned=64,
    ),
    _kelurahan(
        "Bukit Surungan",
        "kelurahan",
        cohort(900, 130, 3.83),
        cohort(880, 122, 3.75),
        planned=269,
        approached=1.3,
    ),
    _kelurahan(
        "Balai-Balai",
        "kelurahan",
        cohort(860, 150, 3.88),
        cohort(850, 131, 3.79),
    ),
)

EAST = (
    _kelurahan(
        "Koto Panjang",
        "kelurahan-gratis",
        cohort(540, 90, 3.85),
        cohort(520, 84, 3.77),
        approached=1.1,
    ),
    _kelurahan(
        "Koto Katik",
        "kelurahan-gratis",
        cohort(40, 6, 3.88),
        cohort(42, 12, 3.85),
        planned=36,
    ),
    _kelurahan(
        "Ngalau",
        "kelurahan-gratis",
        cohort(812, 262, 3.87),
        cohort(790, 210, 3.78),
        sampling="systematic",
        strata=True,
        target="88.00",
        planned=260,
        approached=1.18,
    ),
    _kelurahan("Ekor Lubuk", "kelurahan-gratis", cohort(460, 70, 3.89), None),
    _kelurahan(
        "Sigando",
        "kelurahan-gratis",
        cohort(210, 24, 3.80),
        cohort(205, 31, 3.74),
        planned=136,
    ),
    _kelurahan(
        "Ganting",
        "kelurahan-gratis",
        cohort(520, 85, 3.91),
        cohort(510, 80, 3.86),
    ),
    _kelurahan(
        "Guguk Malintang",
        "kelurahan-gratis",
        cohort(1250, 220, 3.82),
        cohort(1230, 201, 3.74),
        sampling="systematic",
        strata=True,
        planned=294,
        approached=1.25,
    ),
    _kelurahan(
        "Tanah Pak Lambik",
        "kelurahan-gratis",
        cohort(190, 18, 3.93),
        cohort(185, 22, 3.90),
    ),
)
