"""Looking things up among so many articles, as the fragment the cockpit fetches.

Run by `python -m benches`; prints one line of JSON for each kind of question.
"""

import json
import random
import sys
import time
import uuid
from datetime import UTC, datetime
from statistics import median, quantiles
from urllib.parse import urlencode

import django

django.setup()

import pytest  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from benches import many  # noqa: E402
from shouwen.access.roles import Role  # noqa: E402
from shouwen.clocks.queries import active_pack_path  # noqa: E402
from shouwen.core.guiding import Step  # noqa: E402
from shouwen.knowledge.files import FOLDER, Written, read_articles  # noqa: E402
from shouwen.knowledge.operations import load_articles  # noqa: E402
from shouwen.people.models import Staff  # noqa: E402
from tests.migrated import migrate  # noqa: E402
from tests.sign_ins import patch_test_client  # noqa: E402

ASKED = 60  # questions of each kind, fewer of few articles
QUESTIONS = {
    "two characters": ["电池", "漏气", "过户", "燃气", "软管"],
    "a question": [
        "卡丢了怎么补",
        "家里没气了怎么办",
        "过户要带什么资料",
        "燃气表换了电池还是没有气",
    ],
    "several words": ["商业 加装 灶具 报装", "停气 恢复 通知", "IC 卡 余额 查询"],
    "sounds": ["hdc", "gh", "huandianchi"],
    "nothing": ["宇宙飞船", "量子纠缠态"],
}


def main(count: int) -> None:
    """Fills an empty database with so many articles and measures."""
    migrate(connection)
    load_articles(written=_articles(count), now=datetime.now(UTC))  # noqa: TID251 - an entrance
    many.settle()
    client = _signed_in()
    for kind, questions in QUESTIONS.items():
        taken = []
        for place in range(min(ASKED, count // 20) + 5):
            query = urlencode({"q": questions[place % len(questions)]})
            started = time.perf_counter()
            response = client.get(f"/knowledge/find/?{query}", headers={"HX-Request": "true"})
            taken.append((time.perf_counter() - started) * 1000)
            assert response.status_code == 200  # noqa: S101
            assert (b"<li" in response.content) == (kind != "nothing"), kind  # noqa: S101
        line = {
            "name": f"know: {kind}",
            "ours": [median(taken[5:]), quantiles(taken[5:], n=20)[-1]],
        }
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _articles(count: int) -> list[Written]:
    """The pack's own, and made-up ones put together from their sentences."""
    chance = random.Random(11)  # noqa: S311 - made-up data
    own = list(read_articles(active_pack_path() / FOLDER))
    said = [step.text for each in own for step in each.step]
    words = [word for each in own for word in each.keywords]
    made = [
        Written(
            slug=f"made-{number}",
            title="".join(chance.sample(words, 2))[:40],
            kind="procedure",
            audience="customer",
            source="-",
            certainty="P",
            keywords=tuple(chance.sample(words, 3)),
            step=tuple(Step(say=text) for text in chance.sample(said, 5)),
        )
        for number in range(count - len(own))
    ]
    return own + made


def _signed_in() -> Client:
    staff = Staff.objects.create_staff(
        staff_no=f"1{uuid.uuid4().hex[:5]}", name="王敏", password=None, roles={Role.AGENT}
    )
    client = Client()
    with pytest.MonkeyPatch.context() as patch:
        patch_test_client(patch)
        client.force_login(staff)
    return client


if __name__ == "__main__":
    main(int(sys.argv[1]))
