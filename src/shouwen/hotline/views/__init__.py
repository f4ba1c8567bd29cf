"""Pages and fragments of the hotline."""

from shouwen.hotline.views.popping import call_billing, call_choose_home, call_phone, call_pop
from shouwen.hotline.views.sending import call_send_article

__all__ = ["call_billing", "call_choose_home", "call_phone", "call_pop", "call_send_article"]
