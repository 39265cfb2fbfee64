"""From records of the library to what stands on the wire."""

from collections.abc import Mapping

from api.desk.bring_in import Candidate
from api.desk.programs.key import Program
from api.desk.programs.schemas import (
    DeskRecord,
    Difference,
    Differing,
    Happened,
    Me,
    Person,
    Preview,
    RecordRow,
    Row,
    Said,
    VersionAnswer,
    VersionRow,
)
from api.desk.service import Desk
from corpus.desk.audit import Event
from corpus.desk.content import Content
from corpus.desk.rights import Actor
from corpus.desk.rows import Comment, Item, Version, difference

Names = Mapping[int, str]


def names_of(desk: Desk) -> Names:
    """Names of the people of the desk, by account."""
    return {account.id: account.name for account in desk.accounts.all()}


def person_of(number: int, names: Names) -> Person:
    """Somebody, by number and name."""
    return Person(account=number, name=names.get(number, ""))


def me_of(program: Program) -> Me:
    """For whom a key acts."""
    account, key = program.account, program.key
    return Me(
        person=Person(account=account.id, name=account.name),
        role=account.role,
        countries=None if account.countries is None else sorted(account.countries),
        network=account.network,
        key=key.name,
        scope=key.scope,
        expires_at=key.expires_at,
    )


def row_of(item: Item) -> RecordRow:
    """A record in a list."""
    return RecordRow(
        number=item.id,
        kind=item.kind,
        record_id=item.record_id,
        title=item.title,
        state=item.standing.state,
        country=item.scope.country,
        network=item.scope.network,
        owner=item.scope.owner,
        revision=item.revision,
        version=item.version,
        public_version=item.public_version,
        revalidate_by=item.revalidate_by,
        updated_at=item.updated_at,
    )


def record_of(item: Item, content: Content, actor: Actor) -> DeskRecord:
    """A record with its text."""
    standing = item.standing
    return DeskRecord(
        **row_of(item).model_dump(),
        content=content,
        steps=list(item.offers(actor)),
        authors=sorted(standing.authors),
        approved_by=standing.approved_by,
    )


def version_row(version: Version, names: Names) -> VersionRow:
    """A version without its text."""
    author = person_of(version.author, names)
    return VersionRow(version=version.number, author=author, at=version.at, reason=version.reason)


def version_answer(version: Version, names: Names) -> VersionAnswer:
    """A version with its text."""
    return VersionAnswer(**version_row(version, names).model_dump(), content=version.content)


def difference_of(before: Version, after: Version) -> Difference:
    """What two versions say differently."""
    fields = [Differing(field=name, before=a, after=b) for name, (a, b) in _pairs(before, after)]
    return Difference(before=before.number, after=after.number, fields=fields)


def _pairs(before: Version, after: Version) -> list[tuple[str, tuple[object, object]]]:
    return list(difference(before.content, after.content).items())


def said_of(comment: Comment, names: Names) -> Said:
    """A comment."""
    return Said(
        id=comment.id,
        version=comment.version,
        field=comment.field,
        author=person_of(comment.author, names),
        at=comment.at,
        text=comment.text,
    )


def happened_of(event: Event) -> Happened:
    """A line of the log."""
    return Happened(at=event.at, account=event.account, action=event.action, detail=event.detail)


def preview_of(found: list[Candidate]) -> Preview:
    """The records of a file."""
    rows = [
        Row(row=one.row, kind=one.kind, name=one.name, title=one.form.title, problems=one.problems, content=one.content)
        for one in found
    ]
    return Preview(good=sum(not row.problems for row in rows), rows=rows)
