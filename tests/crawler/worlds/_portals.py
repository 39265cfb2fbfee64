"""What the worlds of portals share: pages of prose around a heading."""

from tests.crawler.replica import Reply, Site

ROBOTS = Reply(b"User-agent: *\nDisallow: /zoeken/\n", content_type="text/plain")


def page(title: str, body: str) -> Reply:
    """A page of a portal."""
    head = "<head><meta charset='utf-8'><title>Portal</title></head>"
    main = f"<main><h1>{title}</h1>{body}</main>"
    return Reply(f"<html>{head}<body><nav><a href='/'>Start</a></nav>{main}<footer>x</footer></body></html>".encode())


def links(*addresses: str) -> str:
    return " ".join(f"<a href='{address}'>{address.rstrip('/').rsplit('/', 1)[-1]}</a>" for address in addresses)


def dutch_call(name: str) -> Reply:
    """A call with its window in a sentence."""
    return page(
        name,
        f"<p>Dorpen en steden bouwen met EFRO aan {name}, een plek waar iedereen welkom is.</p>"
        "<p>Aanvragen kan van 5 oktober 2026, 9.00 uur tot en met 18 december 2026, 17.00 uur.</p>",
    )


def austrian_call(name: str) -> Reply:
    """A call with its closing day in a sentence."""
    return page(
        f"Call {name}",
        f"<p>Gesucht werden Orte wie {name}, an denen Alt und Jung miteinander kochen und lernen.</p>"
        "<p>Die Einreichfrist endet am 18. Dezember 2026.</p>",
    )


def open_to_robots(site: Site, *hosts: str) -> None:
    site.pages |= {f"{host}/robots.txt": ROBOTS for host in hosts}
