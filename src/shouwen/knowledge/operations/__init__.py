"""What is done with the knowledge base: loaded, sent to customers, asked in vain."""

from shouwen.knowledge.operations.loading import Loaded, load_articles, load_pack_articles
from shouwen.knowledge.operations.sending import NotForCustomers, send_article, words_for_sms
from shouwen.knowledge.operations.unanswered import note_unanswered

__all__ = [
    "Loaded",
    "NotForCustomers",
    "load_articles",
    "load_pack_articles",
    "note_unanswered",
    "send_article",
    "words_for_sms",
]
