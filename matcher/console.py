"""An answer as text for a terminal."""

import datetime as dt
from collections.abc import Iterator

from corpus.parts import Cutoff
from corpus.vocab import Verdict
from corpus.vocab.labels import label
from matcher.answer import Answer, CallMatch, Combination, Excerpt, NoFit, OwnShare, PartMatch, Policy, PracticeMatch
from matcher.parts import MEETS, RULE

_MARKS = {Verdict.MEETS: "yes", Verdict.FAILS: "NO ", Verdict.UNKNOWN: "?  "}


def render(answer: Answer, explain: bool = False) -> str:
    """The answer in lines; with `explain` every feature and every rule with its source."""
    return "\n".join(_lines(answer, explain))


def _lines(answer: Answer, explain: bool) -> Iterator[str]:
    spoken = [label(code) for code in (*answer.understood.target_groups, *answer.understood.subjects)]
    if spoken:
        yield f"Understood: {', '.join(spoken)}"
    yield from answer.notes
    if answer.calls:
        yield f"\nCALLS as of {answer.as_of}"
    for call in answer.calls:
        yield from _call(call, answer.as_of, explain)
    if answer.practices:
        yield "\nWHAT OTHERS DID"
    for practice in answer.practices:
        yield from _practice(practice)
    for group in answer.left_out:
        yield f"\n{len(group.ids)} more {group.reason}" + (f": {', '.join(group.ids)}" if explain else "")
    if answer.combination:
        yield from _combination(answer.combination, explain)
    if answer.policy and answer.policy.items:
        yield from _policy(answer.policy, explain)
    if answer.no_fit:
        yield from _no_fit(answer.no_fit, explain)
    yield "\nRelevance is no chance of success. A question mark means that it is not known, not that it is no."


def _call(call: CallMatch, as_of: dt.date, explain: bool) -> Iterator[str]:
    yield f"\n{call.rank}. {call.title}  [{call.id}]"
    yield f"   {call.relevance} match, {label(call.status).lower()}, {'/'.join(call.funds)}; {_dates(call, as_of)}"
    money = _money(call)
    if money:
        yield f"   {money}"
    yield f"   {label(call.eligibility.overall)}"
    for rule in call.eligibility.rules:
        if explain or rule.verdict is not Verdict.MEETS:
            yield f"     {_MARKS[rule.verdict]} {rule.reason}"
        if explain:
            yield from (f"         {e.excerpt or e.statement or e.raw} [{e.place or e.source}]" for e in rule.evidence)
    yield from (f"     open door: {door.sentence}" for door in call.eligibility.doors)
    yield from (f"   why: {_excerpt(item)}" for item in call.excerpts[: 3 if explain else 1])
    yield from (line for part in call.parts for line in _part(part, explain))
    for practice in call.similar_practices:
        yield f"   like: {practice.title} ({practice.place}, {practice.country})"
        yield from (f"     then: {then.title} [{then.id}]: {then.why}" for then in practice.successors)
    if explain:
        yield from (f"     {f.adds:+.2f} {f.name}: {f.description}" for f in call.features)
    yield f"   {call.url}"


def _no_fit(none: NoFit, explain: bool) -> Iterator[str]:
    yield f"\nNOTHING FITS\n{none.sentence}"
    for item in none.removed:
        ids = f": {', '.join(item.ids)}" if explain else ""
        yield f"   {len(item.ids)} kept away by {item.condition}, {item.alone} by it alone{ids}"
        yield f"       {item.requirement} {item.remedy}"
    if none.relax:
        yield f"   work first on: {none.relax}"
    if none.next_call:
        yield f"   next: {none.next_call.title} [{none.next_call.id}]. {none.next_call.why} {none.next_call.url}"
    if none.nearest_practice:
        yield f"   nearest example: {none.nearest_practice.title} {none.nearest_practice.url}"


