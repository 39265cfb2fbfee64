"""The command line of Isopolis: parses, wires the stages together, and turns errors into messages.

Each command imports what it needs when it runs: `isopolis --help` must not wait for a model.
"""

import datetime as dt
import sys
from pathlib import Path
from typing import Any, Literal

import click
from pydantic import ValidationError

from corpus.errors import CorpusError
from corpus.settings import CorpusSettings, load


class _Group(click.Group):
    """Turns errors that we know into one message and exit status 1; a person needs no stack."""

    def invoke(self, ctx: click.Context) -> Any:
        from crawler.errors import CrawlerError
        from matcher.errors import MatcherError

        try:
            return super().invoke(ctx)
        except (CorpusError, MatcherError, CrawlerError) as error:
            raise click.ClickException(str(error)) from error
        except ValidationError as error:
            raise click.ClickException("\n".join(_explain(item) for item in error.errors())) from error


def _explain(item: Any) -> str:
    """The option that is wrong, and what would be right."""
    field = ".".join(str(part) for part in item["loc"])
    given = f" (given: {item['input']!r})" if isinstance(item["input"], str | int) and field != "text" else ""
    return f"{_OPTIONS.get(field, field)}: {item['msg'].removeprefix('Value error, ')}{given}"


_OPTIONS = {"text": "idea", "applicant.type": "applicant", "as_of": "as-of"} | {
    f"applicant.{name}": name for name in ("country", "population", "role", "degurba")
}


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="isopolis")
def main() -> None:
    """Find EU money and good examples for equality projects in cities."""


@main.command()
@click.argument("sources", nargs=-1)
@click.option("--fresh", is_flag=True, help="Begin from the beginning: use no page that was fetched before.")
@click.option("--accept", is_flag=True, help="Take records that lost a field since the last good run.")
@click.option("--due", is_flag=True, help="Only sources whose last good run is as old as their cadence.")
def crawl(sources: tuple[str, ...], fresh: bool, accept: bool, due: bool) -> None:
    """Run spiders (all when none is named) and print what each of them found.

    A run that was interrupted is gone on with.
    """
    from crawler.command import crawl_command

    sys.exit(crawl_command(sources, fresh, accept, due))


@main.command()
@click.argument("source")
@click.option(
    "--save", type=click.Path(file_okay=False, path_type=Path), help="Write what came as cases of the tests into DIR."
)
def probe(source: str, save: Path | None) -> None:
    """Ask a SOURCE for a few pages and say which expectations hold, and what to change where they do not."""
    from crawler.probing.command import probe_command

    sys.exit(probe_command(source, save))


@main.command()
@click.argument("name", metavar="ID")
@click.option("--kind", type=click.Choice(["list", "search"]), default="list", show_default=True,
              help="A list with one page a call, or pages of a search that answers with JSON.")  # fmt: skip
@click.option("--country", required=True, help="Country of the calls, for example IE; EU for calls of no one country.")
@click.option("--fund", "funds", required=True, multiple=True, help="Fund that pays; can be repeated.")
@click.option("--url", required=True, help="Where the calls are listed, or the search is asked.")
def newsource(name: str, kind: Literal["list", "search"], country: str, funds: tuple[str, ...], url: str) -> None:
    """Write a new source named ID: a parser that runs, its metadata, its spider and a case for the tests."""
    from crawler.newsource.command import newsource_command

    sys.exit(newsource_command(name, kind, country, funds, url))


@main.command()
def build() -> None:
    """Build a snapshot from curated records and from what was crawled."""
    from corpus.command import build_command
    from crawler.registry import load_sources

    build_command(load(CorpusSettings), [source.meta() for source in load_sources()])


@main.command()
@click.argument("record")
def history(record: str) -> None:
    """Print every state that a RECORD (its id) ever had, source by source, with what changed."""
    from corpus.command import history_command

    history_command(load(CorpusSettings), record)


@main.command()
def check() -> None:
    """Check the curated records and print what they cover; fails on a broken rule."""
    from corpus.command import check_command

    sys.exit(check_command(load(CorpusSettings)))


@main.group()
def desk() -> None:
    """Look after the curators' desk: invitations, what is due, the log."""


@desk.command()
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(["contributor", "reviewer", "editor", "administrator"]))
@click.option("--country", "countries", multiple=True, help="Country that they work for; can be repeated; else all.")
@click.option("--network", help="Network that they work for; else none in particular.")
def invite(email: str, role: str, countries: tuple[str, ...], network: str | None) -> None:
    """Invite EMAIL to the desk and print the invitation."""
    from corpus.desk.command import invite_command

    try:
        invite_command(load(CorpusSettings), email, role, countries, network)
    except ValueError as error:
        raise click.ClickException(f"country: {error}") from error


