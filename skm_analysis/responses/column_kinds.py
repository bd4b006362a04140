"""What a column is for, by its header and by what its cells are.

The header proposes, the cells decide: "Saran" over numbers is a question, "Biaya" over
dates is none, and a column of names is dropped whatever it is called.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from skm_analysis.responses.column_contents import ANSWERS, Contents, Form
from skm_analysis.responses.screening import Personal
from skm_analysis.responses.spelling import fold


class Role(StrEnum):
    """What a column is in a [[delivery]]."""

    QUESTION = "question"
    ID = "id_column"
    SERIAL = "serial_column"
    PERIOD = "period_column"
    UNIT = "unit_column"
    STRATUM = "stratum_column"
    CLUSTER = "cluster_column"
    COMMENT = "comment_column"
    SEX = "sex"
    AGE = "age"
    EDUCATION = "education"
    OCCUPATION = "occupation"
    SERVICE = "service"
    DROP = "drop"  # a person's data
    TOOL = "tool"  # what a survey tool adds for itself
    COMPUTED = "computed"  # sums and means per row
    EMPTY = "empty"
    OTHER = "other"


PROFILE = (Role.SEX, Role.AGE, Role.EDUCATION, Role.OCCUPATION, Role.SERVICE)

# The first that fits the header is taken.
_BY_HEADER: tuple[tuple[Role, str], ...] = (
    (
        Role.TOOL,
        # KoboToolbox gives a form that is sent again a new _id; its _uuid stays.
        r"_(id|version_?|validation_status|notes|status|submitted_by|tags|index|"
        r"parent.*|attachments|xform_id_string|bamboo_dataset_id)|__version__|meta/.*|"
        r"formhub/uuid|start|end|today|deviceid|subscriberid|simserial|lastpage|"
        r"last page|halaman terakhir|startlanguage|start language|bahasa awal|seed|"
        r"startdate|datestamp|date started|date last action|tanggal (mulai|dimulai)|"
        r"tanggal aktivitas terakhir|refurl|interviewtime|grouptime\w*|.*\btime\d*|"
        r"jam .*|skor|score|updated_?at|deleted_?at|token",
    ),
    (
        Role.DROP,
        r"(?!.*\b(unit|layanan|pelayanan|instansi|opd|skpd|loket|dinas|kantor|"
        r"kelurahan|kecamatan|puskesmas|petugas|enumerator|surveyor)\b).*\bnama\b.*|"
        r"name|full ?name|first ?name|last ?name|.*\b(nik|ktp|no kk|npwp|sim)\b.*|"
        r".*\b(no|nomor|nomer)\.? ?(hp|telp|telepon|tlp|wa|whatsapp|handphone|"
        r"rekening|rekam medis|rm|identitas|bpjs|kendaraan|polisi)\b.*|"
        r"(hp|telp|telepon|tlp|wa|whatsapp|handphone|phone)( ?/ ?\w+)?|.*e-?mail.*|"
        r"surel|.*\balamat\b.*|address|.*\b(tanggal|tgl|tempat)\.? lahir\b.*|ttl|"
        r".*\bip[ _]?addr?(ess)?\b.*|ipaddr|.*\b(gps|latitude|longitude|altitude|"
        r"koordinat|geolocation)\b.*|_geolocation|.*_(latitude|longitude|altitude|"
        r"precision)|foto|.*\b(tanda ?tangan|ttd|selfie|instagram|facebook)\b.*|"
        r"(no\.? ?)?(plat|nopol)\b.*|username|user ?name|user_agent|useragent",
    ),
    (
        Role.COMPUTED,
        r"(jumlah|jml|total|rata-?\s?rata|rerata|nrr|ikm|mean|nilai|skor|hasil|mutu|"
        r"predikat|kategori|indeks|konversi)( (nilai|skor|ikm|nrr|akhir|unsur|"
        r"pelayanan|tertimbang|total|per responden|jawaban))*",
    ),
    (
        Role.SERIAL,
        r"(no|nomor|nomer)\.? ?(urut )?(formulir|form|kuesioner|kuisioner|lembar|"
        r"berkas|urut|"
        r"res(p(onden)?)?)?\.?|no\.?|#|nomor antrian|nomor antrean",
    ),
    (
        Role.ID,
        r"_uuid|id|"
        r"id[ _]?(resp(onden)?|respons|response|jawaban|survey|survei|kuesioner)|"
        r"response id|kode responden|respondent|responden",
    ),
    (
        Role.PERIOD,
        r"timestamp|waktu|cap waktu|stempel waktu|tanggal|tgl\.?|date|waktu pengisian|"
        r"(tanggal|tgl|waktu|date)[ _].*|_submission_time|submitdate|date submitted|"
        r"created_?at|periode|period|bulan",
    ),
    (Role.STRATUM, r"semester|triwulan|tw|strata|stratum|gelombang"),
    (
        Role.CLUSTER,
        r"(nama |kode |id )?(petugas( survei| survey| pendata)?|enumerator|surveyor|"
        r"pewawancara|interviewer|pencacah)",
    ),
    (Role.SEX, r"((jenis|jns) ?)?kelamin.*|jk|gender|sex|l ?/ ?p|jenis_kelamin"),
    (Role.AGE, r"usia.*|umur.*|age|kelompok (usia|umur)"),
    (
        Role.EDUCATION,
        r"(tingkat |jenjang )?pendidikan( terakhir)?.*|education|"
        r"(pend|pddk)\.?( ?(terakhir|akhir))?",
    ),
    (Role.OCCUPATION, r"(jenis )?pekerjaan.*|profesi|occupation"),
    (
        Role.UNIT,
        r"(nama |kode |id )?(unit( (layanan|pelayanan|kerja|organisasi))?|opd|skpd|"
        r"instansi|dinas|loket( (layanan|pelayanan))?|lokasi( (layanan|survei))?|"
        r"kelurahan|kecamatan|puskesmas|tempat (layanan|pelayanan)|gerai|upp)",
    ),
    (
        Role.SERVICE,
        r"(jenis |nama |macam |kode )?(layanan|pelayanan|keperluan|poli)"
        r"( yang .*)?|jenis_layanan|keperluan.*|service",
    ),
    (
        Role.COMMENT,
        r".*\b(saran|masukan|kritik|komentar|keluhan|harapan|pesan|catatan|ulasan|"
        r"keterangan|comments?|uraian|alasan)\b.*",
    ),
)
_PATTERNS = [(role, re.compile(pattern)) for role, pattern in _BY_HEADER]
_CODE = re.compile(
    r"(?:(unsur|pertanyaan|soal|butir|item|sq|[a-z])?[ ._-]*)0*(\d{1,2})"
)
_IMPORTANCE = re.compile(r"\b(kepentingan|harapan|ekspektasi|penting|pentingnya)\b")
_FEW_ANSWERS = 12  # different ones to a question
_SHORT = 4  # words: what a column is called, rather than a question


@dataclass(frozen=True, slots=True)
class Code:
    """A header that only numbers a question: U1, P 12, 3."""

    block: str  # what stands above and before the number
    number: int


def role_by_header(header: str, lower: str) -> Role | None:
    """What a column is called, by its last header row or by all of them."""
    told = fold(lower)
    code, _, question = told.partition(". ")  # LimeSurvey: both in one
    last = fold(header).rsplit("/", 1)[-1].strip()
    for name in (told, last, fold(header), code if question else "", question.strip()):
        plain = name.strip("*:. ?")
        written = {plain, plain.replace("_", " ").strip()} - {""}  # kode_responden
        for role, pattern in _PATTERNS:
            if any(pattern.fullmatch(each) for each in written):
                return role
    return None


def code_of(header: str, lower: str) -> Code | None:
    """The number by which a column is called, and the block it stands in."""
    last = fold(lower or header).rsplit("/", 1)[-1].strip()
    last = re.sub(r"^.*\[(\w+)\]$|^g\d+(?=q\d)", r"\1", last).strip("*. :")
    found = _CODE.fullmatch(last)
    if not found or re.fullmatch(r"[sd] ?[1-4]", last):
        return None
    above = fold(header).removesuffix(fold(lower)).strip(" /")
    return Code(" / ".join(x for x in (above, found[1] or "") if x), int(found[2]))


def asks_importance(header: str) -> bool:
    return bool(_IMPORTANCE.search(fold(header)))


def role_of(header: str, lower: str, contents: Contents, *, is_item: bool) -> Role:
    """What a column is for; `is_item` says that its header asks for a known item."""
    if contents.form is Form.EMPTY:
        called = role_by_header(header, lower)
        return Role.QUESTION if is_item and called is None else called or Role.EMPTY
    called = role_by_header(header, lower)
    if contents.form in ANSWERS and (is_item or code_of(header, lower)):
        return called if called is Role.COMPUTED else Role.QUESTION
    if is_item and is_repeated(contents) and called is None:
        return Role.QUESTION  # answers in words that nobody knows yet
    if called is Role.DROP or called is Role.TOOL:
        return called if _is_short(lower or header) else _unnamed(contents)
    if contents.form in ANSWERS:
        return called if called and _is_short(lower or header) else Role.QUESTION
    if called in (Role.COMMENT, Role.CLUSTER, Role.AGE, Role.SEX, Role.EDUCATION):
        return called
    if _is_personal(contents) and called not in (Role.ID, Role.SERIAL, Role.PERIOD):
        return Role.DROP
    if called is Role.PERIOD and contents.form not in (Form.DATES, Form.TEXT):
        return called if contents.excel_days else Role.OTHER
    return called or _unnamed(contents)


def is_repeated(contents: Contents) -> bool:
    """Whether a few texts come again and again, as answers do and comments do not."""
    few = contents.distinct <= _FEW_ANSWERS and 3 * contents.distinct <= contents.filled
    return few and contents.form is Form.TEXT and not contents.personal


def _is_short(name: str) -> bool:
    return len(name.split()) <= _SHORT


def _is_personal(contents: Contents) -> bool:
    return bool(set(contents.personal) - {Personal.PLATE, Personal.NUMBER})


def _unnamed(contents: Contents) -> Role:
    if contents.form in ANSWERS:
        return Role.QUESTION
    return Role.DROP if contents.personal else Role.OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenColumn:
    """One column of a file, and what it seems to be for."""

    position: int  # 0-based
    header: str  # as in the file, never to be shown
    shown: str  # the header where it may be shown, otherwise ""
    contents: Contents
    role: Role
    code: Code | None

    @property
    def is_question(self) -> bool:
        return self.role is Role.QUESTION
