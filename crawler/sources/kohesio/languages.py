"""In which language a project's own texts are: that of its country, or one of those of its country."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from corpus.vocab import Language


@cache
def _identifier(languages: tuple[Language, ...]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([str(language) for language in languages])
    return identifier


def language_of(text: str, languages: tuple[Language, ...]) -> Language | None:
    """The language of a text among those of its country; the first of them when the text is empty."""
    if len(languages) <= 1 or not text.strip():
        return languages[0] if languages else None
    return Language(_identifier(languages).classify(text)[0])
