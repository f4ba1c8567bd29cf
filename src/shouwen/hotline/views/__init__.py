"""Pages and fragments of the hotline."""

from shouwen.hotline.views.popping import call_billing, call_choose_home, call_phone, call_pop

__all__ = ["call_billing", "call_choose_home", "call_phone", "call_pop"]
