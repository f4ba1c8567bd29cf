"""What is said where no machine listens, and what a reviewer scores."""

from shouwen.core.events.event import EventKind

WORDS_EVENTS: tuple[EventKind, ...] = (
    EventKind("contact.began", "contact", "开始接待", "contact began", ("counter", "waited")),
    EventKind("contact.ended", "contact", "接待结束", "contact ended", ("served",)),
    EventKind("words.wanted", "contact", "该说这句话", "a line is wanted", ("rule",)),
    EventKind("words.noted", "contact", "记下用语", "words noted", ("rule", "said", "line")),
    EventKind("review.scored", "review", "质检评分", "review scored", ("item", "score")),
)