@desk.command()
def due() -> None:
    """Move published records that are past their date to `needs revalidation`, and print what is due."""
    from corpus.desk.command import due_command

    due_command(load(CorpusSettings))


@desk.command()
@click.option("--all", "every", is_flag=True, help="Also addresses that answered not long ago.")
def links(every: bool) -> None:
    """Ask whether addresses in records that people wrote still answer; dead ones are issues of the next build."""
    from crawler.links.command import links_command

    sys.exit(links_command(every))


@desk.command()
def log() -> None:
    """Prove that nobody changed the log; fails if somebody did."""
    from corpus.desk.command import log_command

    sys.exit(log_command(load(CorpusSettings)))


@main.command()
def index() -> None:
    """Bring the index up to the snapshot; only what changed is embedded."""
    from matcher.command import index_command
    from matcher.settings import MatcherSettings

    index_command(load(MatcherSettings))


@main.command()
@click.argument("idea")
@click.option("--country", help="Country of the applicant, for example BG.")
@click.option("--place", help="Town; fills in country and inhabitants where they are not given.")
@click.option("--population", type=int, help="Inhabitants.")
@click.option("--applicant", "kind", help="Kind of applicant, for example municipality or association.")
@click.option("--role", default="lead", show_default=True, help="lead, partner, associated, affiliated.")
@click.option("--degurba", type=int, help="Degree of urbanisation: 1 city, 2 town or suburb, 3 rural.")
@click.option("--language", help="Language of the idea; left out, it is recognised.")
@click.option("--as-of", help="Day of asking (YYYY-MM-DD); left out, it is today.")
@click.option("--limit", type=int, default=10, show_default=True, help="How many calls and practices at most.")
@click.option("--call", "only", multiple=True, help="Look at this call only (its id); can be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option("--explain", is_flag=True, help="Print every rule, source and part of the ranking.")
def match(idea: str, as_json: bool, explain: bool, **given: Any) -> None:
    """Answer an idea: the calls that could pay, whether you may apply and why, and what others did."""
    from matcher.query import IdeaQuery

    who = {"type": given["kind"]} | {k: given[k] for k in ("country", "population", "role", "degurba")}
    applicant = {key: value for key, value in who.items() if value is not None}
    rest = {key: given[key] for key in ("language", "place", "as_of", "limit", "only") if given[key] is not None}
    query = IdeaQuery.model_validate({"text": idea, "applicant": applicant, **rest})

    from matcher.command import match_command
    from matcher.settings import MatcherSettings

    match_command(load(MatcherSettings), query, as_json, explain)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--sample", is_flag=True, help="Answer one sample idea on the terminal first.")
def serve(host: str, port: int, sample: bool) -> None:
    """Serve the pages and the API."""
    from api.command import serve_command
    from crawler.suggest import Suggested, suggest
    from matcher.language import detect

    def suggested(body: bytes) -> list[Suggested]:
        return suggest(body, lambda text: found.language if (found := detect(text)) else None)

    serve_command(host, port, sample, suggested)


@main.command()
def alerts() -> None:
    """Look for what is new in saved searches, write to those who want to know, and send the letters."""
    from api.alerts.command import alerts_command

    sys.exit(alerts_command())


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--score", is_flag=True, help="Compare with the expected answers in the file.")
@click.option("--json", "as_json", is_flag=True, help="Print the answers as JSON.")
def eligibility(file: Path, score: bool, as_json: bool) -> None:
    """Answer a file of applicant-call pairs with the engine that answers users."""
    from matcher.eligibility.command import eligibility_command

    sys.exit(eligibility_command(file, score, as_json))


@main.command(name="eval")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--system", type=click.Choice(["words", "vectors", "hybrid", "full"]), multiple=True, help="Default: all."
)
@click.option("--titles-only", is_flag=True, help="Ask with the titles of the questions alone.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluation(folder: Path, system: tuple[str, ...], titles_only: bool, as_json: bool) -> None:
    """Measure the production retrieval on a benchmark folder (corpus, queries, qrels), or on all in a folder."""
    from matcher.command import eval_command
    from matcher.settings import MatcherSettings

    systems = system or ("words", "vectors", "hybrid", "full")
    eval_command(load(MatcherSettings), folder, systems, titles_only, as_json)


@main.command()
def status() -> None:
    """Say what is built from what, how fresh it is and what is not covered."""
    from corpus.command import status_lines
    from matcher.command import index_lines
    from matcher.settings import MatcherSettings

    settings = load(CorpusSettings)
    print("\n".join(status_lines(settings.snapshots, dt.datetime.now(dt.UTC))))
    print("\n".join(index_lines(load(MatcherSettings).index)))


if __name__ == "__main__":
    main()
