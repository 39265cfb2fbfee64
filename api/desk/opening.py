"""The desk as the settings of the environment want it: its letters, and where else people sign in."""

from dataclasses import replace

from api.desk.oidc import Provider
from api.desk.oidc_routes import BACK
from api.desk.post import DeskPost
from api.desk.service import Desk
from api.settings import ApiSettings, OidcSettings
from corpus.errors import SettingsError
from corpus.mail import transport
from corpus.settings import CorpusSettings, MailSettings, load


def opened(desk: Desk, local: str) -> Desk:
    """A desk with letters and, where one is set, another service; `local` stands in links without a public address.

    Raises:
        SettingsError: another service is set, and nobody said what it calls this installation.
    """
    address, mail, oidc = load(ApiSettings).address or local, load(MailSettings), load(OidcSettings)
    if oidc.issuer and not oidc.client:
        raise SettingsError("ISOPOLIS_OIDC_CLIENT: ISOPOLIS_OIDC_ISSUER is set; say how it names this installation")
    post = DeskPost(transport(mail, load(CorpusSettings).home), mail.sender, address)
    provider = Provider(oidc, f"{address}{BACK}") if oidc.issuer else None
    return replace(desk, post=post, provider=provider)
