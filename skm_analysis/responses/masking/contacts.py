"""Where somebody is reached by wire: e-mail, links, accounts; and number plates."""

import re
from collections.abc import Iterator

from skm_analysis.responses.masking.kinds import Found, Kind
from skm_analysis.responses.masking.words import COMMON

_NAME = r"[\w.+-]{1,64}"
_ENDINGS = "com|co|id|net|org|go|ac|sch|web|my|mil|or|desa"
_PROVIDERS = "gmail|yahoo|ymail|hotmail|outlook|icloud|rocketmail|protonmail"
_MAILS = (
    # name@example.com, name @ example . com, name@example,com, name@gmail
    re.compile(
        rf"(?<![\w.+-]){_NAME}\s{{0,2}}@\s{{0,2}}[\w-]{{1,64}}"
        rf"(?:\s?[.,]\s?(?:{_ENDINGS})\b|\.[\w-]{{2,24}}){{0,4}}",
        re.IGNORECASE,
    ),
    # name at example dot com, name (at) example.com
    re.compile(
        rf"(?<![\w.+-]){_NAME}(?:\s{{1,2}}(?:at|et|ad)\s{{1,2}}"
        r"|\s?[(\[{<]\s?(?:a\s?t|et|a|@)\s?[)\]}>]\s?)"
        r"[\w-]{1,64}(?:\s?[(\[{<]?\s?(?:dot|titik|\.|,)\s?[)\]}>]?\s?[\w-]{2,24}){1,4}",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![\w.+-]){_NAME}#[\w-]{{1,64}}\.(?:{_ENDINGS})\b", re.IGNORECASE),
    re.compile(
        rf"(?<!\S)[^\s@]{{4,64}}\s(?:pakai|pake|di)\s(?:{_PROVIDERS})\b", re.IGNORECASE
    ),
    # namegmail.com, name gmail.com
    re.compile(
        rf"(?<!\S)(?:[^\s@]{{1,64}}\s)?[^\s@]{{0,64}}(?:{_PROVIDERS})\s?[.,]\s?com?\b",
        re.IGNORECASE,
    ),
)
_LINKS = (
    re.compile(r"(?:https?:/{0,2}|www\s?\.)\S{1,300}", re.IGNORECASE),
    re.compile(
        r"(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\."
        r"(?:com|net|org|id|me|ly|info|link|site|io|xyz|gl|app|gg|page|tv)"
        r"\b(?:/\S{0,300})?",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\w@])@\s?[\w.]{2,40}"),
    re.compile(r"\b(?:follow|mention|tag)\s@?[\w.]{3,40}", re.IGNORECASE),
    re.compile(
        r"\b(?:ig|insta|instagram|fb|facebook|twitter|tiktok|tik tok|telegram|tele|"
        r"youtube|yt|threads|line)\s{0,2}(?:(?:saya|aku|ku|id|akun|gue)\s{0,2})?"
        r"(?:[:=]\s{0,2}[\w.@-]{2,40}(?:\s[A-Z][\w.]{1,30}){0,2}"
        r"|(?=[\w.]{0,40}[A-Za-z])[\w.]{0,30}(?:\d|_|\.\w)[\w.]{0,30})",
        re.IGNORECASE,
    ),
)
# An account after "ig aku", "fb nya"; what everybody writes there is none.
_OWN_ACCOUNT = re.compile(
    r"(?i:\b(?:ig|insta|instagram|fb|facebook|twitter|tiktok|telegram)\s?"
    r"(?:nya|saya|aku|ku|akun|id)\s)([\w.]{3,40})(?:\s[A-Z][a-z]{1,30}){0,3}"
)
_REGIONS = (
    "AA AB AD AE AG BA BB BD BE BG BH BK BL BM BN BP DA DB DC DD DE DG DH DK DL DM DN "
    "DP DR DS DT DW EA EB ED KB KH KT KU PA PB A B D E F G H K L M N P R S T W Z"
)
_SPACED = "|".join(r"[\s.]?".join(code) for code in _REGIONS.split())
_PLATE = re.compile(
    rf"(?<![^\W_])({_SPACED})"
    r"[\s._/-]{0,2}(\d(?:\s?\d){0,3})(?!\d)"
    r"(?:[\s._/-]{0,2}([A-Z](?:[\s.]?[A-Z]){0,2})(?![^\W\d_]))?",
    re.IGNORECASE,
)
_FEWEST_PLATE_DIGITS = 3  # "S1" is a degree, "A12" a turn in the queue
_LABELLED_PLATE = re.compile(
    r"\b(?:nopol|plat|pelat|bk|nomor polisi)(?:\s(?:merah|hitam|putih|kuning|dinas))?"
    r"\W{0,3}([A-Z]{1,2}\W?\d{1,4}\W?[A-Z]{0,3})\b",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Found]:
    for patterns, kind in ((_MAILS, Kind.MAIL), (_LINKS, Kind.LINK)):
        for pattern in patterns:
            for found in pattern.finditer(text):
                yield Found(found.start(), found.end(), kind)
    for found in _OWN_ACCOUNT.finditer(text):
        if found.group(1).lower() not in COMMON:
            yield Found(found.start(1), found.end(), Kind.LINK)
    for plate in _PLATE.finditer(text):
        if _is_plate(plate):
            yield Found(plate.start(), plate.end(), Kind.PLATE)
    for plate in _LABELLED_PLATE.finditer(text):
        yield Found(plate.start(1), plate.end(1), Kind.PLATE)


def _is_plate(plate: re.Match[str]) -> bool:
    region, number, letters = plate.groups()
    digits = number.replace(" ", "")
    if len(digits) >= _FEWEST_PLATE_DIGITS:
        alone = letters is None and len(region) == 1
        return not (alone and region.islower())
    return len(digits) == 2 and bool(letters) and f"{region}{letters}".isupper()