def _combination(combination: Combination, explain: bool) -> Iterator[str]:
    yield f"\nCOMBINING FUNDS\n{combination.sentence}"
    for part in combination.sides:
        law = f" ({part.margin:+}: {part.law.text}; {part.law.title}, {part.law.url})" if explain and part.law else ""
        yield f"   {part.side or 'either'}: {part.part}{law}"
    for pair in combination.pairs:
        yield f"   {pair.place.title} [{pair.place.id}] + {pair.people.title} [{pair.people.id}]"
        until = f"to {pair.both_open_to}" if pair.both_open_to else "with no end"
        yield f"     both from {pair.both_open_from} {until}" + (" (indicative)" if pair.indicative else "")
        rates = [f"{one.funds[0]} {one.rate or '?'} %" for one in (pair.place, pair.people)]
        yield f"     EU pays up to {', '.join(rates)}; own share {_share(pair.own_share)}"
        for step in pair.timeline if explain else ():
            yield f"     {step.date} {step.call} {step.what}" + (" (indicative)" if step.indicative else "")
        yield from (f"     {rule.text} [{rule.title}, {rule.url}]" for rule in (pair.rules if explain else ()))


def _share(share: OwnShare) -> str:
    if share.low is None or share.high is None:
        return f"not known ({share.formula})"
    low = "" if share.low == share.high else f"{share.low} to "
    return f"{low}{share.high} = {share.formula}"


def _policy(policy: Policy, explain: bool) -> Iterator[str]:
    yield f"\nPOLICY\n   {policy.paragraph}"
    for item in policy.items:
        state = "in force" if item.in_force else f"ended {item.valid_to or ''}".rstrip()
        followed = f", followed by {item.successor}" if item.successor else ""
        near = f" ({item.nearness})" if explain else ""
        kind = item.kind.replace("_", " ")
        yield f"   {kind}: {item.label}, {state}{followed}: {item.excerpt}{near} {item.link or ''}".rstrip()


def _part(part: PartMatch, explain: bool) -> Iterator[str]:
    if part.sentence is None:
        yield f"   - {part.part}: finds nothing here" + (f" ({part.nearness} < {MEETS})" if explain else "")
        return
    yield f"   + {part.part}" + (f" ({part.nearness} >= {MEETS}: {RULE})" if explain else "")
    yield f"       [{part.sentence.language}] {_excerpt(part.sentence)}" + (
        f" {part.sentence.source_url}" if explain else ""
    )


def _practice(practice: PracticeMatch) -> Iterator[str]:
    people = f", {practice.population:,} inhabitants" if practice.population else ""
    yield f"\n{practice.rank}. {practice.title}  [{practice.id}]"
    yield f"   {practice.relevance} match; {practice.place}, {practice.country}{people}"
    yield from (f"   {_excerpt(item)}" for item in practice.excerpts[:1])
    paid = [item.call or item.programme or item.fund or item.payer or "?" for item in practice.paid_by]
    if paid:
        yield f"   paid by {', '.join(paid)}"
    yield from (f"   then: {then.title} [{then.id}]: {then.why}" for then in practice.successors)
    yield f"   {practice.url}"


def _excerpt(excerpt: Excerpt) -> str:
    marks = "“”" if excerpt.words == "source" else "  "
    return f"{marks[0]}{excerpt.text}{marks[1]}".strip() + (f" ({excerpt.place})" if excerpt.place else "")


def _dates(call: CallMatch, as_of: dt.date) -> str:
    if call.next_cutoff and call.days_left is not None:
        ahead = call.opens is not None and call.opens > as_of
        return (
            f"opens {call.opens}, " if ahead else ""
        ) + f"closes {_moment(call.next_cutoff)}, {call.days_left} days left"
    if call.cutoffs:
        return f"closed {_moment(call.cutoffs[-1])}"
    return "open all the time" if call.continuous else "no date known"


def _moment(cutoff: Cutoff) -> str:
    hour = f" {cutoff.time:%H:%M} {cutoff.zone or ''}".rstrip() if cutoff.time else ""
    return f"{cutoff.date}{hour}" + (" (indicative)" if cutoff.indicative else "")


def _money(call: CallMatch) -> str:
    money = call.money
    parts = []
    if money.grant_min and money.grant_max:
        parts.append(f"{money.grant_min} to {money.grant_max} a project")
    elif money.grant_max:
        parts.append(f"at most {money.grant_max} a project")
    if money.rate_max is not None:
        parts.append(f"EU pays up to {money.rate_max.normalize():f} %")
    if money.lump_sum:
        parts.append("lump sum")
    if money.budget:
        parts.append(f"{money.budget} in all")
    return "; ".join(parts)
