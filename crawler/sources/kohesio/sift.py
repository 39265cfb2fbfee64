"""What becomes of a row: kept for its project, or left out for a reason that is counted."""

from dataclasses import dataclass, field

from corpus.errors import ValueReadError
from corpus.vocab import Language
from crawler.fields import IssueLog
from crawler.sources.kohesio.guide import Guide
from crawler.sources.kohesio.listing import FileKey
from crawler.sources.kohesio.organisations import names_person
from crawler.sources.kohesio.places import place_key
from crawler.sources.kohesio.spool import Spool
from crawler.sources.kohesio.table import Row, cell_text, values
from crawler.sources.kohesio.values import read_entity, read_number


@dataclass(slots=True)
class Sieve:
    """Judges the rows of one file and puts those of our subjects into the spool."""

    key: FileKey
    guide: Guide
    spool: Spool
    log: IssueLog
    _odd: set[str] = field(default_factory=set)

    def take(self, row: Row) -> str:
        """Keep a row, or say why it is left out."""
        try:
            number = read_entity(row.get("id", ""))
        except ValueReadError as error:
            self.log.lost(self.key.key, "id", "no_id", str(error), row.get("title_en"))
            return "without an id"
        reason = self._wrong_field(row) or self._poor(row) or self._silent(row) or self._personal(row)
        if not reason:
            story = cell_text(_description(row))
            self.spool.add(number, f"{row.get('programme')}\n{story}\n{place_key(row)}", row)
        return reason

    def _wrong_field(self, row: Row) -> str:
        judged = self.guide.interest.of(row, self._period(row))
        if judged.odd and judged.odd not in self._odd:
            self._odd.add(judged.odd)
            self.log.add(self.key.key, "category", "field_disagrees", judged.odd)
        return "of another field" if judged.keep == "no" else ""

    def _poor(self, row: Row) -> str:
        limits = self.guide.interest.limits
        if _costs_less(row, limits.smallest_cost):
            return "too small"
        return "without a description" if len(_description(row)) < limits.shortest_description else ""

    def _silent(self, row: Row) -> str:
        """A project of a wide field needs a cue, in the English text or in the programme's own."""
        interest = self.guide.interest
        if interest.of(row, self._period(row)).keep == "always":
            return ""
        english = " ".join(row.get(name, "") for name in ("title_en", "summary_en"))
        own = " ".join(row.get(name, "") for name in ("title", "summary"))
        languages = self.guide.languages([self.key.country])
        speaks = interest.speaks(english, Language.EN) or any(interest.speaks(own, one) for one in languages)
        return "" if speaks else "of a wide field without a cue"

    def _personal(self, row: Row) -> str:
        """A project that carries the name of a beneficiary that is not clearly an organisation."""
        names = values(row.get("beneficiary", ""))
        text = " ".join(row.get(name, "") for name in ("title_en", "title", "summary_en", "summary"))
        languages = self.guide.languages([self.key.country])
        private = (name for name in names if not self.guide.organisations.is_one(name, languages))
        return "named after a person" if any(names_person(name, text) for name in private) else ""

    def _period(self, row: Row) -> str:
        return row.get("period", self.key.period)


def _description(row: Row) -> str:
    return max(row.get("summary_en", ""), row.get("summary", ""), key=len)


def _costs_less(row: Row, smallest: int) -> bool:
    """Whether the costs are known and small; what cannot be read is not small."""
    if row.get("currency", "").upper() != "EUR":
        return False
    try:
        return 0 < read_number(row.get("cost", "0")) < smallest
    except ValueReadError:
        return False
