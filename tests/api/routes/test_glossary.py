from fastapi.testclient import TestClient

from corpus.glossary import load_glossary


def test_every_term_is_given_with_all_its_languages(client: TestClient) -> None:
    answer = client.get("/v1/glossary").json()
    assert set(answer) == set(load_glossary())
    assert answer["co-financing"]["term"]["en"] == "Co-financing"
    assert set(answer["co-financing"]["text"]) == {"en", "fr", "it", "pl", "bg", "lt", "nl", "de"}


def test_the_page_explains_every_term_and_links_lead_to_one(client: TestClient) -> None:
    page = client.get("/en/glossary").text
    for key, entry in load_glossary().items():
        assert f' id="{key}"' in page
        assert entry.see is None or all(f'href="#{other}"' in page for other in entry.see)


def test_a_call_page_links_the_terms_that_it_uses(client: TestClient) -> None:
    # This call pays a share of the cost, so the page must explain what a co-financing rate is.
    page = client.get("/en/calls/bg.day-centres").text
    assert 'href="/en/glossary#co-financing-rate"' in page
