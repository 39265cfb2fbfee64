"""One application seen by the rules: who asks, who leads, who is paid, and what the call says elsewhere."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from corpus.rules import Rule, RuleBase, UnreadRule
from corpus.vocab import Role
from matcher.profile import Applicant, Body, Partner

FUNDED = frozenset({Role.LEAD, Role.PARTNER})
"""Roles of the applicants in the sense of consortium rules: associated and affiliated bodies do not count."""
UNFUNDED = frozenset({Role.ASSOCIATED})

R = TypeVar("R", bound=RuleBase)


@dataclass(frozen=True)
class Case:
    """An applicant before the rules of one call, on one day (or at one moment)."""

    rules: tuple[Rule, ...]
    unread: tuple[UnreadRule, ...]
    applicant: Applicant
    as_of: date | datetime

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """All bodies of the application, the one that asks first."""
        return (self.applicant, *self.applicant.partners)

    @cached_property
    def lead(self) -> Body | None:
        """The body that leads, where one is named."""
        return next((body for body in self.bodies if body.role is Role.LEAD), None)

    @property
    def leader(self) -> Body:
        """The body that leads, for rules that are asked only when one is named.

        Raises:
            LookupError: no lead is named.
        """
        if self.lead is None:
            raise LookupError("no body of the application leads it")
        return self.lead

    @property
    def leads(self) -> bool:
        """Whether the body that asks is the one that leads."""
        return self.lead is self.applicant

    @cached_property
    def funded(self) -> tuple[Body, ...]:
        """Lead and funded partners."""
        return tuple(body for body in self.bodies if body.role in FUNDED)

    @cached_property
    def group(self) -> tuple[Body, ...]:
        """The lead and the local authorities that join it in a grouping."""
        members = tuple(body for body in self.bodies if body.role is Role.ASSOCIATED_AUTHORITY)
        return (self.lead, *members) if self.lead else members

    def rules_of(self, kind: type[R], *families: str) -> tuple[R, ...]:
        """The call's rules of a kind, and of some families of it where the kind has several."""
        found = (rule for rule in self.rules if isinstance(rule, kind))
        return tuple(rule for rule in found if not families or getattr(rule, "family", None) in families)

    def unread_family(self, *families: str) -> bool:
        """Whether a rule of these families is known to exist and was not read."""
        return any(rule.family in families for rule in self.unread)

    def as_role(self, role: Role) -> "Case":
        """The same application with the body that asks in another role."""
        partners = self.applicant.partners
        if role is Role.LEAD:
            partners = tuple(_step_back(partner) for partner in partners)
        return replace(self, applicant=self.applicant.model_copy(update={"role": role, "partners": partners}))


def _step_back(partner: Partner) -> Partner:
    return partner.model_copy(update={"role": Role.PARTNER}) if partner.role is Role.LEAD else partner
