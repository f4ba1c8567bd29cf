import re

import pytest

PAGES = [
    "/ui/",
    "/ui/pages/work/",
    "/ui/pages/work/?empty=1",
    "/ui/pages/clocks/",
    "/ui/pages/clocks/?why=1",
    "/ui/pages/case/",
    "/ui/pages/case/?why=1",
    "/ui/pages/case/?fresh=1",
    "/ui/pages/sign-in/",
    "/ui/pages/sign-in/?failed=1",
]
every_page = pytest.mark.parametrize("address", PAGES)


@every_page
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_page_has_one_heading_one_main_part_and_its_language(client, address, language):
    client.cookies["django_language"] = language

    html = client.get(address).content.decode()

    assert html.count("<h1") == html.count("<main") == 1
    assert f'<html lang="{language}"' in html


@every_page
def test_no_id_stands_twice_on_a_page(client, address):
    ids = re.findall(r'\sid="([^"]+)"', client.get(address).content.decode())

    assert sorted(ids) == sorted(set(ids))


@every_page
def test_a_page_leaves_no_value_empty_or_unrendered(client, address):
    html = client.get(address).content.decode()

    assert not re.search(r"{{|{%|<c-|=\"None\"|>None<", html)


@pytest.mark.parametrize(
    ("fragment", "page", "element"),
    [
        ("/ui/pages/work/rows/", "/ui/pages/work/", 'id="my-work"'),
        ("/ui/pages/clocks/rows/", "/ui/pages/clocks/", 'id="clock-board"'),
        ("/ui/pages/case/body/", "/ui/pages/case/", 'id="case"'),
    ],
)
def test_a_fragment_is_the_same_alone_and_inside_its_page(client, fragment, page, element):
    alone = without_tokens(client.get(fragment).content.decode()).strip()

    assert alone.count(element) == 1
    assert alone in without_tokens(client.get(page).content.decode())


def without_tokens(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def test_the_drawer_comes_alone_when_htmx_asks_for_it(client):
    alone = client.get("/ui/pages/clocks/?why=1", headers={"HX-Request": "true"})

    assert alone.content.decode().strip().startswith("<aside")


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_fault_says_what_is_and_leads_back(client, status):
    answer = client.get(f"/ui/pages/{status}/")

    assert answer.status_code == status
    assert 'href="/"' in answer.content.decode()


def test_the_policy_allows_nothing_inline(client):
    policy = client.get("/ui/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


class TestPreferences:
    def test_a_chosen_language_holds_on_the_next_page(self, client):
        client.post("/ui/preferences/", {"language": "en", "next": "/ui/"})

        assert '<html lang="en"' in client.get("/ui/").content.decode()

    def test_a_chosen_theme_holds_on_the_next_page(self, client):
        client.post("/ui/preferences/", {"theme": "dark", "next": "/ui/"})

        assert 'data-bs-theme="dark"' in client.get("/ui/").content.decode()

    def test_a_theme_in_the_address_wins(self, client):
        assert 'data-bs-theme="dark"' in client.get("/ui/?theme=dark").content.decode()

    def test_an_unknown_language_or_theme_changes_nothing(self, client):
        answer = client.post("/ui/preferences/", {"language": "xx", "theme": "pink"})

        assert not answer.cookies

    @pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", ""])
    def test_the_way_back_never_leaves_this_host(self, client, target):
        answer = client.post("/ui/preferences/", {"theme": "dark", "next": target})

        assert answer.headers["Location"] == "/"

    def test_asking_without_posting_is_refused(self, client):
        assert client.get("/ui/preferences/").status_code == 405
