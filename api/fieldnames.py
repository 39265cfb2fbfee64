"""What facts of records are called, in the spoken language: evidence is kept by the paths of fields."""

from corpus.messages import gettext as _
from corpus.messages import pgettext


def field_name(path: str) -> str:
    """Name of the fact at a path; a part of a fact without a name of its own is called like the whole."""
    names = {**_of_calls(), **_of_money(), **_of_practices(), **_of_programmes()}
    whole = path
    while whole not in names and "." in whole:
        whole = whole.rpartition(".")[0]
    return names.get(whole, path.replace("_", " ").replace(".", ": "))


def _of_calls() -> dict[str, str]:
    return {
        "title": _("Title"),
        "summary": _("Summary"),
        "objectives": _("Aims"),
        "activities": _("What is paid for"),
        "timeline": _("Dates"),
        "timeline.opens": _("Opening"),
        "timeline.cutoffs": _("Cut-offs"),
        "timeline.rhythm": _("When it comes back"),
        "timeline.recurrence": _("When it comes back"),
        "geography": _("Where"),
        "eligibility": _("Who can apply"),
        "cascade": _("Passing money on"),
        "target_groups": _("For whom"),
        "themes": _("Themes"),
        "subjects": _("Subjects"),
        "funds": _("Funds"),
        "duration_months_min": _("Duration of a project"),
        "duration_months_max": _("Duration of a project"),
        "status_at_source": _("State at the source"),
        "identifiers": _("Numbers in registers"),
        "authority": _("Run by"),
        "apply_url": _("Where to apply"),
        "url": _("Page at the source"),
        "documents": _("Documents"),
        "support": _("Kind of support"),
        "management": _("How it is managed"),
        "programme": _("Programme"),
        "keywords": _("Keywords"),
        "strategies": _("Strategies"),
        "sdgs": _("Global goals"),
        "relations": _("Related calls and practices"),
    }


def _of_money() -> dict[str, str]:
    return {
        "money": _("Money"),
        "money.budget": _("Money of the whole call"),
        "money.grant_min": _("Smallest grant"),
        "money.grant_max": _("Largest grant"),
        "money.grants_expected": _("Grants expected"),
        "money.rate_min": _("EU share"),
        "money.rate_max": _("EU share"),
        "money.lump_sum": _("Lump sum"),
        "money.prefinancing": _("Payment in advance"),
    }


def _of_practices() -> dict[str, str]:
    return {
        "places": pgettext("of a practice", "Place"),
        "results": _("Results"),
        "period": _("When"),
        "paid_by": _("Paid by"),
        "what_failed": _("What failed or limits it"),
        "cost": _("Cost"),
        "problem": _("Problem"),
        "approach": _("What was done"),
        "transfer": _("What another place needs"),
        "transfer.adopted_by": _("Who took it over"),
        "partners": _("Partners"),
        "participation": _("How people took part"),
        "original_language": _("Language of the original"),
        "sources": _("Where this was read"),
        "lead": _("Led by"),
        "practice_kind": _("Kind"),
        "none_reported": _("What failed or limits it"),
    }


def _of_programmes() -> dict[str, str]:
    return {
        "budget": _("Budget"),
        "rates": _("EU share"),
        "authority": _("Run by"),
        "cci": _("Code (CCI)"),
        "website": _("Site of the programme"),
        "timetable_url": _("Timetable of its calls"),
        "countries": _("Where"),
        "coverage": _("What is read of it here"),
        "coverage_note": _("What is read of it here"),
        "valid_from": _("Valid from"),
        "valid_to": _("Valid until"),
    }
