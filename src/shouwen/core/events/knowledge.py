"""What happens to the articles of the knowledge base."""

from shouwen.core.events.event import EventKind

KNOWLEDGE_EVENTS: tuple[EventKind, ...] = (
    EventKind("article.loaded", "article", "载入知识", "article loaded", ("version", "digest")),
    EventKind("article.withdrawn", "article", "撤下知识", "article withdrawn"),
    EventKind(
        "article.sent",
        "article",
        "发给客户",
        "sent to the customer",
        ("channel", "version", "call"),
    ),
)
