"""What the codes of a roster are called on the page: message ids."""

from baodao.kernel.errors import gettext_noop
from baodao.people.rules.headers import Field

FIELDS: dict[str, str] = {
    Field.NAME: gettext_noop("Name"),
    Field.ID_NUMBER: gettext_noop("ID number"),
    Field.PHONE: gettext_noop("Telephone"),
    Field.SEX: gettext_noop("Sex"),
    Field.BORN_ON: gettext_noop("Date of birth"),
    Field.JOINED_ON: gettext_noop("Joined the Party"),
    Field.FULL_ON: gettext_noop("Became a full member"),
    Field.GRADE: gettext_noop("Full or probationary"),
    Field.BRANCH: gettext_noop("Branch"),
    Field.STANDING: gettext_noop("In service or not"),
    Field.POSITION: gettext_noop("Position"),
    Field.SPECIALTY: gettext_noop("Professional specialty"),
    Field.INTERESTS: gettext_noop("Interests"),
    Field.ADDRESS: gettext_noop("Home address"),
    Field.ETHNICITY: gettext_noop("Ethnicity"),
    Field.EDUCATION: gettext_noop("Education"),
    Field.LIVES_IN_CITY: gettext_noop("Lives in this city"),
}
KINDS: dict[str, str] = {
    "id-missing": gettext_noop("ID number missing"),
    "id-checksum": gettext_noop("ID number not valid"),
    "id-precision-lost": gettext_noop("ID number lost digits"),
    "id-length": gettext_noop("ID number too long or too short"),
    "name-missing": gettext_noop("Name missing"),
    "name-characters": gettext_noop("Name not readable"),
    "phone-invalid": gettext_noop("Telephone not valid"),
    "date-invalid": gettext_noop("Date not readable"),
    "joined-before-birth": gettext_noop("Joined before birth"),
    "sex-conflict": gettext_noop("Sex contradicts the ID number"),
    "birth-conflict": gettext_noop("Birth contradicts the ID number"),
    "duplicate-in-file": gettext_noop("Twice in this file"),
    "duplicate-held": gettext_noop("Member of another unit"),
    "branch-unknown": gettext_noop("Branch unknown"),
    "status-unknown": gettext_noop("Status not understood"),
    "column-missing": gettext_noop("Column missing"),
}
SKIPPED: dict[str, str] = {
    "hidden": gettext_noop("hidden sheet, not read"),
    "empty": gettext_noop("empty sheet"),
    "no-header": gettext_noop("no row with column names"),
}
STATES: dict[str, str] = {
    "uploaded": gettext_noop("waiting to be read"),
    "reading": gettext_noop("being read"),
    "read": gettext_noop("checked, not applied"),
    "applying": gettext_noop("being applied"),
    "applied": gettext_noop("applied"),
    "refused": gettext_noop("could not be read"),
    "cancelled": gettext_noop("cancelled"),
}
