"""Links from one record to another. They are made by identifiers that sources tell, never by likeness."""

from collections.abc import Iterator, Mapping

from corpus.model import Call, PaidBy, Practice, Programme, RecordBase, Relation


def references(record: RecordBase) -> Iterator[tuple[str, str]]:
    """Field and target of every link from a record to another."""
    if isinstance(record, Call) and record.programme:
        yield "programme", record.programme
    if isinstance(record, Programme) and record.successor:
        yield "successor", record.successor
    if isinstance(record, Practice):
        for paid in record.paid_by:
            yield from (("paid_by", target) for target in (paid.programme, paid.call) if target)
    if isinstance(record, Call | Practice):
        yield from (("relations", relation.target) for relation in record.relations)


def pointed(record: RecordBase, aliases: Mapping[str, str]) -> RecordBase:
    """The record with links to the ids that things have after merging.

    A source links to what it knows: its own id of a call that is known by a better one once another source has
    told of it too. What turns out to be a link of a record to itself is dropped.
    """
    if not any(target in aliases or target == record.id for _, target in references(record)):
        return record
    if isinstance(record, Programme):
        return record.model_copy(update={"successor": aliases.get(record.successor or "", record.successor)})
    if isinstance(record, Practice):
        record = record.model_copy(update={"paid_by": tuple(_paid(paid, aliases) for paid in record.paid_by)})
    if isinstance(record, Call):
        record = record.model_copy(update={"programme": aliases.get(record.programme or "", record.programme)})
    if isinstance(record, Call | Practice):
        record = record.model_copy(update={"relations": _relations(record, aliases)})
    return record


def _paid(paid: PaidBy, aliases: Mapping[str, str]) -> PaidBy:
    programme, call = (aliases.get(target or "", target) for target in (paid.programme, paid.call))
    return paid.model_copy(update={"programme": programme, "call": call})


def _relations(record: Call | Practice, aliases: Mapping[str, str]) -> tuple[Relation, ...]:
    found = [Relation(kind=r.kind, target=aliases.get(r.target, r.target)) for r in record.relations]
    return tuple(dict.fromkeys(relation for relation in found if relation.target != record.id))
