"""A `multipart/form-data` body written by hand.

Scrapy builds none, and the EU portal wants each part to be a file named `blob` that says it is JSON: a plain
form field is answered with an error 500. The boundary is fixed, so equal questions are equal bytes, which the
HTTP cache and the tests rely on.
"""

import json
from typing import Any

BOUNDARY = "isopolis-7d1f0c5e9a3b4826"
CONTENT_TYPE = f"multipart/form-data; boundary={BOUNDARY}"


def multipart(parts: dict[str, Any]) -> bytes:
    """Body of a form in which each part is a JSON file named `blob`."""
    lines: list[str] = []
    for name, value in parts.items():
        lines += [
            f"--{BOUNDARY}",
            f'Content-Disposition: form-data; name="{name}"; filename="blob"',
            "Content-Type: application/json",
            "",
            json.dumps(value, ensure_ascii=False, separators=(",", ":")),
        ]
    lines += [f"--{BOUNDARY}--", ""]
    body = "\r\n".join(lines)
    if body.count(f"--{BOUNDARY}") != len(parts) + 1:
        raise ValueError("a part contains the boundary of the form")
    return body.encode()
