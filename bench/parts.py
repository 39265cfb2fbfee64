"""From which nearness a part of an idea meets a passage: how often right and wrong pairs reach each bound.

    python -m bench.parts

Right pairs: clauses on housing, care, jobs ... in eight languages (the definitions of the vocabulary's subjects)
beside the calls that a curator coded with that subject. Wrong pairs: clauses on things that no equality call pays
for, in ten languages, beside all calls. Codes are broader than sentences, so not every right pair can meet.
"""

import numpy as np

from corpus.model import Call
from corpus.vocab import Language, Subject
from corpus.vocab.labels import terms
from corpus.vocab.places import INTERFACE_LANGUAGES
from matcher.assemble import open_matcher
from matcher.meetings import Meetings
from matcher.parts import MEETS
from matcher.retrieve import prepare
from matcher.settings import MatcherSettings

WRONG = (
    (Language.EN, "automated cranes for a container port"),
    (Language.EN, "a recipe for apple cake with cinnamon"),
    (Language.EN, "marketing of our wines in Asia"),
    (Language.DE, "eine Pipeline für Wasserstoff durch die Nordsee"),
    (Language.DE, "Ersatzteile für meinen alten Traktor"),
    (Language.FR, "un logiciel de trading pour les banques"),
    (Language.FR, "la chasse au sanglier en hiver"),
    (Language.IT, "esportare olio d'oliva in America"),
    (Language.PL, "kopalnia miedzi i huta"),
    (Language.PL, "wyścigi samochodowe w weekend"),
    (Language.BG, "производство на ракия за износ"),
    (Language.BG, "нов двигател за самолети"),
    (Language.LT, "naftos gręžinys jūroje"),
    (Language.NL, "een raketmotor voor satellieten"),
    (Language.ES, "inversiones en criptomonedas"),
    (Language.HU, "atomreaktor hűtése"),
    (Language.FI, "kaivoskoneiden huolto"),
    (Language.EN, "the orbit of the moons of Jupiter"),
)
BOUNDS = np.arange(1.6, 4.1, 0.2)


def main() -> None:
    """Print the shares of right and wrong pairs that reach each bound."""
    matcher = open_matcher(MatcherSettings())
    snapshot, index, embedder = matcher.snapshot, matcher.index, matcher.embedder
    found = [snapshot.get(name) for name in snapshot.ids("call")]
    calls = [record for record in found if isinstance(record, Call)]
    meetings = Meetings(index, embedder)

    def nearness(text: str, language: Language, beside: list[Call]) -> list[float]:
        question = prepare(text, embedder.read_query(text), language)
        part = meetings.part(text, question.reading, language)
        return [row[0].nearness for row in meetings.of_calls(beside, [part])]

    right: dict[Language, list[float]] = {language: [] for language in INTERFACE_LANGUAGES}
    for code, term in terms(Subject).items():
        coded = [call for call in calls if Subject(code) in call.subjects]
        for language in INTERFACE_LANGUAGES if coded else ():
            right[language] += nearness(term.definition[language], language, coded)
    wrong = [value for language, text in WRONG for value in nearness(text, language, calls)]
    everything = np.concatenate([np.array(values) for values in right.values()])
    print(f"{len(everything)} right pairs, {len(wrong)} wrong pairs; the bound in use is {MEETS}")
    print("bound  right  wrong  " + "  ".join(f"{language:>4}" for language in right))
    for bound in BOUNDS:
        each = "  ".join(f"{np.mean(np.array(values) >= bound):4.2f}" for values in right.values())
        print(f"{bound:5.1f}  {np.mean(everything >= bound):5.2f}  {np.mean(np.array(wrong) >= bound):5.3f}  {each}")


if __name__ == "__main__":
    main()
