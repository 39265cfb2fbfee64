"""A page that links to the workbook of a year; the workbook's address holds its month."""

import datetime as dt

from tests.crawler.replica import Reply, Site
from tests.crawler.sources.timetables.makers import xlsx

PAGE = "portugal2030.pt/plano-anual-de-avisos/"
FILE = "portugal2030.pt/wp-content/uploads/sites/3/2027/05/PlanoAnualAvisos_download_052027.xlsx"
_HEAD = (
    "ID", "Tipo Ent. Beneficiária", "Natureza Aviso", "Designação do Aviso", "Programa", "Objetivo Específico", "Fundo",
    "Dotação Fundo", "Data Início Prevista", "Data Fim Prevista", "Quadrimestre", "NUTS II",
    "Modalidade Apresentação Candidatura",
)  # fmt: skip


def build(site: Site) -> None:
    """Put the page and the workbook into a site."""
    link = f'<a href="https://{FILE}">Descarregar</a>'
    site.pages[PAGE] = Reply(f"<!DOCTYPE html><html><body><p>{link}</p></body></html>".encode())
    rows = [_call(number) for number in range(1, 41)]
    site.pages[FILE] = Reply(xlsx([_HEAD, *rows]), content_type="application/octet-stream")


def _call(number: int) -> tuple[object, ...]:
    kind = "Convite" if number % 10 == 0 else "Concurso"
    opens, closes = dt.datetime(2027, 1, 15), dt.datetime(2027, 4, 30)  # noqa: DTZ001  a workbook knows no zones
    programme = "PESSOAS2030" if number % 2 else "NORTE2030"
    return (
        1000 + number, "Entidade Pública", kind, f"Casas abertas a todos os vizinhos da freguesia, aviso {number}",
        programme, "ESO4.8", "FSE+", 1000.5 * number, opens, closes, "1.º", "Norte", "Individual",
    )  # fmt: skip
